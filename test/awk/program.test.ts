import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/command';
import { withoutComments } from '../../src/host/joinScript';
import { type Dialect, dialectNames, dialects } from './dialect';
import { cutOffScenarios } from './cutOff';
import { nestedScenarios } from './nestedScenario';
import { qosScenarios } from './qosScenario';
import { scenarios as ofSteps } from './scenario';

const scenarios = [...ofSteps, ...cutOffScenarios, ...nestedScenarios, ...qosScenarios];

const folder = join(__dirname, '../../src/host/script');
const program = (parts: string[]) =>
  parts.map((part) => withoutComments(readFileSync(join(folder, `${part}.awk`), 'utf8'))).join('');

let awks: Record<Dialect, string[]>;
beforeAll(async () => {
  awks = await dialects();
}, 300_000);

test('each program of the host script is among the scenarios', () => {
  const all = readdirSync(folder).flatMap((name) => /^(.*)\.awk$/.exec(name)?.[1] ?? []);
  const fromFiles = ['observeRecords', 'observeSysctls'];
  expect(new Set([...scenarios.flatMap(({ parts }) => parts), ...fromFiles])).toEqual(new Set(all));
});

describe.each(dialectNames)('%s', (dialect) => {
  test.each(scenarios)('$parts: $name', async ({ parts, variables = {}, input, output, status = 0 }) => {
    const options = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
    const ran = await run([...awks[dialect], ...options, program(parts)], { stdin: input });
    expect(ran).toEqual({ code: status, stdout: output, stderr: '' });
  });

  test('observeRecords: the owner is the name of the file', async () => {
    const records = mkdtempSync(join(tmpdir(), 'records-'));
    try {
      const files = ['p+s+t+192.0.2.1', 'q+s+shim+t+2001:db8::1', 'a\nlink eth9 - - - 1500 up made'].map((name) =>
        join(records, name),
      );
      files.forEach((file, index) => writeFileSync(file, `eth0.${index} used\neth0 down\n`));
      const { stdout } = await run([...awks[dialect], program(['observeRecords']), ...files]);
      expect(stdout).toBe(`note p+s+t+192.0.2.1 eth0.0 used
note p+s+t+192.0.2.1 eth0 down
note q+s+shim+t+2001:db8::1 eth0.1 used
note q+s+shim+t+2001:db8::1 eth0 down
`);
    } finally {
      rmSync(records, { recursive: true });
    }
  });

  test('observeSysctls: the value of each file, and nothing for one that is not there', async () => {
    const value = readFileSync('/proc/sys/net/ipv4/conf/lo/forwarding', 'utf8').trim();
    const input = 'owner o\nsysctl lo ipv4 forwarding 7\nsysctl nosuch0 ipv4 forwarding 7\n';
    const { stdout } = await run([...awks[dialect], program(['observeSysctls'])], { stdin: input });
    expect(stdout).toBe(`sysctl lo ipv4 forwarding ${value}\n`);
  });
});
