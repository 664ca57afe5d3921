import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { ask, dockerOn, Scenario, stepOf } from './scenario';

/** A network with a container that the program does not manage. */

let scenario: Scenario;
let refused: OperationResult;
let seconds: number;

const net = (scenario: Scenario): Declared => ({
  kind: 'network',
  name: 'net',
  on: 'n6',
  args: { name: `${scenario.id}-net`, driver: 'macvlan', ipamConfigs: [{ subnet: scenario.subnet(0) }] },
});

beforeAll(async () => {
  scenario = await Scenario.open();
  const created = await scenario.up(dockerOn('n6'), net(scenario));
  expect(created.error).toBeUndefined();
  await ask('n6', `docker run -d --name ${scenario.id}-guest --network ${scenario.id}-net busybox sleep 1000`);
  refused = await scenario.destroy();
  seconds = refused.seconds;
});

afterAll(async () => {
  await ask('n6', `docker rm -f ${scenario.id}-guest`);
  await scenario.close();
});

test('is not deleted', async () => {
  expect(refused.ok).toBe(false);
  expect(stepOf(refused, 'net')).toMatchObject({ op: 'delete', failed: true });
  expect(await scenario.isInState('net')).toBe(true);
  expect(await ask('n6', `docker network ls -q -f name=${scenario.id}-net`)).not.toBe('');
});

test('is waited for, half a minute and not for ever', () => {
  expect(seconds).toBeGreaterThan(29);
  expect(seconds).toBeLessThan(120);
});

test('the error names what it waited for, and not the container', () => {
  expect(refused.errorsOf.net).toContain(
    "timeout while waiting for state to become 'removed' (last state: 'pending', timeout: 30s)",
  );
});

test('goes at once when the container has gone', async () => {
  await ask('n6', `docker rm -f ${scenario.id}-guest`);
  const destroyed = await scenario.destroy();
  expect(destroyed.error).toBeUndefined();
  expect(await ask('n6', `docker network ls -q -f name=${scenario.id}-net`)).toBe('');
});
