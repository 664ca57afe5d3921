import { parseArgs } from 'node:util';
import { fetchHostPackages } from '../lab/hostPackage';
import { managerPackages } from '../test/e2e/managerPackages';
import { runOnLab } from './onLab';
import { everyday, longer, type Suite } from './suite';
import { Tally, tool } from './tally';

/**
 * `npm run soak -- [--only TITLE,…] [--kills N] [--seed S]`: what takes too long for `npm test`, on a lab of its own: every Engine, every network manager,
 * hundreds of kills and cuts. Without names it runs what `npm test` leaves out; by name each of both.
 */

process.env.VLAN_TRUNK_LAB ??= 'soak';

function chosen(only: string | undefined): Suite[] {
  const all = [...longer, ...everyday];
  if (only === undefined) return longer;
  return only.split(',').map((wanted) => {
    const suite = all.find(({ title }) => title === wanted);
    if (suite === undefined)
      throw new Error(`--only: no suite "${wanted}"; there are ${all.map(({ title }) => title).join(', ')}`);
    return suite;
  });
}

const whole = (option: string, value: string): string => {
  if (/^\d{1,9}$/.test(value)) return value;
  throw new Error(`--${option}: must be a whole number, got "${value}"`);
};

async function main(tally: Tally): Promise<void> {
  const options = { only: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const kills = whole('kills', values.kills ?? '500');
  const seed = whole('seed', values.seed ?? String(Date.now() % 1_000_000));
  const suites = chosen(values.only);
  console.log(`seed ${seed}, ${kills} kills`);
  const env = {
    VLAN_TRUNK_SEED: seed,
    VLAN_TRUNK_KILLS: kills,
    VLAN_TRUNK_LIVES: kills,
    VLAN_TRUNK_CUTS: '20',
    VLAN_TRUNK_SOAK: 'yes',
  };
  await tally.check('build', [tool('tsx'), 'scripts/build.ts']);
  // Now, since the lab's wire does not reach Debian's mirror.
  await fetchHostPackages(managerPackages).catch((error: unknown) =>
    tally.leaveOut(`network managers: ${String(error)}`),
  );
  await runOnLab(
    tally,
    suites.map((suite) => ({ ...suite, env })),
  );
}

const tally = new Tally();
main(tally)
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    tally.count('the run itself', 0, 1);
  })
  .finally(() => tally.end());
