import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { announceContainers } from '../../../src/host/announce';
import { ProgramsOnPath } from '../../programsOnPath';
import { anyTarget as target } from '../../sshTarget';

/** Programs on PATH stand for the local ssh, and for what the host has; announce.sh itself runs for real, and perl reads, but sends nothing. */
const programs = new ProgramsOnPath();
const program = programs.make.bind(programs);
const sent = () => join(programs.folder, 'sent');

beforeEach(() => {
  program('ssh', 'for last; do :; done; exec sh -c "$last"');
  // web runs, db does not, and there is no gone.
  program('docker', 'echo "/web 77"; echo "/db 0"; exit 1');
  program('nsenter', `shift 4; printf "%s\\n" "$1 $2" | head -n 1 >>${sent()}; exec "$@"`);
  program('sudo', 'shift; exec "$@"');
  program(
    'ip',
    'case $2 in link) echo "7: eth0@if4: <UP> mtu 1500 link/ether 02:42:0a:05:00:18 brd ff";; addr) echo "7: eth0    inet 10.5.0.24/24 scope global eth0";; esac',
  );
  program('perl', 'cat >/dev/null');
});
test('what runs is announced, from its own namespace; what does not run has nothing to tell', async () => {
  expect(await announceContainers(target, false, ['web', 'db', 'gone'])).toEqual([undefined, undefined, undefined]);
  const lines = readFileSync(sent(), 'utf8').trim().split('\n');
  expect(lines.map((line) => line.trim()).sort()).toEqual(['ip -o', 'ip -o', 'perl -e']);
});

test('why it could not be announced', async () => {
  program('nsenter', 'echo "nsenter: reassociate to namespace failed: Operation not permitted" >&2; exit 1');
  expect(await announceContainers(target, true, ['db', 'web'])).toEqual([
    undefined,
    expect.stringContaining('not permitted'),
  ]);
  program('ssh', 'exit 255');
  expect(await announceContainers(target, true, ['web'])).toEqual(['no answer']);
});

test('a name that is none goes to no host', () =>
  expect(announceContainers(target, false, ['$(reboot)'])).rejects.toThrow('a name that Docker cannot have'));
