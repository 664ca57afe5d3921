import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture, currentLab, labDown, labUp, onHost, plug, rebootHost, unplug, type LabState } from '../../lab/lab';
import { run } from '../../lab/command';
import { inside } from '../../lab/namespace';
import { machineTraces, namespacesOf, processesIn, processesNaming } from './traces';

process.env.VLAN_TRUNK_LAB = 'test-lifecycle';

const options = { hosts: 3, withoutDocker: ['n3'], images: { n2: 'trixie' }, memory: '512M' };
const tsx = join(__dirname, '../../node_modules/.bin/tsx');
const cli = (...words: string[]) =>
  spawnSync(tsx, [join(__dirname, '../../lab/cli.ts'), ...words], { encoding: 'utf8', env: process.env });

let before: Record<string, unknown>;
let lab: LabState;

beforeAll(async () => {
  await labDown();
  before = machineTraces();
  lab = await labUp(options);
});

// Whatever a test did to it: no lab outlives its tests.
afterAll(() => labDown());

test('a lab that is up is not started again, whoever asks and however many at once', async () => {
  const again = await Promise.all([labUp(options), labUp(options)]);
  expect(again).toEqual([lab, lab]);
  const up = 'a lab with other hosts is up (n1 forky, n2 trixie, n3 forky without Docker)';
  await expect(labUp({ hosts: 1 })).rejects.toThrow(up);
  await expect(labUp({ ...options, images: {} })).rejects.toThrow(up);
});

test('each host has the Engine of its own image, also after a reboot', async () => {
  const engine = async (name: string) => (await onHost(name, 'docker version --format {{.Server.Version}}')).stdout;
  expect(await engine('n1')).toMatch(/^28\./);
  expect(await engine('n2')).toMatch(/^26\./);
  expect(cli('status').stdout).toMatch(/^n1 .* forky +Docker\nn2 .* trixie +Docker\nn3 .* forky +no Docker\n/);
  await rebootHost('n2');
  expect(await engine('n2')).toMatch(/^26\./);
});

test('the older Engine can do what the newer one has no kernel for: names resolve from container to container', async () => {
  const script = `
    docker network create -d macvlan --internal --subnet 192.168.50.0/24 quiet
    docker run -d --name named --network quiet busybox sleep 60
    docker run --rm --network quiet busybox ping -c 1 -W 30 named
  `;
  expect(await onHost('n2', script)).toMatchObject({ code: 0 });
});

test('programs that run at the same time on the older kernel keep their vector registers', async () => {
  const bytes = 30_000_000;
  // SHA-512 of libcrypto is computed in AVX registers where the CPU has them.
  const script = `for n in 1 2 3 4 5 6 7 8; do head -c ${bytes} /dev/zero | sha512sum & done; wait`;
  const digest = createHash('sha512').update(Buffer.alloc(bytes)).digest('hex');
  expect(await onHost('n2', script)).toMatchObject({ code: 0, stdout: `${digest}  -\n`.repeat(8) });
});

test('each host is who it should be, with or without Docker, for each user', async () => {
  const docker = await onHost('n1', 'hostname && docker image ls --format {{.Repository}}:{{.Tag}}', { user: 'ops' });
  expect(docker).toMatchObject({ code: 0, stdout: 'n1\nbusybox:latest\n' });
  const without = await onHost('n3', 'hostname; command -v docker dockerd; systemctl is-active docker');
  expect(without.stdout).toBe('n3\ninactive\n');
  const guest = await onHost('n2', 'sudo -n true || cat', { user: 'guest', stdin: `$(data) 'stays' data` });
  expect(guest.stdout).toBe(`$(data) 'stays' data`);
  expect(guest.stderr).toContain('a password is required');
  expect((await onHost('n1', 'true', { user: 'stranger' })).code).toBe(255);
});

test('the command line hands on what a command prints and how it ends', () => {
  expect(cli('exec', 'n2', '--', 'sh', '-c', 'echo "$(hostname)"; exit 7')).toMatchObject({
    status: 7,
    stdout: 'n2\n',
  });
  expect(cli('run', '--', 'sh', '-c', `ssh-keyscan -t ed25519 10.88.0.11 2>/dev/null; exit 5`)).toMatchObject({
    status: 5,
    stdout: `10.88.0.11 ${currentLab().hosts[0]!.hostKey}\n`,
  });
  expect(cli('exec', 'n9', '--', 'true')).toMatchObject({
    status: 1,
    stderr: 'lab: the lab has no host "n9": it has n1, n2, n3\n',
  });
});

test('the wire carries 802.1Q tags from host to host, and a capture sees them', async () => {
  for (const [name, address] of [
    ['n1', '192.0.2.1/24'],
    ['n2', '192.0.2.2/24'],
  ] as const) {
    const add =
      'ip link add link eth0 name eth0.50 type vlan id 50 && ip link set eth0.50 up && ip addr add $(cat) dev eth0.50';
    expect(await onHost(name, add, { stdin: address })).toMatchObject({ code: 0 });
  }
  const ping = () => onHost('n1', 'ping -c 2 -i 0.2 -W 30 192.0.2.2');
  const seen = await capture('br0', 'vlan 50 and icmp', ping);
  expect(seen.result).toMatchObject({ code: 0 });
  expect(seen.frames).toHaveLength(4);
  expect(seen.frames.every((frame) => frame.includes('ethertype 802.1Q (0x8100)') && frame.includes('vlan 50'))).toBe(
    true,
  );
  // The cable of a host that has no part in it stays quiet, once the bridge knows who sits where.
  expect((await capture('n3', 'vlan 50 and icmp', ping)).frames).toEqual([]);
});

test('a capture misses neither the first frame nor the last', async () => {
  const send = inside(lab, ['bash', '-c', 'echo >/dev/udp/10.88.0.12/9']);
  const { frames } = await capture('n2', 'udp port 9', () => run(send));
  expect(frames).toEqual([expect.stringMatching(/10\.88\.0\.1\.\d+ > 10\.88\.0\.12\.9: UDP/)]);
});

test('a host that is unplugged is cut off, and reachable again when plugged', async () => {
  const ping = (address = '10.88.0.11', seconds = 30) => onHost('n2', `ping -c 1 -W ${seconds} ${address}`);
  expect((await ping()).code).toBe(0);
  await unplug('n1');
  expect((await ping('10.88.0.11', 2)).code).toBe(1);
  // Of all others it is not.
  expect((await ping('10.88.0.13')).code).toBe(0);
  expect(cli('status').stdout).toMatch(/^n1 .* unplugged/);
  await plug('n1');
  expect((await ping()).code).toBe(0);
  expect(await onHost('n1', 'hostname')).toMatchObject({ code: 0, stdout: 'n1\n' });
});

test('a host comes back from a reboot as the same host, on the same disk, with Docker', async () => {
  const bootId = () => onHost('n1', 'cat /proc/sys/kernel/random/boot_id');
  await onHost('n1', 'echo kept > /srv/kept');
  const first = await bootId();
  await rebootHost('n1');
  const second = await bootId();
  expect(second.code).toBe(0);
  expect(second.stdout).not.toBe(first.stdout);
  const after = await onHost('n1', 'cat /srv/kept && docker run --rm busybox echo runs');
  expect(after).toMatchObject({ code: 0, stdout: 'kept\nruns\n' });
});

test('down leaves no process, namespace, link, mount or file', async () => {
  const namespaces = namespacesOf(lab);
  expect(namespaces).toHaveLength(3);
  expect(processesIn(namespaces).length).toBeGreaterThan(3);
  expect(await labDown()).toBe(true);
  expect(processesIn(namespaces)).toEqual([]);
  expect(processesNaming(lab.folder)).toEqual([]);
  expect(existsSync(lab.folder)).toBe(false);
  expect(machineTraces()).toEqual(before);
  expect(() => currentLab()).toThrow('no lab is up: start one with `npm run lab up`');
  expect(await labDown()).toBe(false);
});
