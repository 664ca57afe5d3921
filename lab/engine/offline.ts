import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, contentKey } from '../cache';
import { must } from '../command';
import { ensureGo } from '../go';

const providers = join(__dirname, '..', 'providers');

/** The folder that holds the offline providers' executables, built anew whenever their sources change. */
export async function buildOfflineProviders(): Promise<string> {
  const names = (await readdir(providers, { recursive: true }))
    .filter((name) => /(\.go|go\.mod|go\.sum)$/.test(name) && !name.endsWith('_test.go'))
    .sort();
  const contents = await Promise.all(names.map((name) => readFile(join(providers, name))));
  const key = contentKey('providers', ...names.flatMap((name, index) => [name, contents[index] ?? '']));
  return buildOnce(key, 'building the offline providers', 2, async (target) => {
    const { program, env } = await ensureGo();
    await must([program, '-C', providers, 'build', '-ldflags', '-s -w', '-o', `${target}/`, './cmd/...'], { env });
  });
}
