import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOnce, cacheFolder, contentKey } from '../../lab/cache';
import { waitUntil } from '../../lab/wait';

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'vlan-trunk-cache-'));
  process.env.XDG_CACHE_HOME = cache;
});

afterEach(() => rmSync(cache, { recursive: true }));

const builds = () => readdirSync(join(cacheFolder(), 'build'));

test('different contents have different keys, even if only the borders between them differ', () => {
  expect(contentKey('a', 'xy', 'z')).not.toBe(contentKey('a', 'x', 'yz'));
  expect(contentKey('a', 'xy')).toBe(contentKey('a', 'xy'));
});

test('what was built once is not built again', async () => {
  const build = jest.fn((folder: string) => {
    writeFileSync(join(folder, 'it'), 'built');
    return Promise.resolve();
  });
  const first = await buildOnce('k-1', 'a test build', 0, build);
  const second = await buildOnce('k-1', 'a test build', 0, build);
  expect(readFileSync(join(second, 'it'), 'utf8')).toBe('built');
  expect(second).toBe(first);
  expect(build).toHaveBeenCalledTimes(1);
});

test('of two that want the same at the same time one builds', async () => {
  // Built only once the other one has reported that it waits.
  const reported = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const waits = () => reported.mock.calls.some(([text]) => String(text).includes('waiting for another process'));
  const build = jest.fn(() => waitUntil('the other one to wait', waits));
  await Promise.all([buildOnce('k-2', 'a test build', 0, build), buildOnce('k-2', 'a test build', 0, build)]);
  reported.mockRestore();
  expect(build).toHaveBeenCalledTimes(1);
  expect(builds()).toEqual(['k-2']);
});

test('a build that fails leaves nothing', async () => {
  const build = (folder: string) => {
    writeFileSync(join(folder, 'half'), '');
    return Promise.reject(new Error('no'));
  };
  await expect(buildOnce('k-3', 'a test build', 0, build)).rejects.toThrow('no');
  expect(builds()).toEqual([]);
});

test('a build whose process was killed leaves no half one, and the next one clears it away', async () => {
  const program = `
    import { buildOnce } from ${JSON.stringify(join(__dirname, '../../lab/cache'))};
    void buildOnce('k-4', 'a test build', 0, async () => { console.log('building'); await new Promise(() => setInterval(() => 0, 1000)); });
  `;
  const file = join(cache, 'program.ts');
  writeFileSync(file, program);
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: process.env,
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
  expect(builds()).toEqual([expect.stringMatching(/^k-4\.building\./)]);
  expect(existsSync(join(cacheFolder(), 'build', 'k-4'))).toBe(false);
  await buildOnce('k-4', 'a test build', 0, () => Promise.resolve());
  expect(builds()).toEqual(['k-4']);
});
