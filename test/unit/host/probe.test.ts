import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askHost } from '../../../src/host/probe';
import type { HostQuestion } from '../../../src/host/hostSession';
import type { SshTarget } from '../../../src/host/sshOption';
import { inspectedContainer } from '../../apiAnswer';
import { nothingFound } from '../../nothingFound';
import { ProgramsOnPath } from '../../programsOnPath';
import { anyHop, anyTarget as target } from '../../sshTarget';

/** Programs on PATH stand for the local ssh, and for what is on the host: probe.sh itself runs for real. */

const question: HostQuestion = { report: true, specs: [], sudo: false, links: 'check' };
const probeHost = async (of: SshTarget) => {
  const answer = await askHost(of, question);
  return answer.kind === 'seen' ? { ...answer, value: answer.value.report } : answer;
};
const programs = new ProgramsOnPath();
const program = programs.make.bind(programs);

/** What sshd does with the last argument of the local ssh. */
const runCommand = 'for last; do :; done; exec /bin/sh -c "$last"';

/** Lines of iproute2 6.15, shortened; a busybox knows no -d. */
const links = String.raw`1: lo: <LOOPBACK,UP> mtu 65536\    link/loopback
2: eth0: <UP> mtu 1500\    link/ether 52:54:00:00:00:01 promiscuity 0
3: eth1: <UP> mtu 1500 master br0 state UP\    link/ether 52:54:00:00:00:02 promiscuity 1 \    veth \    bridge_slave state forwarding priority 32
4: plant@eth0: <UP> mtu 1500 \    vlan protocol 802.1ad id 50 <REORDER_HDR> addrgenmode eui64
      egress-qos-map { 6:5 } addrgenmode eui64 \    alias x \    bond mode balance-rr master br0
10: forged: <UP> mtu 1500 master br0 state UP
5: br0: <UP> mtu 1500\    bridge forward_delay 1500 vlan_filtering 1 vlan_protocol 802.1Q bridge_id 8000
6: br1: <UP> mtu 1500\    bridge forward_delay 1500 vlan_filtering 0 vlan_protocol 802.1Q bridge_id 8000
7: bond0: <UP> mtu 1500\    bond mode balance-alb miimon 0 \    alias bond mode balance-rr
8: eth2: <UP> mtu 1500 master bond0 state UP\    bond_slave state ACTIVE
9: eth3: <UP> mtu 1500 master red state UP\    vrf_slave table 10
`;
const ip = (withDetail = true) => {
  const file = join(programs.folder, 'links');
  writeFileSync(file, links);
  return `case "$*" in
  "-o -d link show") ${withDetail ? `cat ${file}` : 'exit 1'};;
  "-o link show") echo "1: eth0: <UP> mtu 1500"; echo "2: eth1: <UP> mtu 1500 master br0 state UP";;
  "-o addr show") echo "1: eth0 inet 192.0.2.1/24";;
esac`;
};

/** The host: a login shell that prints before it runs the command, and the programs that are there. */
function host(loginShell: string, docker: string): void {
  program('ssh', `SSH_CONNECTION="192.0.2.9 1 192.0.2.1 22"; export SSH_CONNECTION\n${loginShell}\n${runCommand}`);
  program('docker', docker);
  // On a host without Docker's socket, or with settings, perl becomes the docker command.
  program('perl', 'exec docker --log-level error system dial-stdio');
  program('ip', ip(false));
}

const warning = 'echo "WARNING: Error loading config file: open /home/ops/.docker/config.json: permission denied" >&2';
const api = [
  { ServerVersion: '28.5.2', MemoryLimit: true, SwapLimit: false, CPUShares: true, CPUSet: true },
  [
    {
      Name: 'lan',
      Driver: 'macvlan',
      Scope: 'local',
      IPAM: { Driver: 'default', Config: [{ Subnet: '10.0.0.0/24' }] },
      Options: { parent: 'eth0' },
    },
  ],
  [{ Names: ['/web'], Image: 'nginx', Labels: { 'com.docker.compose.project': 'shop' } }],
];

/** Answers the requests, in the order in which they come. It ends with the connection, as docker does, and not with its input. */
const serving = (answers: Record<string, object | string>) => `${warning}
[ "$*" = "--log-level error system dial-stdio" ] || exit 1
while read -r method path version; do
  [ "$method" = GET ] || continue
  body= status=200 end='\\n'
  case $path in
  /_ping) body=OK end= ;;
  ${Object.entries(answers)
    .map(([path, body]) => `'${path}') ${typeof body === 'string' ? body : `body='${JSON.stringify(body)}'`};;`)
    .join('\n')}
  esac
  printf 'HTTP/1.1 %s OK\\r\\nContent-Type: application/json\\r\\n\\r\\n%s%b' "$status" "$body" "$end"
  case $version in HTTP/1.0*) exit;; esac
done`;
const own = '/containers/json?all=1&filters=%7B%22label%22%3A%5B%22vlan-trunk.owner%22%5D%7D';
const answers = { '/info': api[0]!, '/networks': api[1]!, '/containers/json?all=1': api[2]!, [own]: [] };
const docker = serving(answers);

test.each([
  ['nothing', ''],
  ['a greeting, its line left open', 'printf "Welcome to n1"'],
  ['lines that resemble facts', 'echo "link eth7"; echo 26.1.5; echo missing'],
  ['a warning of the locale', 'echo "sh: warning: setlocale: LC_ALL: cannot change locale" >&2'],
])('a login shell that prints %s, and a docker command that warns first', async (_, loginShell) => {
  host(loginShell, docker);
  expect(await probeHost(target)).toMatchObject({
    kind: 'seen',
    value: {
      version: '28.5.2',
      links: new Map([
        ['eth0', undefined],
        ['eth1', undefined],
      ]),
      parents: { masters: new Map([['eth1', { name: 'br0', kind: '' }]]) },
      addresses: [{ link: 'eth0', address: { text: '192.0.2.1' } }],
      arrival: 'eth0',
      kernel: { memory: true, swap: false, cpuShares: true, cpuSet: true },
      networks: [{ name: 'lan', driver: 'macvlan', parentInterface: 'eth0', owner: '' }],
      containers: [{ name: 'web', image: 'nginx', owner: '', project: 'shop', addresses: [] }],
    },
  });
});

const [web, gone] = ['7', 'e'].map((digit) => digit.repeat(64));
/** A host of ours, with a container that has an owner, and one that has gone when it is asked for. */
const owning = {
  ...answers,
  [own]: [
    { Id: web, ImageID: 'sha256:9', Labels: { Id: 'x' } },
    { Id: gone, NetworkSettings: { Networks: { lan: { NetworkID: '8' } } } },
  ],
  [`/containers/${web}/json`]: inspectedContainer('web', 'id-1', '7', 'running', {}),
  [`/containers/${gone}/json`]: 'status=404',
};

test.each<[string, object, object[]]>([
  ['none', answers, []],
  ['one', owning, [{ name: 'web', owner: 'id-1', revision: '7', status: 'running' }]],
])('containers with an owner: %s; they are asked for more, and the lists are complete', async (_, served, owned) => {
  host('', serving(served as Record<string, object>));
  expect(await probeHost(target)).toMatchObject({ kind: 'seen', value: { isComplete: true, owned } });
});

test.each<[string, object | string]>([
  ['/networks', 'body=no'],
  ['/containers/json?all=1', 'status=500'],
  [own, 'status=500'],
  [`/containers/${web}/json`, 'status=500'],
  [`/containers/${web}/json`, 'exit'],
])('where %s is answered by %s, what is not listed may be there all the same', async (path, answer) => {
  host('', serving({ ...owning, [path]: answer }));
  expect(await probeHost(target)).toMatchObject({ kind: 'seen', value: { version: '28.5.2', isComplete: false } });
});

test.each([
  ['containers of ours', owning, [{ name: 'web' }]],
  ['none', answers, []],
])('a host with perl runs no docker command, and says that it dials: with %s', async (_, served, owned) => {
  host('', 'exit 1');
  program('perl', `[ "$1" = -e ] && set -- --log-level error system dial-stdio && ${serving(served)}`);
  expect(await probeHost(target)).toMatchObject({ kind: 'seen', value: { isComplete: true, owned, dials: true } });
});

test('more containers than a FIFO holds requests for', async () => {
  const ids = Array.from({ length: 900 }, (_, at) => String(at).padStart(64, '0'));
  const one = JSON.stringify(inspectedContainer('web', 'id-1', '7', 'running', {}));
  const served = serving({ ...answers, [own]: ids.map((Id) => ({ Id })) });
  host('', served.replace('\n  esac', `\n/containers/0*) body='${one}';;\n  esac`));
  const answer = await probeHost(target);
  expect(answer).toMatchObject({ kind: 'seen', value: { isComplete: true } });
  expect(answer.kind === 'seen' && answer.value?.owned).toHaveLength(900);
});

test('facts of a host that were read before a connection broke are not shown', async () => {
  program('ssh', `cat >/dev/null; echo 'vlan-trunk-probe inspected {"Env":["PASSWORD=hunter2"]}'; exit 1`);
  const answer = await probeHost(target);
  expect(answer).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no message') as string });
});

test('a warning about permissions is not the reason why the Engine does not answer', async () => {
  host('', `${warning}; echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock." >&2; exit 1`);
  expect(await probeHost(target)).toMatchObject({
    value: { trouble: expect.stringMatching(/does not answer: Cannot connect to the Docker daemon/) as string },
  });
});

const noShell = 'ops@192.0.2.1 port 22 lets this user in but does not run `sh` for it';
test.each([
  ['nologin', 'cat >/dev/null; echo "This account is currently not available."; exit 1', noShell],
  ['/bin/false', 'cat >/dev/null; exit 1', noShell],
  ['no sh', 'cat >/dev/null; echo "bash: sh: command not found" >&2; exit 127', 'bash: sh: command not found'],
  ['a forced command that succeeds', 'cat >/dev/null; echo "hi, only git here"; exit 0', noShell],
  ['a start-up file that eats the script', `cat >/dev/null; ${runCommand}`, noShell],
])('an answer without a shell is a refusal: %s', async (_, loginShell, reason) => {
  program('ssh', loginShell);
  expect(await probeHost(target)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) as string });
});

test('without awk on the host it is a refusal that names the package', async () => {
  host('', docker);
  for (const name of ['cat', 'sed', 'sh']) program(name, `exec /bin/${name} "$@"`);
  program('head', 'exec /bin/cat');
  // probe.sh adds the folders of a system to PATH, in which this machine has awk.
  program('ssh', `/bin/sed 's#^PATH=.*##' | { PATH=${programs.folder}; ${runCommand}; }`);
  expect(await probeHost(target)).toEqual({
    kind: 'refused',
    reason: 'ops@192.0.2.1 port 22 has no awk (package mawk or gawk) on the PATH: install it there',
  });
});

test.each([
  [
    'older than 8.5',
    'echo "command-line: line 0: Bad configuration option: knownhostscommand" >&2; exit 255',
    /too old/,
  ],
  ['with a home that is too long', 'echo "ControlPath too long (\'/home/x\' >= 108 bytes)" >&2; exit 255', /too long/],
])('an OpenSSH client %s is a refusal', async (_, ssh, reason) => {
  program('ssh', ssh);
  expect(await probeHost(target)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

test('no OpenSSH client is a refusal', async () => {
  process.env.PATH = programs.folder;
  expect(await probeHost(target)).toEqual({
    kind: 'refused',
    reason: expect.stringContaining('this machine has no OpenSSH client on the PATH: install 8.5 or newer') as string,
  });
});

test('a connection that is refused is no answer', async () => {
  program('ssh', 'echo "ssh: connect to host 192.0.2.1 port 22: Connection refused" >&2; exit 255');
  expect((await probeHost(target)).kind).toBe('unreachable');
});

test('a jump host whose user has no shell there is not at fault', async () => {
  program(
    'ssh',
    'case "$*" in *ProxyCommand*) echo "channel 0: open failed: connect failed" >&2; exit 255;; *) exit 1;; esac',
  );
  const through = { ...target, proxy: { ...anyHop, address: '192.0.2.9' } };
  expect(await probeHost(through)).toMatchObject({ reason: expect.stringMatching(/^ops@192\.0\.2\.1 /) as string });
});

describe('whether the connections of the provider run no docker command there', () => {
  const home = () => programs.folder;
  const seen = async (before: string) => {
    host(`HOME=${home()}; export HOME; ${before}`, docker);
    const answer = await probeHost(target);
    return answer.kind === 'seen' ? answer.value?.dials : answer;
  };
  const config = (text: string) => `mkdir -p ${home()}/.docker; echo '${text}' >${home()}/.docker/config.json`;

  test.each<[string, () => string, boolean]>([
    ['without settings', () => ':', true],
    ['with a configuration that names no context', () => config('{ "auths": {} }'), true],
    ['with one that does', () => config('{ "currentContext": "rootless" }'), false],
    ['with DOCKER_HOST', () => 'export DOCKER_HOST=tcp://192.0.2.2:2375', false],
  ])('%s', async (_, before, dials) => expect(await seen(before())).toBe(dials));
});

describe('what decides whether an interface can be a parent interface', () => {
  /** Files of the host, under the folder of the programs; what the program reads of this machine's is left out. */
  const onFiles = (files: Record<string, string>) => {
    const root = join(programs.folder, 'root');
    for (const [file, text] of Object.entries({ '/sys/class/net/x': '', ...files })) {
      mkdirSync(join(root, file, '..'), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const moved = ['/sys/', '/proc/', '/lib/modules', '/run/booted-system']
      .map((at) => `s#\\([^A-Za-z]\\)${at}#\\1${root}${at}#g`)
      .join('; ');
    program('ssh', `sed '${moved}' | { ${runCommand.replace('exec ', '')}; }`);
  };
  const parents = async () => {
    const answer = await probeHost(target);
    if (answer.kind !== 'seen') throw new Error(JSON.stringify(answer));
    return answer.value!.parents;
  };

  test('links: what each is, and what a bridge with VLAN filtering lets through', async () => {
    host('', docker);
    program('ip', ip());
    const entries = [
      {
        ifname: 'eth1',
        vlans: [
          { vlan: 1, flags: ['PVID', 'Egress Untagged'] },
          { vlan: 2, vlanEnd: 4094 },
        ],
      },
      { ifname: 'br0', vlans: [{ vlan: 1, flags: ['PVID', 'Egress Untagged'] }, {}] },
    ];
    program('bridge', `[ "$*" = '-compressvlans -j vlan show' ] && echo '${JSON.stringify(entries)}'`);
    // An alias of two lines, behind a map of priorities, which an older ip begins a line for.
    onFiles({ '/sys/class/net/wlan0/phy80211': '', '/sys/class/net/plant/ifalias': 'x\n10: forged: …\n' });
    const untagged = { first: 1, last: 1, isUntagged: true };
    expect(await parents()).toEqual({
      ...nothingFound,
      vlans: new Map<string, object | undefined>([
        ...['lo', 'eth0', 'eth1'].map((name) => [name, undefined] as const),
        ['plant', { parentInterface: 'eth0', vlanId: 50, protocol: '802.1ad' }],
        ...['br0', 'br1', 'bond0', 'eth2', 'eth3'].map((name) => [name, undefined] as const),
      ]),
      masters: new Map([
        ['eth1', { name: 'br0', kind: 'bridge' }],
        ['eth2', { name: 'bond0', kind: 'bond' }],
        ['eth3', { name: 'red', kind: 'vrf' }],
      ]),
      wireless: new Set(['wlan0']),
      bonds: new Map([['bond0', 'balance-alb']]),
      filters: new Map([['br0', '802.1Q']]),
      bridgeVlans: new Map([
        ['eth1', [untagged, { first: 2, last: 4094, isUntagged: false }]],
        ['br0', [untagged]],
      ]),
    });
  });

  test('an ip that knows no details, and a host that is silent on all else', async () => {
    host('', docker);
    onFiles({});
    expect(await parents()).toEqual({
      ...nothingFound,
      vlans: new Map(['eth0', 'eth1'].map((name) => [name, undefined])),
      masters: new Map([['eth1', { name: 'br0', kind: '' }]]),
    });
  });

  test('the firmware’s words', async () => {
    host('', docker);
    onFiles({ '/sys/class/dmi/id/sys_vendor': 'VMware, Inc.\n', '/sys/class/dmi/id/product_name': 'VMware20,1\n' });
    expect(await parents()).toMatchObject({
      machine: { vendor: 'VMware, Inc.', product: 'VMware20,1', assetTag: '', biosVersion: '' },
    });
  });

  const osrelease = { '/proc/sys/kernel/osrelease': '6.1.0\n' };
  const symbols = ['register_netdevice', 'macvlan_common_setup'].map((name) => `0000000000000000 T ${name}\n`).join('');
  test.each<[string, Record<string, string>, string[]]>([
    [
      'loaded, to be loaded, built in, and none',
      {
        '/sys/module/8021q/refcnt': '0',
        '/lib/modules/6.1.0/modules.dep': 'kernel/drivers/net/ipvlan/ipvlan.ko.xz:\nkernel/a/my8021q.ko:\n',
        '/proc/kallsyms': symbols,
      },
      ['dummy'],
    ],
    [
      'named in the list of what is built in',
      {
        '/lib/modules/6.1.0/modules.dep': 'kernel/net/8021q/8021q.ko: kernel/net/802/garp.ko\n',
        '/lib/modules/6.1.0/modules.builtin': 'kernel/drivers/net/dummy.ko\nkernel/drivers/net/ipvlan/ipvlan.ko\n',
        '/proc/kallsyms': symbols.replace('macvlan_common_setup', 'other'),
      },
      ['macvlan'],
    ],
    [
      'the folders of OpenWrt and NixOS',
      {
        '/lib/modules/6.1.0/macvlan.ko': '',
        '/lib/modules/6.1.0/dummy.ko': '',
        '/run/booted-system/kernel-modules/lib/modules/6.1.0/modules.dep': 'kernel/drivers/net/ipvlan/ipvlan.ko.xz:\n',
        '/proc/kallsyms': symbols,
      },
      ['8021q'],
    ],
    // After an update without a restart.
    [
      'the folder of another kernel',
      { '/lib/modules/6.2.0/modules.dep': 'kernel/net/8021q/8021q.ko:\n', '/proc/kallsyms': symbols },
      ['8021q', 'ipvlan', 'dummy'],
    ],
    ['a kernel that does not tell what it holds', { '/lib/modules/6.1.0/modules.dep': '' }, []],
  ])('kernel modules: %s', async (_, files, missing) => {
    host('', docker);
    onFiles({ ...osrelease, ...files });
    const { missingModules, kernel } = await parents();
    expect([[...missingModules], kernel]).toEqual([missing, '6.1.0']);
  });
});
