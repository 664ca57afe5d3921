import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { ask, dockerOn, opsOf, Scenario, stepOf } from './scenario';

/** `docker:index/network:Network`: the state's shape, what replaces, what refresh and import do. */

let scenario: Scenario;
let created: OperationResult;
let again: OperationResult;
let changes: OperationResult;
let refreshed: OperationResult;

/** Each input, as it is first and as it is then; networks without a parent do not disturb each other. */
const inputs: Record<string, () => [unknown, unknown]> = {
  name: () => [`${scenario.id}-one`, `${scenario.id}-two`],
  labels: () => [[{ label: 'a', value: '1' }], [{ label: 'a', value: '2' }]],
  driver: () => ['bridge', 'macvlan'],
  options: () => [{ macvlan_mode: 'bridge' }, { macvlan_mode: 'private' }],
  internal: () => [false, true],
  attachable: () => [false, true],
  ingress: () => [false, true],
  ipv6: () => [false, true],
  ipamDriver: () => ['default', 'null'],
  ipamOptions: () => [{}, { key: 'value' }],
  ipamConfigs: () => [[{ subnet: scenario.subnet(10) }], [{ subnet: scenario.subnet(11) }]],
};

const network = (name: string, args: Record<string, unknown>): Declared => ({
  kind: 'network',
  name,
  on: 'n5',
  args: { driver: 'macvlan', ...args },
});

const networks = (turn: 0 | 1): Declared[] => [
  dockerOn('n5'),
  network('bare', {}),
  network('automatic', {
    ipamConfigs: [
      {
        subnet: scenario.subnet(12),
        gateway: scenario.address(12, 1 + turn),
        auxAddress: { spare: scenario.address(12, 9) },
      },
    ],
  }),
  ...Object.entries(inputs).map(([input, values], index) =>
    network(input, {
      name: `${scenario.id}-${input}`,
      ipamConfigs: [{ subnet: scenario.subnet(index) }],
      [input]: values()[turn],
    }),
  ),
];

beforeAll(async () => {
  scenario = await Scenario.open();
  created = await scenario.up(...networks(0));
  again = await scenario.preview(...networks(0));
  changes = await scenario.preview(...networks(1));
  // Behind the engine's back: one is gone.
  await ask('n5', `docker network rm ${scenario.id}-labels`);
  refreshed = await scenario.refresh();
});

afterAll(() => scenario.close());

test('creates, with what was asked for', async () => {
  expect(created.error).toBeUndefined();
  const { Options } = JSON.parse(await ask('n5', `docker network inspect -f '{{json .}}' ${scenario.id}-options`)) as {
    Options: unknown;
  };
  expect(Options).toEqual({ macvlan_mode: 'bridge' });
});

test('an unnamed one gets its resource name and seven random digits', async () => {
  expect((await scenario.stateOf('automatic')).inputs?.name).toMatch(/^automatic-[0-9a-f]{7}$/);
});

test('the inputs in the state mark which of them are defaults', async () => {
  const { inputs } = await scenario.stateOf('automatic');
  expect(inputs).toMatchObject({ __defaults: ['ipamDriver', 'name'], driver: 'macvlan', ipamDriver: 'default' });
});

test('the outputs in the state are complete, read from the engine', async () => {
  const { id, outputs } = await scenario.stateOf('automatic');
  expect(outputs).toMatchObject({
    __meta: '{"schema_version":"1"}',
    id,
    attachable: false,
    driver: 'macvlan',
    ingress: false,
    internal: false,
    ipamConfigs: [
      {
        auxAddress: { spare: scenario.address(12, 9) },
        gateway: scenario.address(12, 1),
        ipRange: '',
        subnet: scenario.subnet(12),
      },
    ],
    ipamDriver: 'default',
    ipamOptions: {},
    ipv6: false,
    labels: [],
    options: {},
    scope: 'local',
  });
  expect(id).toBe(await ask('n5', `docker network inspect -f '{{.Id}}' ${String(outputs?.name)}`));
});

test('a value that the engine chose is no difference', async () => {
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
    const subnet = scenario.subnet(13);
    const id = await ask('n5', `docker network create --driver macvlan --subnet ${subnet} ${name}`);
    const foreign = { ...network('foreign', { name, ipamConfigs: [{ subnet }] }), existing: id };
    const imported = await scenario.up(dockerOn('n5'), foreign);
    expect(imported.error).toBeUndefined();
    expect(opsOf(imported, 'foreign')).toBe('import');
    expect((await scenario.stateOf('foreign')).id).toBe(id);
  });

  test('of one that is not there fails', async () => {
    const imported = await scenario.preview(dockerOn('n5'), { ...network('missing', {}), existing: 'absent' });
    expect(imported.ok).toBe(false);
    expect(imported.errorsOf.missing).toContain("resource 'absent' does not exist");
  });
});
