import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { ask, dockerOn, opsOf, Scenario, stepOf } from './scenario';

/** `docker:index/container:Container`, and how it hangs on a network. */

let scenario: Scenario;
let created: OperationResult;
let again: OperationResult;
let imports: OperationResult;
let refreshed: OperationResult;
let updated: OperationResult;
let replaced: OperationResult;
const started: Record<string, string> = {};

interface Turn {
  /** Length of the network's prefix. */
  prefix: number;
  memory: number;
  /** Twice the memory is Docker's default. */
  memorySwap: number;
  command: string[];
}

const first: Turn = { prefix: 28, memory: 32, memorySwap: 64, command: ['sleep', '1000'] };

const second: Partial<Turn> = { prefix: 27, memory: 48, command: ['sleep', '2000'] };

const declared = ({ prefix, memory, memorySwap, command }: Turn): Declared[] => [
  dockerOn('n6'),
  {
    kind: 'network',
    name: 'net',
    on: 'n6',
    args: { name: `${scenario.id}-net`, driver: 'macvlan', ipamConfigs: [{ subnet: scenario.subnet(0, prefix) }] },
  },
  {
    kind: 'container',
    name: 'hanging',
    on: 'n6',
    args: {
      image: 'busybox:latest',
      command: ['sleep', '1000'],
      networksAdvanced: [
        { name: { from: 'net', take: 'name' }, ipv4Address: scenario.address(0, 7), macAddress: '02:11:22:33:44:55' },
      ],
    },
  },
  {
    kind: 'container',
    name: 'plain',
    on: 'n6',
    args: {
      name: `${scenario.id}-plain`,
      image: 'busybox:latest',
      command,
      networkMode: 'none',
      memory,
      memorySwap,
      restart: 'always',
    },
  },
  {
    kind: 'container',
    name: 'swapless',
    on: 'n6',
    args: { image: 'busybox:latest', command, networkMode: 'none', memory: 32, start: false, mustRun: false },
  },
  { kind: 'image', name: 'image', on: 'n6', args: { name: 'busybox:latest', keepLocally: true } },
];

const inspect = (name: string, template: string) => ask('n6', `docker inspect -f '${template}' ${name}`);
const nameOf = async (name: string) => String((await scenario.stateOf(name)).outputs?.name);

beforeAll(async () => {
  scenario = await Scenario.open();
  created = await scenario.up(...declared(first));
  started.hanging = await inspect(await nameOf('hanging'), '{{.State.StartedAt}}');
  started.plain = await inspect(await nameOf('plain'), '{{.State.StartedAt}}');
  again = await scenario.up(...declared(first));
  refreshed = await scenario.refresh();
  updated = await scenario.up(...declared({ ...first, memory: 48 }));
});

afterAll(() => scenario.close());

test('creates', () => {
  expect(created.error).toBeUndefined();
});

test('is on the asked network alone, with the asked address', async () => {
  const { outputs } = await scenario.stateOf('hanging');
  expect(outputs?.networkDatas).toEqual([
    {
      gateway: expect.any(String) as string,
      globalIpv6Address: '',
      globalIpv6PrefixLength: 0,
      ipAddress: scenario.address(0, 7),
      ipPrefixLength: 28,
      ipv6Gateway: '',
      macAddress: expect.any(String) as string,
      networkName: `${scenario.id}-net`,
    },
  ]);
});

test('a MAC address asked for on a network is ignored without a word', async () => {
  const mac = await inspect(await nameOf('hanging'), '{{range .NetworkSettings.Networks}}{{.MacAddress}}{{end}}');
  expect(mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
  expect(mac).not.toBe('02:11:22:33:44:55');
  expect(created.diagnostics).toEqual([]);
});

test('the inputs in the state mark which of them are defaults', async () => {
  const { inputs } = await scenario.stateOf('plain');
  expect(inputs).toMatchObject({
    __defaults: ['containerReadRefreshTimeoutMilliseconds', 'mustRun', 'removeVolumes', 'start', 'waitTimeout'],
    containerReadRefreshTimeoutMilliseconds: 15_000,
    mustRun: true,
    removeVolumes: true,
    start: true,
    waitTimeout: 60,
  });
});

test('the outputs in the state hold the values of the engine, after an update what was asked for', async () => {
  const { id, outputs } = await scenario.stateOf('plain');
  expect(outputs).toMatchObject({
    id,
    bridge: '',
    command: ['sleep', '1000'],
    containerLogs: null,
    entrypoints: [],
    envs: [],
    exitCode: null,
    hostname: id?.slice(0, 12),
    init: false,
    ipcMode: 'private',
    labels: [],
    logDriver: 'json-file',
    memory: 48,
    memorySwap: 64,
    networkMode: 'none',
    networksAdvanced: [],
    restart: 'always',
    runtime: 'runc',
    shmSize: 64,
    tty: false,
  });
});

const quietly = ['n6', 'net', 'hanging', 'plain', 'image'];

test('a second up changes nothing and restarts nothing', async () => {
  expect(quietly.map((name) => opsOf(again, name))).toEqual(quietly.map(() => 'same'));
  expect(await inspect(await nameOf('hanging'), '{{.State.StartedAt}}')).toBe(started.hanging);
});

test('refresh sees no change', () => {
  expect(refreshed.error).toBeUndefined();
  expect(quietly.map((name) => opsOf(refreshed, name))).toEqual(quietly.map(() => 'same'));
});

test('memory without memorySwap differs at the next run: Docker fills the swap in', () => {
  expect(stepOf(again, 'swapless')).toMatchObject({ op: 'update', diffs: ['memorySwap'] });
});

test('memory changes in place', async () => {
  expect(opsOf(updated, 'plain')).toBe('update');
  expect(stepOf(updated, 'plain').diffs).toEqual(['memory']);
  expect(await inspect(await nameOf('plain'), '{{.HostConfig.Memory}}')).toBe(String(48 * 1024 * 1024));
  expect(await inspect(await nameOf('plain'), '{{.State.StartedAt}}')).toBe(started.plain);
});

describe('a replaced network and another command', () => {
  beforeAll(async () => {
    replaced = await scenario.up(...declared({ ...first, ...second }));
  });

  test('succeed', () => {
    expect(replaced.error).toBeUndefined();
  });

  test('a container is deleted before its replacement is made, whether it has a name of its own or not', () => {
    expect(opsOf(replaced, 'swapless')).toBe('delete-replaced replace create-replacement');
    expect(opsOf(replaced, 'plain')).toBe('delete-replaced replace create-replacement');
  });

  test('a container that takes the name of a replaced network is replaced with it', () => {
    expect(opsOf(replaced, 'net')).toBe('delete-replaced replace create-replacement');
    expect(opsOf(replaced, 'hanging')).toBe('delete-replaced replace create-replacement');
    const gone = stepOf(replaced, 'hanging', 'delete-replaced').ended ?? Infinity;
    expect(gone).toBeLessThan(stepOf(replaced, 'net', 'delete-replaced').began);
  });
});

describe('a container that is there already', () => {
  let name: string;

  beforeAll(async () => {
    name = `${scenario.id}-foreign`;
    const id = await ask('n6', `docker run -d --network none --name ${name} busybox sleep 1000`);
    const args = { name, image: 'busybox', command: ['sleep', '1000'], networkMode: 'none' };
    const foreign: Declared = { kind: 'container', name: 'byName', on: 'n6', args, existing: name };
    imports = await scenario.preview(
      ...declared({ ...first, ...second }),
      { ...foreign, name: 'byId', existing: id },
      { ...foreign, after: ['byId'] },
    );
    await ask('n6', `docker rm -f ${name}`);
  });

  test('is not found by its name on import', () => {
    expect(imports.errorsOf.byName).toContain(`resource '${name}' does not exist`);
  });

  test('is found by its full ID, and then replaced: its environment was not read', () => {
    expect(imports.errorsOf.byId).toBeUndefined();
    expect(opsOf(imports, 'byId')).toBe('import delete-replaced replace create-replacement');
    expect(stepOf(imports, 'byId', 'replace').detailedDiff).toMatchObject({ envs: 'add-replace' });
  });
});
