import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { labDown, labUp, runInside } from '../lab/lab';
import { runAttached } from '../lab/command';

/**
 * `npm run soak -- --kills N --seed S`: the suites of kills with other numbers, on a lab of its own; the host script is killed before each of its changes, and
 * the host loses its power, its cable, its Docker, its disk in the middle of a run.
 */

process.env.VLAN_TRUNK_LAB ??= 'soak';

const tool = (name: string) => join('node_modules', '.bin', name);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
  const { kills = '500', seed = String(Date.now() % 1_000_000) } = values;
  if (!/^[1-9]\d*$/.test(kills) || !/^\d+$/.test(seed)) throw new Error('--kills and --seed take whole numbers');
  const built = await runAttached([tool('tsx'), 'scripts/build.ts']);
  if (built !== 0) return built;
  await labUp({ hosts: 1 });
  try {
    const how = {
      VLAN_TRUNK_KILLS: kills,
      VLAN_TRUNK_LIVES: '1000',
      VLAN_TRUNK_SEED: seed,
      VLAN_TRUNK_KILLED_HOST: 'n1',
    };
    const suites = [
      '--selectProjects',
      'script',
      'cli',
      'e2e',
      '--testPathPatterns',
      '(script/killed|cli/kills|e2e/disturbed)[.]test',
    ];
    return await runInside([tool('jest'), ...suites, '--runInBand'], { ...process.env, ...how });
  } finally {
    await labDown();
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
