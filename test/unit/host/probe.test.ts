import { askHost } from '../../../src/host/probe';
import type { HostQuestion } from '../../../src/host/hostSession';
import type { SshTarget } from '../../../src/host/sshOption';
import { ProgramsOnPath } from '../../programsOnPath';

/** Programs on PATH stand for the local ssh, and for what is on the host: probe.sh itself runs for real. */

const hop = { address: '192.0.2.1', port: 22, user: 'ops', hostKey: undefined, identityFile: undefined };
const target: SshTarget = { ...hop, proxy: undefined };
const question: HostQuestion = { report: true, specs: [], sudo: false, links: 'check' };
const probeHost = async (of: SshTarget) => {
  const answer = await askHost(of, question);
  return answer.kind === 'seen' ? { ...answer, value: answer.value.report } : answer;
};
const programs = new ProgramsOnPath();
const program = programs.make.bind(programs);

/** What sshd does with the last argument of the local ssh. */
const runCommand = 'for last; do :; done; exec /bin/sh -c "$last"';

const ip =
  'case "$3" in show) [ "$2" = link ] && { echo "1: eth0: <UP> mtu 1500"; echo "2: eth1: <UP> mtu 1500 master br0 state UP"; } || echo "1: eth0 inet 192.0.2.1/24";; esac';

/** The host: a login shell that prints before it runs the command, and the programs that are there. */
function host(loginShell: string, docker: string): void {
  program('ssh', `SSH_CONNECTION="192.0.2.9 1 192.0.2.1 22"; export SSH_CONNECTION\n${loginShell}\n${runCommand}`);
  program('docker', docker);
  program('ip', ip);
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
const docker = `${warning}
[ "$*" = "--log-level error system dial-stdio" ] || exit 1
while read -r method path version; do
  case $path in
  ${['/info', '/networks', '/containers/json?all=1'].map((path, at) => `'${path}') body='${JSON.stringify(api[at])}';;`).join('\n')}
  esac
  case $method in
  GET) printf 'HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n\\r\\n%s\\n' "$body";;
  Connection:*) exit;;
  esac
done`;

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
      ports: new Map([['eth1', 'br0']]),
      arrival: 'eth0',
      kernel: { memory: true, swap: false, cpuShares: true, cpuSet: true },
      networks: [{ name: 'lan', driver: 'macvlan', parentInterface: 'eth0', owner: '' }],
      containers: [{ name: 'web', image: 'nginx', owner: '', project: 'shop', addresses: [] }],
    },
  });
});

/** A host of ours, of which one docker command may fail. */
const owning = (ids: string, fails = 'nothing') => `case "$1 $2" in
  "${fails}") exit 1;;
  "ps --all") ${ids === '' ? ':' : `echo ${ids}`};;
  "container inspect") [ "$*" = "$1 $2 $3 $4 77" ] && echo 'vlan-trunk-probe owned ["/web","id-1","7","running",{}]';;
  *) ${docker}
esac`;

test.each([
  ['none', '', []],
  ['one', '77', [{ name: 'web', owner: 'id-1', revision: '7', status: 'running' }]],
])('containers with an owner: %s; they are asked for more, and the lists are complete', async (_, ids, owned) => {
  host('', owning(ids));
  expect(await probeHost(target)).toMatchObject({ kind: 'seen', value: { isComplete: true, owned } });
});

test.each(['ps --all', 'container inspect'])(
  'where %s fails, what is not listed may be there all the same',
  async (fails) => {
    host('', owning('77', fails));
    expect(await probeHost(target)).toMatchObject({ kind: 'seen', value: { version: '28.5.2', isComplete: false } });
  },
);

test('an Engine that does not list its networks leaves it open what is there', async () => {
  host('', docker.replaceAll("'/networks') body=", "'/networks') body='not JSON';; /none) body="));
  expect(await probeHost(target)).toMatchObject({ kind: 'seen', value: { version: '28.5.2', isComplete: false } });
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
  const through = { ...target, proxy: { ...hop, address: '192.0.2.9' } };
  expect(await probeHost(through)).toMatchObject({ reason: expect.stringMatching(/^ops@192\.0\.2\.1 /) as string });
});

describe('whether the connections of the provider run no docker command there', () => {
  const home = () => programs.folder;
  const seen = async (before: string) => {
    // A host has perl, which a machine with the tests need not have.
    program('perl', 'exit');
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
