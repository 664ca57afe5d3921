import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, type NetworkContainerArgs } from 'vlan-trunk';

/** Containers with the arguments of `docker.Container` in the spellings that people use, on a network that stays on the host. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const network = new MacvlanNetwork('isolated', { host, subnets: [{ subnet: '10.7.130.0/24' }] });
const attachments = [{ network }];

/** `ports` is refused here; a host of the lab has neither quotas for storage nor GPUs; the rest is what the lab's provider does not take. */
type Absent =
  | 'host'
  | 'ports'
  | 'storageOpts'
  | 'gpus'
  | 'uploads'
  | 'deviceRequests'
  | 'deviceCgroupRules'
  | 'networkMode'
  | 'networkOf';
type Every = Required<Omit<NetworkContainerArgs, Absent>>;

const rate = 1_048_576;
const every: Every = {
  attachments,
  attach: false,
  capabilities: { adds: ['NET_ADMIN', 'cap_sys_time', 'SYS_TIME'], drops: ['mknod'] },
  cgroupParent: 'every.slice',
  cgroupnsMode: 'private',
  command: ['sleep 1000000'],
  containerReadRefreshTimeoutMilliseconds: 20_000,
  cpuPeriod: 50_000,
  cpuQuota: 25_000,
  cpuSet: '0',
  cpuShares: 512,
  cpus: '.50',
  destroyGraceSeconds: 0,
  deviceReadBps: [{ path: '/dev/ubda', rate }],
  deviceReadIops: [{ path: '/dev/ubda', rate: 1000 }],
  deviceWriteBps: [{ path: '/dev/ubda', rate }],
  deviceWriteIops: [{ path: '/dev/ubda', rate: 1000 }],
  devices: [
    { hostPath: '/dev/fuse', containerPath: '/dev/other' },
    { hostPath: '/dev/fuse' },
    { hostPath: '/dev/net/tun', permissions: 'rw' },
  ],
  dns: ['2001:DB8:0::53', '10.7.130.53'],
  dnsOpts: ['ndots:2'],
  dnsSearches: ['Example.com'],
  domainname: 'example.com',
  entrypoints: ['sh', '-c'],
  envs: ['ZONE=b', 'ALPHA=a'],
  groupAdds: ['100', '100'],
  healthcheck: {
    tests: ['CMD', 'true'],
    interval: '60s',
    timeout: '1500ms',
    startPeriod: '2m',
    startInterval: '.5s',
    retries: 3,
  },
  hostname: 'Every',
  hosts: [
    { host: 'printer', ip: '10.7.130.9' },
    { host: 'gateway', ip: 'host-gateway' },
  ],
  image: 'busybox:latest',
  init: true,
  ipcMode: 'shareable',
  labels: [
    { label: 'z', value: '1' },
    { label: 'a', value: '2' },
  ],
  logDriver: 'json-file',
  logOpts: { 'max-size': '10m', 'max-file': '3' },
  logs: true,
  maxRetryCount: 3,
  memory: 64,
  memoryReservation: 32,
  memorySwap: 0,
  mounts: [
    { type: 'bind', source: '/etc/', target: '/mnt/etc/', readOnly: true },
    { type: 'bind', source: '/var', target: '/mnt/var', bindOptions: { propagation: 'rslave' } },
    { type: 'volume', target: '/mnt/anonymous' },
    {
      type: 'volume',
      source: 'every',
      target: '/mnt/named',
      volumeOptions: { noCopy: true, labels: [{ label: 'l', value: 'v' }] },
    },
    { type: 'tmpfs', target: '/mnt/tmpfs', tmpfsOptions: { sizeBytes: rate, mode: 0o1777 } },
  ],
  mustRun: true,
  name: 'every',
  pidMode: 'host',
  platform: 'linux',
  privileged: false,
  publishAllPorts: false,
  readOnly: true,
  removeVolumes: true,
  restart: 'on-failure:3',
  rm: false,
  runtime: 'runc',
  securityOpts: ['no-new-privileges'],
  shmSize: 0,
  start: true,
  stdinOpen: true,
  stopSignal: 'TERM',
  stopTimeout: 1,
  sysctls: { 'net.ipv4.ip_unprivileged_port_start': '80' },
  tmpfs: { '/run/': 'rw,size=1m', '/tmp': '' },
  tty: true,
  ulimits: [
    { name: 'nofile', soft: 1024, hard: 2048 },
    { name: 'nproc', soft: -1, hard: -1 },
  ],
  user: '0:0',
  usernsMode: 'host',
  volumes: [
    { hostPath: '/opt/', containerPath: '/vol/opt/', readOnly: true },
    { volumeName: 'everymore', containerPath: '/vol/named' },
    { containerPath: '/vol/anonymous' },
  ],
  wait: true,
  waitTimeout: 120,
  workingDir: '/mnt//etc/',
};
new NetworkContainer('every', every);

/** What else people write for the same arguments; `sh` with a terminal does not end. */
new NetworkContainer('privileged', {
  attachments,
  image: 'busybox',
  command: [],
  entrypoints: [],
  tty: true,
  stdinOpen: true,
  privileged: true,
  securityOpts: ['no-new-privileges:true'],
  capabilities: { adds: [], drops: [] },
  healthcheck: { tests: ['CMD-SHELL', 'true'], interval: '1m30s', timeout: '5s' },
  cpus: '1',
  memory: 32,
  memorySwap: 32,
  restart: 'unless-stopped',
  stopTimeout: 1,
  workingDir: '/',
});

/** Values that are known late, one of them secret. */
const late = <T>(value: T) => network.networkName.apply(() => value);
new NetworkContainer('late', {
  attachments,
  image: late('busybox'),
  command: ['sleep', late('1000000')],
  capabilities: { adds: [late('all')], drops: late(['NET_RAW', 'sys_admin']) },
  healthcheck: pulumi.secret({ tests: ['NONE'], interval: '3600s' }),
  cpus: late('0.250'),
  memory: late(48),
  restart: late('always'),
  securityOpts: late(['seccomp=unconfined']),
  shmSize: late(16),
  stopTimeout: 1,
  workingDir: late('/tmp/.'),
});
