import type { OperationResult, Stack } from '../../lab/engine/stack';
import { hostFacts, sh } from './facts';
import { doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Arguments of `docker.Container` in the spellings that people use: what has not changed is no difference, also after a refresh. */

const host = 'n13';
const folder = '/run/systemd/system/docker.service.d';
const noDrop = 'the kernel of the host does not enforce';

let stack: Stack;
let untouched: string;
let first: OperationResult;
const runs: Record<string, OperationResult> = {};

async function runAll(): Promise<void> {
  first = await succeeds(stack.up());
  runs.second = await succeeds(stack.up());
  runs.refresh = await succeeds(stack.refresh());
  runs.third = await succeeds(stack.up());
}

beforeAll(async () => {
  untouched = await hostFacts(host);
  const [config] = hostConfigs(host);
  stack = await newStack('test/e2e/programs/passThrough.ts', 'passThrough', { host: config });
  await runAll();
});

afterAll(async () => {
  await stack.destroy();
  await sh(host, 'docker volume rm -f every everymore');
  expect(await hostFacts(host)).toBe(untouched);
  await forgetStacks();
});

const inspect = (container: string, template: string) => sh(host, `docker inspect -f '${template}' ${container}`);
const inside = (command: string) => sh(host, `docker exec every ${command}`);

test.each(['second', 'refresh', 'third'])('%s: nothing differs', (run) => {
  expect(doings(runs[run]!)).toEqual([]);
});

test('capabilities are those that were asked for', async () => {
  const effective = BigInt(`0x${await inside(`awk '/^CapEff/ { print $2 }' /proc/self/status`)}`);
  const has = (capability: bigint) => ((effective >> capability) & 1n) === 1n;
  // CAP_NET_ADMIN, CAP_SYS_TIME and CAP_MKNOD by their numbers in linux/capability.h.
  expect([12n, 25n, 27n].map(has)).toEqual([true, true, false]);
});

test('what the container was asked to be, it is', async () => {
  expect(await inside('pwd')).toBe('/mnt/etc');
  expect(await inside('cat /proc/sys/net/ipv4/ip_unprivileged_port_start')).toBe('80');
  expect(await inside('grep -c " /run tmpfs rw.*size=1024k" /proc/mounts')).toBe('1');
  expect(await inside('ls /dev/other /dev/fuse /dev/net/tun')).toBe('/dev/fuse\n/dev/net/tun\n/dev/other');
  expect(await inside('sh -c "ulimit -n"')).toBe('1024');
  expect(await inside('grep printer /etc/hosts')).toContain('10.7.130.9');
  expect(await inside('sh -c "touch /mnt/named/a && ! touch /a 2>/dev/null && echo read-only"')).toBe('read-only');
  expect(await inside('cat /etc/resolv.conf')).toContain('ndots:2');
});

test('what Docker keeps of it has the right measure', async () => {
  const seconds = (name: string) => `{{.Config.Healthcheck.${name}.Seconds}}`;
  const check = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'].map(seconds).join(' ');
  expect(await inspect('every', `${check} {{.State.Health.Status}}`)).toBe('60 1.5 120 0.5 healthy');
  const { Memory, MemorySwap, NanoCpus, RestartPolicy, ShmSize } = JSON.parse(
    await inspect('every', '{{json .HostConfig}}'),
  ) as Record<string, unknown>;
  const mebibyte = 2 ** 20;
  expect({ Memory, MemorySwap, NanoCpus, RestartPolicy, ShmSize }).toEqual({
    Memory: 64 * mebibyte,
    MemorySwap: 128 * mebibyte,
    NanoCpus: 500_000_000,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    ShmSize: 64 * mebibyte,
  });
});

test('a limit that the kernel does not enforce is a warning, and no limit', async () => {
  // The kernel of these hosts has no sets of CPUs.
  const warnings = first.diagnostics.filter((line) => line.includes(noDrop));
  expect(warnings).toEqual([expect.stringContaining('NetworkContainer every: ')]);
  expect(warnings[0]).toContain('does not enforce cpuSet;');
  expect(await inspect('every', '{{.HostConfig.CpusetCpus}}')).toBe('');
});

test('a value that was secret is secret', async () => {
  const { resources } = await stack.exportState();
  const late = resources.find(({ urn }) => urn.endsWith('::late-container'));
  expect(JSON.stringify(late?.inputs?.healthcheck)).toContain('1b47061264138c4ac30d75fd1eb44270');
  expect(late?.inputs?.capabilities).toMatchObject({ adds: ['ALL'], drops: ['CAP_NET_RAW', 'CAP_SYS_ADMIN'] });
});

/** Docker takes a control group's swap for counted where its own group has a limit of it: the topmost group has none. */
describe('where the kernel counts no swap', () => {
  beforeAll(async () => {
    await stack.destroy();
    await restartDocker(
      `mkdir -p ${folder}
       command=$(sed -n 's/^ExecStart=//p' /lib/systemd/system/docker.service)
       printf '[Service]\\nExecStart=\\nExecStart=/bin/sh -c "echo $$$$ >/sys/fs/cgroup/cgroup.procs; exec %s"\\n' "$command" >${folder}/lab.conf`,
    );
    await runAll();
  });

  afterAll(async () => {
    await stack.destroy();
    await restartDocker(`rm ${folder}/lab.conf`);
  });

  test('Docker reports it', async () => {
    expect(await sh(host, "docker info --format '{{.MemoryLimit}} {{.SwapLimit}}' 2>/dev/null")).toBe('true false');
  });

  test.each(['second', 'refresh', 'third'])('%s: nothing differs', (run) => {
    expect(doings(runs[run]!)).toEqual([]);
  });

  test('memory is limited without swap', async () => {
    expect(await inspect('every', '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}')).toBe(`${64 * 2 ** 20} -1`);
  });
});

async function restartDocker(before: string): Promise<void> {
  await sh(
    host,
    `${before}
     systemctl daemon-reload
     systemctl reset-failed docker.service docker.socket
     systemctl restart docker.service`,
  );
}
