import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the host script takes Docker networks away, with a function in place of docker: it notes what it is asked to do. */

const folder = mkdtempSync(join(tmpdir(), 'clear-networks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const log = join(folder, 'log');

const script = readFileSync(join(__dirname, '../../../src/host/script/clearNetworks.sh'), 'utf8');
const others = `
set -fu
fail() { printf '%s\n' "$@"; exit 1; }
sleep() { :; }
timeout() { shift; "$@"; }
uptime_seconds() { echo 1; }
owner=p+s+t revisions=/nonexistent
spec='owner p+s+t
vlan eth0.5 - - -
vlan eth0.6 - - -'
docker() {
  case "$1 $2" in
  # After a removal that has failed in part.
  'network ls') if grep -q remove ${log}; then echo n1; else printf '%s\n' n1 n2 n3; fi ;;
  'ps '*) printf '%s\n' own1 own2 ;;
  'network inspect') printf '%s\n' "$listed" ;;
  'wait '*) echo "$@" >>${log} ;;
  'network rm') shift 2; echo "remove $*" >>${log}; refuse "$@" ;;
  esac
}
refuse() { :; }`;

function cleared(listed: string[], more = '') {
  writeFileSync(log, '');
  const body = [others, `listed='${listed.join('\n')}'`, more, script, 'clear_networks label; echo "$networks"'];
  const { status, stdout } = spawnSync('sh', ['-c', body.join('\n')], { encoding: 'utf8' });
  return { status, said: stdout.trim().split('\n'), done: readFileSync(log, 'utf8').trim().split('\n') };
}

test('nothing is removed while containers of others are on one of them, and they are named in order', () => {
  const listed = ['n1 dmz on=eth0.5 x web own1 mine y guest', 'n2 lan on=eth0.6 z far', 'n3 else on=eth0.7 w other'];
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

test('those on other links stay, and containers of this stack are waited for', () => {
  const listed = ['n1 dmz on=eth0.5 own1 a own2 b', 'n2 lan on=eth0.6', 'n3 else on=eth0.7 w other'];
  const done = ['wait own1 own2', 'remove n1 n2'];
  expect(cleared(listed)).toEqual({ status: 0, said: ['n1', 'n2'], done });
});

test('one that a container has not let go of yet is tried again, without those that have gone', () => {
  const busy = "refuse() { [ $# = 1 ] || { echo 'network dmz has active endpoints' >&2; return 1; }; }";
  const done = ['wait own1', 'remove n1 n2', 'remove n1'];
  const listed = ['n1 dmz on=eth0.5 own1 a', 'n2 lan on=eth0.6'];
  expect(cleared(listed, busy)).toEqual({ status: 0, said: ['n1', 'n2'], done });
});

test('what Docker refuses for another reason is an error with its words', () => {
  const refuses = "refuse() { echo 'read-only file system' >&2; return 1; }";
  expect(cleared(['n1 dmz on=eth0.5'], refuses)).toEqual({
    status: 1,
    said: [
      'read-only file system',
      'no link was removed: run the same command again once Docker can remove its networks',
    ],
    done: ['remove n1'],
  });
});
