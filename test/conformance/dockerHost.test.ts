import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { dockerOn, opsOf, Scenario } from './scenario';

/** How the docker provider reaches its host: by the local `ssh`, at the first use and not before. */

let scenario: Scenario;
let previewed: OperationResult;
let failed: OperationResult;

/**
 * At this machine's end of the wire: it hangs up on each caller, but not at once. The docker command's code passes the error of an
 * ssh on that ends while it reads from it; of one that ended before the first request was written it says "broken pipe".
 */
const hangsUp: Server = createServer((socket) => {
  socket.on('error', () => undefined);
  setTimeout(() => socket.destroy(), 2000);
});
const wireAddress = '10.88.0.1';
const at = () => `${wireAddress}:${(hangsUp.address() as AddressInfo).port}`;
const nowhere = (): Declared => dockerOn('n5', at());
const net = (name: string, args: Record<string, unknown>): Declared => ({ kind: 'network', name, on: 'n5', args });

beforeAll(async () => {
  hangsUp.listen(0, wireAddress);
  await once(hangsUp, 'listening');
  scenario = await Scenario.open();
  previewed = await scenario.preview(nowhere(), net('net', { driver: 'macvlan' }));
  failed = await scenario.up(nowhere(), net('net', { driver: 'macvlan' }));
});

afterAll(async () => {
  hangsUp.close();
  await scenario.close();
});

test('a host out of reach does not matter to the preview of a new network', () => {
  expect(previewed.error).toBeUndefined();
  expect(opsOf(previewed, 'net')).toBe('create');
});

test('the first use of it fails, and names the host', () => {
  expect(failed.ok).toBe(false);
  expect(failed.errorsOf.net).toContain(
    `failed to create Docker client: Error pinging Docker server, please make sure that ssh://root@${at()} is reachable`,
  );
});

test('the error of ssh is passed on', () => {
  expect(failed.errorsOf.net).toContain('Connection closed by remote host');
});

test('what the offline provider cannot do is refused by name', async () => {
  const offline = scenario.engine.plugins.some(
    ({ name, origin }) => name === 'docker' && origin === 'offline provider',
  );
  const args = { image: 'busybox:latest', uploads: [{ file: '/x', content: 'x' }] };
  const result = await scenario.preview(nowhere(), { kind: 'container', name: 'uploading', on: 'n5', args });
  expect(result.ok).toBe(!offline);
  if (offline) expect(result.errorsOf.uploading).toContain('does not implement uploads');
});
