import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { currentLab, labDown, labUp, onHost, waitUntil } from '../../lab/lab';
import { hostProcesses } from '../../lab/hostFolder';
import { kill } from '../../lab/process';
import { labFolder, labProcesses } from '../../lab/state';
import { machineTraces, processesNaming } from './traces';

process.env.VLAN_TRUNK_LAB = 'test-crash';

const options = { hosts: 1, memory: '512M' };
const tsx = join(__dirname, '../../node_modules/.bin/tsx');
let before: Record<string, unknown>;

/** Starts a lab as a user does, and kills that command as soon as `when` is true. */
async function upKilledWhen(when: () => boolean): Promise<void> {
  const words = [join(__dirname, '../../lab/cli.ts'), 'up', '--hosts', '1', '--memory', '512M'];
  const child = spawn(tsx, words, { stdio: 'ignore', detached: true, env: process.env });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await waitUntil('the lab to get that far', when);
  // tsx runs the program in a child of its own: the group is what a closed terminal would take.
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
}

const holders = () => labProcesses(labFolder());
const hosts = () => hostProcesses(labFolder());

beforeAll(async () => {
  await labDown();
  before = machineTraces();
});

afterEach(async () => {
  await labDown();
  expect(processesNaming(labFolder())).toEqual([]);
  expect(machineTraces()).toEqual(before);
});

test('a holder killed while its hosts boot takes them with it, and the next up starts afresh', async () => {
  await upKilledWhen(() => hosts().length > 0 && existsSync(join(labFolder(), 'state.json')));
  kill(currentLab().holder, 'SIGKILL');
  await waitUntil('the hosts to go with their holder', () => [...holders(), ...hosts()].length === 0);
  expect(() => currentLab()).toThrow('no lab is up');
  expect(existsSync(labFolder())).toBe(true);
  await labUp(options);
  expect(await onHost('n1', 'hostname')).toMatchObject({ code: 0, stdout: 'n1\n' });
});

test('a holder killed while its hosts boot: down clears what is left', async () => {
  await upKilledWhen(() => hosts().length > 0);
  for (const holder of holders()) kill(holder, 'SIGKILL');
  expect(await labDown()).toBe(true);
  expect(existsSync(labFolder())).toBe(false);
});

test('an up killed while the hosts boot: the next one waits for the same lab', async () => {
  await upKilledWhen(() => hosts().length > 0 && existsSync(join(labFolder(), 'state.json')));
  const first = holders();
  expect(first).toHaveLength(2);
  await labUp(options);
  expect(holders()).toEqual(first);
  expect(await onHost('n1', 'hostname')).toMatchObject({ code: 0 });
});

test('a lab whose state was never written, or lost, is found and ended', async () => {
  await upKilledWhen(() => holders().length > 0);
  rmSync(join(labFolder(), 'state.json'), { force: true });
  expect(holders().length).toBeGreaterThan(0);
  expect(await labDown()).toBe(true);
  expect(holders()).toEqual([]);
});
