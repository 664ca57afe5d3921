import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { dockerOn, opsOf, Scenario } from './scenario';

/** How the docker provider reaches its host: by the local `ssh`, at the first use and not before. */

let scenario: Scenario;
let previewed: OperationResult;
let failed: OperationResult;

// A port of this machine's end of the wire without a listener: refused at once.
const nowhere = (): Declared => dockerOn('n5', '10.88.0.1:1');
const net = (name: string, args: Record<string, unknown>): Declared => ({ kind: 'network', name, on: 'n5', args });

beforeAll(async () => {
  scenario = await Scenario.open();
  previewed = await scenario.preview(nowhere(), net('net', { driver: 'macvlan' }));
  failed = await scenario.up(nowhere(), net('net', { driver: 'macvlan' }));
});

afterAll(() => scenario.close());

test('a host out of reach does not matter to the preview of a new network', () => {
  expect(previewed.error).toBeUndefined();
  expect(opsOf(previewed, 'net')).toBe('create');
});

test('the first use of it fails, and names the host', () => {
  expect(failed.ok).toBe(false);
  expect(failed.errorsOf.net).toContain(
    'failed to create Docker client: Error pinging Docker server, please make sure that ssh://root@10.88.0.1:1 is reachable',
  );
});

test('the error of ssh is passed on', () => {
  expect(failed.errorsOf.net).toContain('Connection refused');
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
