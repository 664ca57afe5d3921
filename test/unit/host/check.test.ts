import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The check of the host script, with other functions of it in place of those that ask the host. */

const part = (name: string) => readFileSync(join(__dirname, `../../../src/host/script/${name}.sh`), 'utf8');
const others = `
set -fu
for name in no_return no_routing warn_of_managers report_reverted; do eval "$name() { :; }"; done
printable() { cat; }
plan() { printf '%s\n' 'note eth0.5 used' "$in_plan" 'note eth0.6 departs'; }
report_drift() { printf '%s' "$since_apply"; }
before=`;
function check(inPlan: string, sinceApply: string): string[] {
  const script = `${others}\n${part('steps')}${part('check')}\nwarn_of_routing() { :; }\ncheck`;
  const env = { ...process.env, in_plan: inPlan, since_apply: sinceApply };
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\n').slice(0, -1);
}

const remade = 'drift eth0.5 link VLAN 5 (802.1Q) on eth0 -- VLAN 7 (802.1Q) on eth0';
const down = 'drift eth0 state up -- down';

test('a link that another program made anew is reported once, whether or not the spec is that of the last apply', () => {
  expect(check(remade, `${down}\n${remade}\n`)).toEqual(['departs eth0.6', remade, down]);
  expect(check(remade, '')).toEqual(['departs eth0.6', remade]);
  expect(check('warning a router', `${down}\n`)).toEqual(['warning: a router', 'departs eth0.6', down]);
});
