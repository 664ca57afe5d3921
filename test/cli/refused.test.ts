import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { containerStarts, hostFacts } from '../e2e/facts';
import { configured, forgetStacks, type HostConfig, hostConfigs, newStack, problemsIn } from '../e2e/stack';
import { typesChecked } from './example';
import { forgetProjects, Project, type Said, succeeds } from './project';

/**
 * Layouts that are wrong in each way that one can be: refused by `pulumi preview` and `pulumi up` with an exit code other than 0, with
 * all problems of all hosts once, and with nothing changed on any host.
 */

const hosts = ['n5', 'n6'];

/** What each fault is reported as, on a host that has it. */
const reports: Record<string, (host: string) => string> = {
  plain: (host) =>
    `NetworkContainer ${host}-first: attachments[0].aliases[0]: must be a name of letters, digits, '-', '_' and '.', got "no name"`,
  late: (host) => `VlanTrunk ${host}-trunk: vlans[0].mtu: must be an integer from 68 to 65535, got 12`,
  elsewhere: (host) =>
    `NetworkContainer ${host}-first: attachments[0].ipv4Address: must be an address of 192.168.172.0/24, got "192.168.171.11"`,
  across: (host) =>
    `hosts.${host}.containers["${host}-second"].attachments[0].ipv4Address: must be given once, got 192.168.171.11 also at hosts.${host}.containers["${host}-first"].attachments[0].ipv4Address`,
  host: () => 'there is no interface eth9 on this host, it has ',
};
/** Those that do not hide each other: where the subnet is another one, no address in it is a second one. */
const together = Object.keys(reports).filter((fault) => fault !== 'elsewhere');
const expected = (faults: string[]) => hosts.flatMap((host) => faults.map((fault) => reports[fault]?.(host) ?? ''));

let values: Project;

/** A project of the program, all of them in the backend of the stack that they refer to. */
async function project(name: string, of: HostConfig[], faults: string[]): Promise<Project> {
  const program = readFileSync(join(__dirname, 'programs/refused.ts'), 'utf8');
  const files = {
    'Pulumi.yaml': `name: ${name}\nruntime: nodejs\n`,
    'package.json': '{ "main": "index.ts" }',
    'tsconfig.json': readFileSync(join(__dirname, '../../examples/macvlan-trunk/tsconfig.json'), 'utf8'),
    'index.ts': program,
  };
  return Project.of(files, { backend: values })
    .with(typesChecked)
    .configure(config(name, of, faults));
}

const config = (name: string, of: HostConfig[], faults: string[]) => ({
  [`${name}:hosts`]: of,
  [`${name}:faults`]: faults,
  [`${name}:elsewhere`]: 'organization/values/lab',
});

const onHosts = async () =>
  JSON.stringify(await Promise.all(hosts.map(async (host) => [await hostFacts(host), await containerStarts(host)])));

/** The errors are exactly these problems, each as often as it is given. */
function expectProblems(errors: string, problems: string[]): void {
  for (const problem of new Set(problems)) {
    const times = problems.filter((one) => one === problem).length;
    expect([problem, errors.split(problem).length - 1, errors]).toEqual([problem, times, errors]);
  }
  expect(problemsIn(errors)).toHaveLength(problems.length);
}

/** An operation of the CLI that must fail with exactly these problems. */
function expectRefusal({ code, diagnostics, text }: Said, problems: string[]): void {
  expect([code === 0, text]).toEqual([false, text]);
  expectProblems(diagnostics, problems);
}

let untouched: string;
beforeAll(async () => {
  untouched = await onHosts();
  const text = "exports.right = '171'; exports.moved = '172';";
  const yaml = 'name: values\nruntime: { name: nodejs, options: { typescript: false } }\n';
  values = await Project.of({ 'Pulumi.yaml': yaml, 'package.json': '{}', 'index.js': text }).configure();
  await succeeds(values.up('--skip-preview'));
});
afterAll(async () => {
  await forgetStacks();
  await forgetProjects();
  expect(await onHosts()).toBe(untouched);
});

test('a new stack with every fault on two hosts: preview, up and an up that previews nothing', async () => {
  const wrong = await project('new', hostConfigs(...hosts), together);
  for (const operate of [() => wrong.preview(), () => wrong.up(), () => wrong.up('--skip-preview')]) {
    expectRefusal(await operate(), expected(together));
    expect(await onHosts()).toBe(untouched);
  }
});

describe('a stack that is up', () => {
  let stack: Project;
  let running: string;
  beforeAll(async () => {
    stack = await project('running', hostConfigs(...hosts), []);
    await succeeds(stack.up('--skip-preview'));
    running = await onHosts();
  });
  afterAll(async () => {
    await succeeds(stack.destroy());
    expect(await onHosts()).toBe(untouched);
  });

  test.each([
    ['a plain value', ['plain']],
    ['a value that is known late', ['late']],
    ["another stack's output", ['elsewhere']],
    ['a contradiction across components', ['across']],
    ['a contradiction on the host', ['host']],
    ['two of them on each host', ['late', 'across']],
  ])('%s', async (_, faults) => {
    stack.reconfigure(config('running', hostConfigs(...hosts), faults));
    expectRefusal(await stack.preview(), expected(faults));
    expectRefusal(await stack.up('--skip-preview'), expected(faults));
    expect(await onHosts()).toBe(running);
  });

  test('and right again, it has nothing to do', async () => {
    stack.reconfigure(config('running', hostConfigs(...hosts), []));
    await succeeds(stack.preview('--expect-no-changes'));
  });

  test('nor has another release of the package, whose script for hosts is another one', async () => {
    appendFileSync(join(stack.folder, 'node_modules/vlan-trunk/dist/host/script.sh'), 'true "another release"\n');
    await succeeds(stack.preview('--expect-no-changes'));
  });
});

test('a host that does not answer is a warning at preview, and an error at up', async () => {
  const [near] = hostConfigs('n5') as [HostConfig];
  const silent = await project('silent', [{ ...near, address: '10.88.0.199' }], []);
  const report = 'Host n5: root@10.88.0.199 port 22 cannot be reached';
  const preview = await succeeds(silent.preview());
  expect(preview.diagnostics).toContain(`warning: ${report}`);
  expect(preview.diagnostics.split(report)).toHaveLength(2);
  for (const up of [await silent.up(), await silent.up('--skip-preview')]) {
    expect([up.code === 0, up.diagnostics]).toEqual([false, expect.stringContaining(report)]);
  }
  expect(await onHosts()).toBe(untouched);
});

test('the same by the Automation API: every fault on two hosts, and a host that does not answer', async () => {
  const of = (hostsOf: HostConfig[], faultsOf: string[]) => ({ hosts: hostsOf, faults: faultsOf });
  const stack = await newStack('test/cli/programs/refused.ts', 'refused', of(hostConfigs(...hosts), together));
  for (const result of [await stack.preview(), await stack.up()]) {
    expect(result.ok).toBe(false);
    expectProblems(result.error ?? '', expected(together));
    expect(await onHosts()).toBe(untouched);
  }
  const [near] = hostConfigs('n5') as [HostConfig];
  const silent = configured(stack, of([{ ...near, address: '10.88.0.199' }], []));
  const [preview, up] = [await silent.preview(), await silent.up()];
  expect([preview.ok, up.ok]).toEqual([true, false]);
  expect(await onHosts()).toBe(untouched);
});
