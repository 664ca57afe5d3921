import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the host script prints where a removal fails, with other functions of it in place of those that change the host. */

const part = (name: string) => readFileSync(join(__dirname, `../../../src/host/script/${name}.sh`), 'utf8');
const others = `
set -fu
fail() { printf '%s\n' "$@"; exit 1; }
for name in clear_networks take_keyfiles batch see give_back keep_reach put_routing end_forwarding write_record flush is_risky; do
  eval "$name() { :; }"
done
is_risky() { false; }
plan_removal() { [ "$1" = now ] || echo 'do link del dev gone0.50'; }
before=before observed=now words='no such thing' networks= label=`;

function printed(fault: string, run = 'take_away'): string[] {
  const script = `${['steps', 'removal', 'lock'].map(part).join('')}\n${others}\n${fault}\n${run}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, '']);
  return stdout.split('\n').slice(0, -1);
}

const again = 'what is not removed yet stays recorded on this host: run the same command again';

test.each<[string, string, string[]]>([
  ['a step fails', 'batch() { echo busy; return 1; }', ['ip failed: busy', again]],
  ['the links cannot be read', 'see() { false; }', ['could not read the links back: no such thing', again]],
  ['a rule stays', 'put_routing() { false; }', ['no such thing', again]],
  [
    'a link is there again',
    'plan_removal() { echo "do link del dev gone0.50"; }',
    [
      'still there after it was deleted:',
      'link del dev gone0.50',
      'another program, such as a network manager, has made it anew: have it let go of that, and run the same command again',
    ],
  ],
  [
    'NetworkManager does not let go',
    'take_keyfiles() { echo timeout; return 1; }',
    [
      'timeout',
      'could not take links from NetworkManager, no link was removed: run the same command again once it answers',
    ],
  ],
  [
    'the disk is full',
    'write_record() { echo full; return 1; }',
    ['full', "could not write to this host's disk: make that possible (df, mount) and run the same command again"],
  ],
])('where %s, the way out is named', (_, fault, lines) => expect(printed(fault)).toEqual(lines));

test('where another run has the lock, too', () => {
  expect(printed('try_lock() { false; }', 'lock 3')).toEqual([
    'other runs have held the lock on this host for 3 s: run the same command again once they have ended',
  ]);
});
