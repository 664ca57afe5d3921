import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the host script takes Docker networks away, with functions in place of docker and of the Engine's API: they note what they are asked to do. */

const folder = mkdtempSync(join(tmpdir(), 'clear-networks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const log = join(folder, 'log');

const idOf = (digit: string) => digit.repeat(64);
const [n1, n2, n3] = [idOf('1'), idOf('2'), idOf('3')];
const [own1, own2] = [idOf('a'), idOf('b')];
const listOf = (...ids: string[]) =>
  JSON.stringify(ids.map((Id) => ({ Id, Labels: { 'vlan-trunk.owner': `"Id":"${n1}"` } })));

const script = readFileSync(join(__dirname, '../../../src/host/script/clearNetworks.sh'), 'utf8');
const others = `
set -fu
fail() { printf '%s\\n' "$@"; exit 1; }
sleep() { :; }
timeout() { shift; "$@"; }
dockerd() { :; }
uptime_seconds() { grep -c . ${log}; }
owner=p+s+t revisions=/nonexistent
spec='owner p+s+t
vlan eth0.5 - - -
vlan eth0.6 - - -'
answer() { printf 'HTTP/1.1 %s Words\\r\\nHost: x\\r\\n\\r\\n' "$1"; [ $# = 1 ] || printf '%s\\n' "$2"; }
ask_docker() {
  tr -d '\\r' | while read -r method path version; do
    case "$method $path" in
    'GET /networks?filters='*owner%3D0f%22*) answer 200 '${listOf(n1, n2, n3)}' ;;
    'GET /containers/json?all=1&filters='*owner%3D0f%22*) answer 200 '${listOf(own1, own2)}' ;;
    DELETE*) echo "delete \${path##*/}" >>${log}; delete "\${path##*/}" ;;
    'GET /_ping') answer 200 OK ;;
    esac
  done
}
delete() { answer 204; }
docker() {
  case "$1 $2" in
  'wait '*) echo "$@" >>${log} ;;
  'network inspect') printf '%s\\n' "$listed" ;;
  'network ls') echo ${n1} ;;
  'network rm') shift 2; echo "remove $*" >>${log}; refuse "$@" ;;
  esac
}
refuse() { :; }`;

function cleared(listed: string[], more = '', label = '0f') {
  writeFileSync(log, '');
  const body = [others, `listed='${listed.join('\n')}'`, more, script, `clear_networks '${label}'; echo "$networks"`];
  const { status, stdout } = spawnSync('sh', ['-c', body.join('\n')], { encoding: 'utf8' });
  return { status, said: stdout.trim().split('\n'), done: readFileSync(log, 'utf8').trim().split('\n') };
}

test('nothing is removed while containers of others are on one of them, and they are named in order', () => {
  const listed = [
    `${n1} dmz on=eth0.5 x web ${own1} mine y guest`,
    `${n2} lan on=eth0.6 z far`,
    `${n3} else on=eth0.7 w other`,
  ];
  expect(cleared(listed)).toEqual({
    status: 1,
    said: [
      'Docker network dmz is still used by guest, web',
      'Docker network lan is still used by far',
      'nothing was removed: take these containers off it and run the same command again',
    ],
    done: [''],
  });
});

test('those on other links stay; containers of this stack, which go at the same time, are no hindrance', () => {
  const listed = [`${n1} dmz on=eth0.5 ${own1} a ${own2} b`, `${n2} lan on=eth0.6`, `${n3} else on=eth0.7 w other`];
  const done = [`wait ${own1} ${own2}`, `delete ${n1}`, `delete ${n2}`];
  expect(cleared(listed)).toEqual({ status: 0, said: [n1, n2], done });
});

test('one that a container has not let go of yet is tried again, without those that have gone', () => {
  const busy = `delete() { if [ $1 = ${n1} ] && [ $(grep -c . ${log}) -lt 5 ]; then answer 403 '{"message":"has active endpoints"}'; else answer 404; fi; }`;
  const done = [`wait ${own1}`, `delete ${n1}`, `delete ${n2}`, ...[4, 5].map(() => `delete ${n1}`)];
  const listed = [`${n1} dmz on=eth0.5 ${own1} a`, `${n2} lan on=eth0.6`];
  expect(cleared(listed, busy)).toEqual({ status: 0, said: [n1, n2], done });
});

test('one that a container never lets go of is an error that names the way out, after a minute', () => {
  const stuck = "delete() { answer 403; }; refuse() { echo 'network dmz has active endpoints' >&2; return 1; }";
  const { status, said, done } = cleared([`${n1} dmz on=eth0.5 ${own1} a`], stuck);
  expect([status, ...said]).toEqual([
    1,
    'network dmz has active endpoints',
    'no link was removed: take these containers off their networks and run the same command again',
  ]);
  expect(done.length).toBeGreaterThan(50);
});

test('what Docker refuses for another reason is an error with its words', () => {
  const refuses = "delete() { answer 500; }; refuse() { echo 'read-only file system' >&2; return 1; }";
  expect(cleared([`${n1} dmz on=eth0.5`], refuses)).toEqual({
    status: 1,
    said: [
      'read-only file system',
      'no link was removed: run the same command again once Docker can remove its networks',
    ],
    done: [`delete ${n1}`, `remove ${n1}`],
  });
});

test.each([
  ['does not answer', 'ask_docker() { echo Cannot connect to the Docker daemon; }'],
  ['breaks off', 'ask_docker() { :; }'],
  ['fails', 'ask_docker() { answer 500; }'],
])('where the Engine %s nothing is removed', (_, engine) =>
  expect(cleared([], engine)).toEqual({
    status: 1,
    said: [
      'Docker does not answer on this host, so no networks can be removed: start it and run the same command again',
      'nothing was removed',
    ],
    done: [''],
  }),
);

test('a label that is not one of ours asks for nothing', () =>
  expect(cleared([], '', '0f%22,x')).toEqual({ status: 1, said: ['not a label of networks: 0f%22,x'], done: [''] }));
