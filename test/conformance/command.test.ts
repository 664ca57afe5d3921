import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { Gate } from './gate';
import { ask, connectionTo, opsOf, Scenario, secret, stepOf } from './scenario';

/** `command:remote:Command` over its life: one stack, created, refreshed, changed and taken down. */

let scenario: Scenario;
let gate: Gate;
let log: string;
let created: OperationResult;
let connectionsForCreate: number;
let refreshed: OperationResult;
let changed: OperationResult;

const command = (name: string, args: Record<string, unknown>, after?: string[]): Declared => ({
  kind: 'command',
  name,
  args: { addPreviousOutputInEnv: false, ...args },
  ...(after === undefined ? {} : { after }),
});

beforeAll(async () => {
  scenario = await Scenario.open();
  gate = await Gate.open('n5');
  log = `/run/${scenario.id}`;
  const connection = await connectionTo('n5');
  const counted = { ...connection, host: gate.host, port: gate.port };
  const asOps = { ...connection, user: 'ops' };
  await ask('n5', `install -m 666 /dev/null ${log}`);
  const note = (text: string) => `echo ${text} >> ${log}`;
  const quiet = { connection: { ...connection, port: 1 }, delete: undefined };
  const always = [
    // No `create` and no `delete`: were it dialled, a closed port would fail it.
    command('silent', quiet),
    command('counted', { connection: counted, create: note('counted'), delete: note('counted-gone') }),
    command('printing', { connection, create: 'echo out; echo err >&2' }),
    command('hushed', { connection, create: 'echo never-shown', logging: 'none' }),
  ];
  created = await scenario.up(
    ...always,
    command('updated', { connection, create: note('updated-create'), update: note('updated-update'), stdin: 'one' }),
    command('recreated', { connection, create: `echo recreated-$(cat) >> ${log}`, stdin: 'one' }),
    command('moved', { connection, create: 'id -un' }),
    command('triggered', {
      connection,
      create: note('triggered-create'),
      update: note('triggered-update'),
      delete: `echo triggered-delete-$(cat) >> ${log}`,
      stdin: 'old',
      triggers: [1],
    }),
    command('deleteOnly', { connection, delete: `echo delete-only-$(id -un)-$(cat) >> ${log}`, stdin: 'first' }),
    command('remembering', { connection, create: 'echo first', addPreviousOutputInEnv: undefined }),
  );
  connectionsForCreate = gate.connections;
  refreshed = await scenario.refresh();
  changed = await scenario.up(
    ...always,
    command('updated', { connection, create: note('updated-create'), update: note('updated-update'), stdin: 'two' }),
    command('recreated', { connection, create: `echo recreated-$(cat) >> ${log}`, stdin: 'two' }),
    command('moved', { connection: asOps, create: 'id -un' }),
    command('triggered', {
      connection,
      create: note('triggered-create'),
      update: note('triggered-update'),
      delete: `echo triggered-delete-$(cat) >> ${log}`,
      stdin: 'new',
      triggers: [2],
    }),
    command('deleteOnly', {
      connection: asOps,
      delete: `echo delete-only-$(id -un)-$(cat) >> ${log}`,
      stdin: 'second',
    }),
    command('remembering', { connection, create: 'echo again', addPreviousOutputInEnv: undefined }),
  );
});

afterAll(async () => {
  await scenario.close();
  gate.close();
  await ask('n5', `rm -f ${log}`);
});

const logged = async (start: string) => (await ask('n5', `grep ^${start} ${log} || true`)).split('\n');

test('creates', () => {
  expect(created.error).toBeUndefined();
  expect(created.ok).toBe(true);
});

test('all of the connection is secret, in inputs and outputs', async () => {
  const { inputs, outputs } = await scenario.stateOf('printing');
  expect(inputs?.connection).toEqual(secret);
  expect(outputs?.connection).toEqual(secret);
});

test('the state holds inputs and what was printed, and nothing else', async () => {
  const { inputs, outputs } = await scenario.stateOf('printing');
  expect(Object.keys(inputs ?? {}).sort()).toEqual(['addPreviousOutputInEnv', 'connection', 'create']);
  expect(outputs).toEqual({
    addPreviousOutputInEnv: false,
    connection: secret,
    create: 'echo out; echo err >&2',
    stdout: 'out',
    stderr: 'err',
  });
});

test('without create nothing is dialled, at no operation', () => {
  expect(stepOf(created, 'silent')).toMatchObject({ op: 'create', ended: expect.any(Number) as number });
});

test('one dial for each operation', () => {
  expect(connectionsForCreate).toBe(1);
});

test('refresh reads nothing and sees nothing', () => {
  expect(refreshed.ok).toBe(true);
  expect(new Set(refreshed.steps.map(({ op }) => op))).toEqual(new Set(['same']));
  expect(gate.connections).toBe(1);
});

test('a changed input runs update', async () => {
  expect(opsOf(changed, 'updated')).toBe('update');
  expect(stepOf(changed, 'updated').diffs).toEqual(['stdin']);
  expect(await logged('updated')).toEqual(['updated-create', 'updated-update']);
});

test('a changed input runs create where there is no update', async () => {
  expect(opsOf(changed, 'recreated')).toBe('update');
  expect(await logged('recreated')).toEqual(['recreated-one', 'recreated-two']);
});

test('an update goes over the new connection, and does not replace', async () => {
  expect(opsOf(changed, 'moved')).toBe('update');
  expect((await scenario.stateOf('moved')).outputs?.stdout).toBe('ops');
});

test('triggers replace: the new one is created, then the old one deleted with its own stdin', async () => {
  expect(opsOf(changed, 'triggered')).toBe('create-replacement replace delete-replaced');
  expect(await logged('triggered')).toEqual(['triggered-create', 'triggered-create', 'triggered-delete-old']);
});

test('an unchanged one is left alone', () => {
  expect(opsOf(changed, 'counted')).toBe('same');
  expect(gate.connections).toBe(1);
});

test('the last output in the environment is refused by sshd, which is a warning', () => {
  expect(changed.diagnostics.filter((said) => said.startsWith('warning: Unable to set'))).toHaveLength(1);
  expect(changed.diagnostics.join('\n')).toContain("'PULUMI_COMMAND_STDOUT'");
  expect(opsOf(changed, 'remembering')).toBe('update');
});

test('what is printed is shown in passing, unless logging is none', () => {
  expect(created.passing).toEqual(expect.arrayContaining(['out', 'err']));
  expect(created.passing).not.toContain('never-shown');
});

test('an import is refused: there is no Read, so the imported state is empty and cannot be updated', async () => {
  const imported = await scenario.preview({
    ...command('imported', { connection: await connectionTo('n5'), create: 'true' }),
    existing: 'some-id',
  });
  expect(imported.ok).toBe(false);
  expect(opsOf(imported, 'imported')).toBe('import update');
  expect(imported.errorsOf.imported).toContain("Missing required field 'connection' on 'remote.CommandOutputs'");
});

test('destroy runs delete with the connection and stdin of the state', async () => {
  await scenario.declare();
  const destroyed = await scenario.destroy();
  expect(destroyed.error).toBeUndefined();
  expect(await logged('delete-only')).toEqual(['delete-only-ops-second']);
  expect(await logged('counted')).toEqual(['counted', 'counted-gone']);
  expect(gate.connections).toBe(2);
});
