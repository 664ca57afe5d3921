import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { ask, dockerOn, opsOf, Scenario, stepOf } from './scenario';

/**
 * Which arguments of `docker:index/container:Container` are read back otherwise than they were given, and so differ without a change. Sets
 * keep what was given until a `refresh`; texts, lists, numbers and nested objects differ at once.
 */

jest.setTimeout(300_000);

interface Spelling {
  args: Record<string, unknown>;
  /** What the state has after a refresh. */
  read: Record<string, unknown>;
  /** The steps of an `up` right after the first one, and of one after a refresh. */
  second: 'same' | 'update' | 'replace';
  refreshed: 'same' | 'update' | 'replace';
}

const sets = { second: 'same', refreshed: 'replace' } as const;
const replaced = { second: 'replace', refreshed: 'replace' } as const;
const updated = { second: 'update', refreshed: 'update' } as const;
const settled = { second: 'same', refreshed: 'same' } as const;
const kept = (args: Record<string, unknown>): Spelling => ({ args, read: args, ...settled });

const spellings: Record<string, Spelling> = {
  capability: {
    args: { capabilities: { adds: ['NET_ADMIN', 'cap_sys_time'], drops: ['MKNOD'] } },
    read: { capabilities: { adds: ['CAP_NET_ADMIN', 'CAP_SYS_TIME'], drops: ['CAP_MKNOD'] } },
    ...sets,
  },
  everyCapability: {
    args: { capabilities: { adds: ['all', 'NET_RAW'] } },
    read: { capabilities: { adds: ['ALL', 'CAP_NET_RAW'], drops: [] } },
    ...sets,
  },
  noCapability: { args: { capabilities: { adds: [], drops: [] } }, read: { capabilities: null }, ...sets },
  normalCapability: {
    args: { capabilities: { adds: ['CAP_NET_ADMIN'] } },
    read: { capabilities: { adds: ['CAP_NET_ADMIN'], drops: [] } },
    ...settled,
  },
  duration: {
    args: { healthcheck: { tests: ['CMD', 'true'], interval: '60s', timeout: '1500ms', startPeriod: '2h' } },
    read: {
      healthcheck: expect.objectContaining({ interval: '1m0s', timeout: '1.5s', startPeriod: '2h0m0s' }) as unknown,
    },
    ...updated,
  },
  normalDuration: {
    args: { healthcheck: { tests: ['CMD', 'true'], interval: '1m0s', startInterval: '500ms', retries: 3 } },
    read: { healthcheck: expect.objectContaining({ interval: '1m0s', startInterval: '500ms', retries: 3 }) as unknown },
    ...settled,
  },
  cpus: { args: { cpus: '1' }, read: { cpus: '1.0' }, ...replaced },
  normalCpus: kept({ cpus: '0.5' }),
  fewCpus: { args: { cpus: '0.05' }, read: { cpus: '0.1' }, ...replaced },
  swap: { args: { memory: 32 }, read: { memory: 32 }, ...updated },
  noSwap: { args: { memory: 32, memorySwap: 0 }, read: { memory: 32, memorySwap: 64 }, ...updated },
  normalSwap: kept({ memory: 32, memorySwap: -1 }),
  directory: { args: { workingDir: '/srv//app/' }, read: { workingDir: '/srv/app' }, ...replaced },
  command: { args: { command: [] }, read: { command: ['sh'] }, ...replaced },
  sharedMemory: { args: { shmSize: 0 }, read: { shmSize: 64 }, ...replaced },
  privileged: {
    args: { privileged: true, securityOpts: ['no-new-privileges'] },
    read: { privileged: true, securityOpts: ['label=disable', 'no-new-privileges'] },
    ...sets,
  },
  hostsProcesses: {
    args: { pidMode: 'host', securityOpts: ['no-new-privileges', 'label=disable'] },
    read: { pidMode: 'host', securityOpts: ['label=disable', 'no-new-privileges'] },
    ...settled,
  },
  systemPaths: {
    args: { securityOpts: ['systempaths=unconfined', 'seccomp=unconfined'] },
    read: { securityOpts: ['seccomp=unconfined'] },
    ...sets,
  },
  twoPaths: {
    args: { devices: [{ hostPath: '/dev/null', containerPath: '/dev/a' }, { hostPath: '/dev/null' }] },
    // Docker was asked for /dev/a and /dev/null; which one the state shows first is the set's affair.
    read: { devices: expect.arrayContaining([expect.objectContaining({ containerPath: '/dev/null' })]) as unknown },
    ...sets,
  },
  ipv6Host: {
    args: { hosts: [{ host: 'six', ip: 'fd00::1' }] },
    read: { hosts: [{ host: 'six', ip: 'fd00' }] },
    ...sets,
  },
  platform: { args: { platform: 'linux/amd64' }, read: { platform: 'linux' }, ...replaced },
  // These have one form, or are kept as they were given.
  lists: {
    args: {
      labels: [
        { label: 'b', value: '2' },
        { label: 'a', value: '1' },
      ],
      envs: ['B=2', 'A=1'],
      groupAdds: ['100'],
    },
    read: {
      labels: [
        { label: 'a', value: '1' },
        { label: 'b', value: '2' },
      ],
      envs: ['A=1', 'B=2'],
      groupAdds: ['100'],
    },
    ...settled,
  },
  process: kept({
    user: '0:0',
    stopSignal: 'TERM',
    stopTimeout: 3,
    init: true,
    tty: true,
    stdinOpen: true,
    readOnly: true,
  }),
  names: kept({ hostname: 'Box.Example.COM', domainname: 'Example.com.' }),
  resolver: {
    args: { dns: ['10.0.0.53', '2001:db8::53'], dnsSearches: ['Example.COM'], dnsOpts: ['ndots:2'] },
    read: { dns: ['10.0.0.53', '2001:db8::53'], dnsSearches: ['Example.COM'], dnsOpts: ['ndots:2'] },
    ...settled,
  },
  storage: kept({ tmpfs: { '/run/': 'rw,size=64m', '/tmp': '' } }),
  mounts: {
    args: {
      mounts: [
        { type: 'bind', source: '/tmp/', target: '/x/', readOnly: true },
        { type: 'bind', source: '/tmp', target: '/y', bindOptions: {} },
        { type: 'tmpfs', target: '/t', tmpfsOptions: { sizeBytes: 1_000_000, mode: 0o1777 } },
        { type: 'volume', target: '/v' },
      ],
    },
    read: { mounts: expect.any(Array) as unknown },
    ...settled,
  },
  sysctls: kept({ sysctls: { 'net.ipv4.ping_group_range': '0\t10', 'net/ipv4/ip_unprivileged_port_start': '80' } }),
  ulimits: {
    args: {
      ulimits: [
        { name: 'nofile', soft: 1024, hard: 2048 },
        { name: 'nproc', soft: -1, hard: -1 },
      ],
    },
    read: { ulimits: expect.any(Array) as unknown },
    ...settled,
  },
  logs: kept({ logDriver: 'json-file', logOpts: { 'max-size': '10m', 'max-file': '3' } }),
  restart: kept({ restart: 'on-failure', maxRetryCount: 3 }),
  throttle: kept({ deviceReadBps: [{ path: '/dev/ubda', rate: 1_048_576 }] }),
};

let scenario: Scenario;
let created: OperationResult;
let again: OperationResult;
let afterRefresh: OperationResult;
const read: Record<string, Record<string, unknown> | undefined> = {};

const declared = (): Declared[] => [
  dockerOn('n6'),
  ...Object.entries(spellings).map(([name, { args }]) => ({
    kind: 'container' as const,
    name,
    on: 'n6',
    args: {
      name: `${scenario.id}-${name}`,
      image: 'busybox:latest',
      command: ['sleep', '1000'],
      networkMode: 'none',
      start: false,
      mustRun: false,
      ...args,
    },
  })),
];

beforeAll(async () => {
  scenario = await Scenario.open();
  created = await scenario.up(...declared());
  again = await scenario.preview(...declared());
  await scenario.refresh();
  for (const name of Object.keys(spellings)) read[name] = (await scenario.stateOf(name)).outputs;
  afterRefresh = await scenario.preview(...declared());
});

afterAll(async () => {
  await scenario.close();
  await ask('n6', 'docker volume prune --all --force');
});

test('all are created', () => {
  expect(created.error).toBeUndefined();
});

test.each(Object.entries(spellings))(
  '%s: what is read back, and what differs',
  (name, { args, read: expected, ...ops }) => {
    const found = Object.fromEntries(Object.keys(args).map((argument) => [argument, read[name]?.[argument]]));
    expect(found).toMatchObject(expected);
    const wanted = (op: string) => (op === 'replace' ? 'delete-replaced replace create-replacement' : op);
    expect([opsOf(again, name), opsOf(afterRefresh, name)]).toEqual([wanted(ops.second), wanted(ops.refreshed)]);
  },
);

test('a limit of memory without swap differs in the swap alone', () => {
  expect(stepOf(again, 'swap').diffs).toEqual(['memorySwap']);
});
