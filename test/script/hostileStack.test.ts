import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { onHost } from '../../lab/lab';
import { hostFacts, sh } from '../e2e/facts';
import { configured, forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from '../e2e/stack';
import '../fixedSeed';
import { hostilePieces, mostText, reportTried, safeText, tries } from '../hostile';

/** What a user sees of a host that is full of hostile words, and what is seen of the user's secrets. */

const host = 'n6';
const [n6] = hostConfigs(host) as [HostConfig];
const canary = '/tmp/c-stack/x';
const base64 = (text: string) => Buffer.from(text).toString('base64');
let before: string;

beforeAll(async () => {
  before = await hostFacts(host);
  await sh(host, 'mkdir -p /tmp/c-stack');
});
afterAll(async () => {
  await forgetStacks();
  expect(await sh(host, 'ls -A /tmp/c-stack')).toBe('');
  await sh(host, 'rm -r /tmp/c-stack');
  expect(await hostFacts(host)).toBe(before);
});

const one = { host: n6, vlanId: 64 };

test('Docker networks and containers of others, named and labelled by anything', async () => {
  const pieces = hostilePieces(canary).filter(
    (text) => text.trim() !== '' && text.length < 200 && !text.includes('\0'),
  );
  const names = pieces.filter((_, index) => index % 9 === 0);
  const make = `n=0; while read -r name rest; do
      name=$(printf %s "$name" | base64 -d; echo .); name=\${name%.}; n=$((n + 1))
      set --; for label in $rest; do set -- "$@" --label "l$#=$(printf %s "$label" | base64 -d)"; done
      docker network create -d macvlan --internal --subnet 10.99.1.$((n * 8))/29 "$@" -- "$name" >/dev/null && echo made
    done
    docker network create -d bridge --subnet 10.99.2.0/29 --label vlan-trunk.owner=evil -o "parent=eth0.64 --help -f 0123abc \\$(touch ${canary})" lure >/dev/null
    docker create --label "$(printf '\\033[2J')=x" --name stranger busybox >/dev/null`;
  const stdin = names.map((name, n) => `${[name, ...pieces.slice(3 * n, 3 * n + 3)].map(base64).join(' ')}\n`).join('');
  const { stdout } = await onHost(host, make, { stdin });
  const count = stdout.split('made').length - 1;
  expect(count).toBeGreaterThan(5);
  for (let n = 0; n < 4 * count; n++) tries();
  try {
    const stack = await newStack('test/e2e/programs/one.ts', 'foreign', one);
    const { ok, error = '' } = await configured(stack, { ...one, prefix: '10.99.1' }).preview();
    expect(ok).toBe(false);
    expect(error.split('of the Docker network')).toHaveLength(count + 1);
    expect(error).toMatch(safeText);

    // What the lure's option says is no container, and no option of docker's.
    const lured = configured(stack, { ...one, prefix: '10.99.3' });
    await succeeds(lured.up());
    await sh(host, 'ip link del eth0.64');
    const healed = await succeeds(lured.up());
    expect(healed.output).toContain('eth0.64 is missing');
    expect(
      await sh(host, 'docker inspect -f "{{.State.Running}}" n6-c1; docker exec n6-c1 cat /sys/class/net/eth0/carrier'),
    ).toBe('true\n1');
    await succeeds(stack.destroy());
  } finally {
    await onHost(
      host,
      'docker rm stranger; docker network ls -q --filter driver=macvlan | xargs -r docker network rm; docker network rm lure',
    );
  }
});

test('a banner of 100 kB, and a login shell that prints what a terminal obeys', async () => {
  const words = `${hostilePieces(canary)
    .filter((text) => !text.includes('\0') && text.length < 200)
    .join('\n')}\n${'\u202e#'.repeat(30_000)}\n`;
  hostilePieces(canary).forEach(tries);
  const start = `cp /root/.bashrc /root/bashrc.kept 2>/dev/null; cat >/root/words
    printf 'cat /root/words; cat /root/words >&2\\n' >/root/.bashrc
    echo 'Banner /root/words' >/etc/ssh/sshd_config.d/banner.conf; kill -HUP $(cat /run/sshd.pid)`;
  expect((await onHost(host, start, { stdin: words })).code).toBe(0);
  try {
    const stack = await newStack('test/e2e/programs/one.ts', 'noisy', one);
    const previewed = await succeeds(stack.preview());
    const made = await succeeds(stack.up());
    await sh(host, 'ip link set eth0.64 down');
    const drifted = await succeeds(stack.preview());
    expect(drifted.output).toContain('eth0.64 is down');
    const refused = await configured(stack, { ...one, host: { ...n6, user: 'guest', sudo: true } }).preview();
    expect(refused.ok).toBe(false);
    for (const text of [previewed.output, made.output, drifted.output, refused.error ?? '']) {
      // The CLI's own marks of an update are text.
      expect(text).toMatch(safeText);
      expect(text.length).toBeLessThan(mostText);
    }
    await succeeds(stack.destroy());
  } finally {
    await onHost(
      host,
      `rm -f /root/.bashrc /root/words /etc/ssh/sshd_config.d/banner.conf; [ ! -e /root/bashrc.kept ] || mv /root/bashrc.kept /root/.bashrc
       kill -HUP $(cat /run/sshd.pid)`,
    );
  }
});

/** A key of its own: other tests that run at the same time hand the lab's to their programs. */
const privateKey = ownKey();
const secrets = {
  // A line of the key's own part, after what all keys of its kind begin with.
  privateKey: privateKey.split('\n')[5] ?? '',
  address: '10.66.123.7/24',
  label: `label-"q'uoted"-4711`,
  env: 'env-\\back$(slash)-4712',
};

/** Secrets in a text, also as JSON writes them. */
const seenIn = (text: string) =>
  Object.entries(secrets).flatMap(([name, value]) =>
    text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)) ? [name] : [],
  );

function ownKey(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-key-'));
  const file = join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file]);
  const [text, line] = [file, `${file}.pub`].map((path) => readFileSync(path, 'utf8')) as [string, string];
  rmSync(folder, { recursive: true });
  beforeAll(() => sh(host, `mkdir -p -m 700 /root/.ssh; printf '%s\\n' '${line.trim()}' >/root/.ssh/authorized_keys`));
  afterAll(() => sh(host, 'rm /root/.ssh/authorized_keys; rmdir /root/.ssh 2>/dev/null || :'));
  return text;
}

/** All processes of this machine and what they were started with, but for this one and those of the test runner. */
function processes(): string {
  const mine = new Set([String(process.pid), String(process.ppid), 'self', 'thread-self']);
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id) && !mine.has(id))
    .map((id) => ['cmdline', 'environ'].map((file) => readQuietly(join('/proc', id, file))).join('\n'))
    .join('\n');
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended.
    return '';
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('secrets: in no message, no process, no file that others read, and not in clear in the state', async () => {
  const { name, address, hostKey } = n6;
  const config = { host: JSON.stringify({ name, address, hostKey }) };
  const secret = Object.fromEntries(
    Object.entries({ ...secrets, privateKey }).map(([key, value]) => [key, { secret: value }]),
  );
  const stack = (await newStack('test/e2e/programs/secret.ts', 'secret', {})).with({
    config: { ...config, ...secret },
  });
  await sh(
    host,
    '(while [ ! -e /root/stop ]; do cat /proc/[0-9]*/cmdline | tr "\\0" " "; sleep 0.1; done >/root/ps.log 2>/dev/null) >/dev/null 2>&1 &',
  );
  const found = new Set<string>();
  const modes = new Set<string>();
  const keys = join(userInfo().homedir, '.cache', 'vlan-trunk', 'keys');
  let samples = 0;
  const sample = () => {
    samples++;
    for (const one of seenIn(processes())) found.add(one);
    for (const file of filesBelow(keys)) {
      const mode = statSync(file, { throwIfNoEntry: false })?.mode;
      if (mode !== undefined) modes.add((mode & 0o777).toString(8));
    }
    modes.add(`folder ${(statSync(keys).mode & 0o777).toString(8)}`);
  };
  // Before anything is watched: the Automation API hands secrets of the configuration to the CLI as arguments.
  await succeeds(stack.preview());
  const timer = setInterval(sample, 50);
  try {
    const made = await succeeds(stack.up());
    await sh(host, 'ip addr flush dev eth0.66 scope global');
    const drifted = await succeeds(stack.preview());
    expect(drifted.output).toContain('eth0.66 has lost the address [secret]');
    clearInterval(timer);
    const wrong = { ...config, ...secret, address: { secret: `${secrets.label}\n${secrets.env}${'x'.repeat(80)}` } };
    const refused = await stack.with({ config: wrong }).preview();
    expect(refused.error).toContain('vlans[0].addresses[0]: must be an IP address with its prefix length');
    expect(refused.error).toContain('[secret]');
    expect(
      seenIn([made.output, drifted.output, refused.output, refused.error, ...refused.diagnostics].join('\n')),
    ).toEqual([]);
  } finally {
    clearInterval(timer);
  }
  expect(samples).toBeGreaterThan(20);
  expect([...found]).toEqual([]);
  expect([...modes].sort()).toEqual(['600', 'folder 700']);
  const ofHost = await sh(host, 'touch /root/stop; cat /root/ps.log; rm /root/ps.log; sleep 1; rm /root/stop');
  // Not the text itself, which is long.
  expect(ofHost.includes('vlan-trunk apply')).toBe(true);
  expect(seenIn(ofHost)).toEqual([]);
  // The state, its history and the settings.
  for (const file of filesBelow(stack.args.folder))
    expect({ file, seen: seenIn(readFileSync(file, 'utf8')) }).toEqual({ file, seen: [] });
  await succeeds(stack.destroy({ runProgram: true }));
});

reportTried('names and words of Docker and sshd', 50);
