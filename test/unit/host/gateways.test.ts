import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askGateways } from '../../../src/host/gateways';
import { ProgramsOnPath } from '../../programsOnPath';
import { anyTarget as target } from '../../sshTarget';

/** Programs on PATH stand for the local ssh, and for what the host has; gateways.sh itself runs for real. */
const programs = new ProgramsOnPath();

/** What becomes of a ping, and what the neighbour entry then is. */
function host(ping: string, ...states: string[]): void {
  programs.make('ssh', 'for last; do :; done; exec sh -c "$last"');
  // web runs, db does not, and there is no gone.
  programs.make('docker', 'echo "/web 77"; echo "/db 0"');
  programs.make('sudo', 'shift; exec "$@"');
  programs.make('nsenter', `echo "$*" >>${programs.folder}/log; shift 4; exec "$@"`);
  programs.make('ping', `echo "$*" >>${programs.folder}/pings; ${ping}`);
  programs.make('sleep', 'exit 0');
  programs.make(
    'ip',
    `case $* in
     *'route get 10.9.'*) echo "10.9.0.1 via 10.0.0.1 dev eth0 src 10.0.0.7" ;;
     *'route get'*) echo "10.0.0.1 dev eth0 src 10.0.0.7 uid 0" ;;
     *'neigh show'*) n=$(cat ${programs.folder}/neigh 2>/dev/null || echo 0); echo $((n + 1)) >${programs.folder}/neigh
       set -- ${states.join(' ')}; [ "$n" -lt $# ] || n=$(($# - 1)); shift "$n"; echo "10.0.0.1 dev eth0 $1" ;;
     *'neigh change'*) echo changed >>${programs.folder}/changed ;;
     *'link show dev eth0') echo "7: eth0@if4: <UP> mtu 1500 state UP mode DEFAULT group default macvlan mode bridge" ;;
     '-o -d link show') echo "4: eth0.50@eth0: <BROADCAST,UP> mtu 1500 state UP vlan protocol 802.1Q id 50 <>" ;;
     esac`,
  );
}
const asked = (container = 'web', address = '10.0.0.1') => askGateways(target, false, [{ container, address }]);
const lines = (file: string) => readFileSync(join(programs.folder, file), 'utf8').trim().split('\n');

test('one that answers is asked once', async () => {
  host('exit 0');
  expect(await asked()).toEqual([{ answers: true }]);
  expect(lines('pings')).toEqual(['-n -c 1 -W 1 10.0.0.1']);
});

test('one that drops pings is there by its neighbour entry', async () => {
  host('exit 1', 'REACHABLE');
  expect(await asked()).toEqual([{ answers: true }]);
});

test('one that is not there, after three seconds, with the end of the way', async () => {
  host('exit 1', 'INCOMPLETE', 'FAILED');
  const near = {
    container: 'running',
    link: 'eth0',
    hop: '10.0.0.1',
    neighbour: 'FAILED',
    mtu: '1500',
    mode: 'bridge',
  };
  expect(await asked()).toEqual([{ answers: false, near: { ...near, parent: 'eth0.50', state: 'up', vlan: '50' } }]);
  expect(lines('pings')).toEqual(['-n -c 1 -W 1 10.0.0.1', '-n -c 1 -W 2 10.0.0.1']);
});

test('an answer that comes while the container is new', async () => {
  host('exit 1', '""', 'INCOMPLETE', 'REACHABLE');
  expect(await asked()).toEqual([{ answers: true }]);
});

test('an entry of before is asked anew', async () => {
  host('exit 1', 'STALE', 'FAILED');
  expect(await asked()).toEqual([expect.objectContaining({ answers: false })]);
  expect(lines('changed')).toEqual(['changed']);
  expect(lines('pings')).toEqual(['-n -c 1 -W 1 10.0.0.1', '-n -c 1 -W 4 10.0.0.1']);
});

test.each([
  ['a container that does not run', 'db', '10.0.0.1'],
  ['one that is not there', 'gone', '10.0.0.1'],
  ['one that has a router on the way', 'web', '10.9.0.1'],
])('of %s nothing is known', async (_, container, address) => {
  host('exit 1', 'FAILED');
  expect(await asked(container, address)).toEqual([undefined]);
});

test('without root, without ping, and without an answer, nothing is known', async () => {
  host('exit 1', 'FAILED');
  programs.make('nsenter', 'echo "nsenter: reassociate to namespace failed: Operation not permitted" >&2; exit 1');
  expect(await asked()).toEqual([undefined]);
  host('exit 127', '""');
  expect(await asked()).toEqual([undefined]);
  programs.make('ssh', 'exit 255');
  expect(await asked()).toEqual([undefined]);
});

test('sudo is in front of what enters the namespace', async () => {
  host('exit 0');
  programs.make('sudo', `echo "$*" >>${programs.folder}/sudoed; shift; exec "$@"`);
  await askGateways(target, true, [{ container: 'web', address: '2001:db8::1' }]);
  expect(lines('sudoed')).toContain('-n nsenter --target 77 --net -- sh -c ');
});

test('a value that is none goes to no host', () =>
  expect(asked('$(reboot)')).rejects.toThrow('a value cannot be sent to a host'));
