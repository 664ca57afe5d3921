import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { ask, dockerOn, opsOf, Scenario, stepOf } from './scenario';

/** `docker:index/network:Network`: the state's shape, what replaces, what refresh and import do. */

jest.setTimeout(120_000);

let scenario: Scenario;
let created: OperationResult;
let again: OperationResult;
let changes: OperationResult;
let refreshed: OperationResult;

/** Each input, as it is first and as it is then; networks without a parent disturb nobody. */
const inputs: Record<string, [unknown, unknown]> = {
  name: ['name-one', 'name-two'],
  labels: [[{ label: 'a', value: '1' }], [{ label: 'a', value: '2' }]],
  driver: ['bridge', 'macvlan'],
  options: [{ macvlan_mode: 'bridge' }, { macvlan_mode: 'private' }],
  internal: [false, true],
  attachable: [false, true],
  ingress: [false, true],
  ipv6: [false, true],
  ipamDriver: ['default', 'null'],
  ipamOptions: [{}, { key: 'value' }],
  ipamConfigs: [[{ subnet: '10.211.1.0/24' }], [{ subnet: '10.211.2.0/24' }]],
};

const networks = (turn: 0 | 1): Declared[] =>
  Object.entries(inputs).map(([input, values], index) => ({
    kind: 'network',
    name: input,
    on: 'n1',
    args: {
      name: `${scenario.id}-${input}`,
      driver: 'macvlan',
      ipamConfigs: [{ subnet: `10.210.${index}.0/24` }],
      [input]: input === 'name' ? `${scenario.id}-${String(values[turn])}` : values[turn],
    },
  }));

const automatic = (subnet: string): Declared => ({
  kind: 'network',
  name: 'automatic',
  on: 'n1',
  args: { driver: 'macvlan', ipamConfigs: [{ subnet, gateway: '10.212.0.1', auxAddress: { spare: '10.212.0.9' } }] },
});

const bare = (): Declared => ({ kind: 'network', name: 'bare', on: 'n1', args: { driver: 'macvlan' } });

beforeAll(async () => {
  scenario = await Scenario.open();
  const all = [dockerOn('n1'), automatic('10.212.0.0/24'), bare()];
  created = await scenario.up(...all, ...networks(0));
  again = await scenario.preview(...all, ...networks(0));
  changes = await scenario.preview(dockerOn('n1'), automatic('10.212.0.0/23'), bare(), ...networks(1));
  // Behind the engine's back: one is gone.
  await ask('n1', `docker network rm ${scenario.id}-labels`);
  refreshed = await scenario.refresh();
});

afterAll(() => scenario.close());

test('creates, with what was asked for', async () => {
  expect(created.error).toBeUndefined();
  const { Options } = JSON.parse(await ask('n1', `docker network inspect -f '{{json .}}' ${scenario.id}-options`)) as {
    Options: unknown;
  };
  expect(Options).toEqual({ macvlan_mode: 'bridge' });
});

test('an unnamed one gets its resource name and seven random digits', async () => {
  expect((await scenario.stateOf('automatic')).inputs?.name).toMatch(/^automatic-[0-9a-f]{7}$/);
});

test('the inputs in the state say which of them are defaults', async () => {
  const { inputs } = await scenario.stateOf('automatic');
  expect(inputs).toMatchObject({ __defaults: ['ipamDriver', 'name'], driver: 'macvlan', ipamDriver: 'default' });
});

test('the outputs in the state are all there is to say, read from the engine', async () => {
  const { id, outputs } = await scenario.stateOf('automatic');
  expect(outputs).toMatchObject({
    __meta: '{"schema_version":"1"}',
    id,
    attachable: false,
    driver: 'macvlan',
    ingress: false,
    internal: false,
    ipamConfigs: [{ auxAddress: { spare: '10.212.0.9' }, gateway: '10.212.0.1', ipRange: '', subnet: '10.212.0.0/24' }],
    ipamDriver: 'default',
    ipamOptions: {},
    ipv6: false,
    labels: [],
    options: {},
    scope: 'local',
  });
  expect(id).toBe(await ask('n1', `docker network inspect -f '{{.Id}}' ${String(outputs?.name)}`));
});

test('what the engine chose by itself is no difference', async () => {
  expect((await scenario.stateOf('bare')).outputs?.ipamConfigs).toEqual([
    expect.objectContaining({ subnet: expect.stringMatching(/^\d+\./) as string }),
  ]);
  expect(new Set(again.steps.map(({ op }) => op))).toEqual(new Set(['same']));
});

test.each(Object.keys(inputs))('another %s replaces', (input) => {
  const { diffs } = stepOf(changes, input, 'replace');
  expect(diffs).toEqual([input]);
});

test.each(Object.keys(inputs))('one with a name of its own (%s changed) is deleted before it is made anew', (input) => {
  expect(opsOf(changes, input)).toBe('delete-replaced replace create-replacement');
});

test('one with an automatic name is made anew before the old one is deleted', () => {
  expect(opsOf(changes, 'automatic')).toBe('create-replacement replace delete-replaced');
});

test('refresh drops the one that is gone, and sees no other change', async () => {
  expect(refreshed.ok).toBe(true);
  expect(opsOf(refreshed, 'labels')).toBe('delete');
  expect(await scenario.isInState('labels')).toBe(false);
  expect(refreshed.changes).toEqual({ delete: 1, same: expect.any(Number) as number });
});

describe('import', () => {
  test('by ID adopts it', async () => {
    const name = `${scenario.id}-foreign`;
    const id = await ask('n1', `docker network create --driver macvlan --subnet 10.213.0.0/24 ${name}`);
    const args = { name, driver: 'macvlan', ipamConfigs: [{ subnet: '10.213.0.0/24' }] };
    const imported = await scenario.up(dockerOn('n1'), {
      kind: 'network',
      name: 'foreign',
      on: 'n1',
      args,
      existing: id,
    });
    expect(imported.error).toBeUndefined();
    expect(opsOf(imported, 'foreign')).toBe('import');
    expect((await scenario.stateOf('foreign')).id).toBe(id);
  });

  test('of one that is not there fails', async () => {
    const missing: Declared = {
      kind: 'network',
      name: 'missing',
      on: 'n1',
      args: { driver: 'macvlan' },
      existing: 'absent',
    };
    const imported = await scenario.preview(dockerOn('n1'), missing);
    expect(imported.ok).toBe(false);
    expect(imported.errorsOf.missing).toContain("resource 'absent' does not exist");
  });
});
