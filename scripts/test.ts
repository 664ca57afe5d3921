import { debianPrograms } from '../lab/debianProgram';
import { run, runInOnePiece } from '../lab/command';
import { nftablesPackages } from '../test/awk/nftablesPackages';
import { runOnLab } from './onLab';
import { everyday } from './suite';
import { Tally, tool } from './tally';

/**
 * `npm test`: from formatting to packets on the lab. Goes on after a failure, so that one run tells all, and ends with one line that counts what really
 * ran. What takes too long for every day is `npm run soak`.
 */

// A lab of its own, so that one left up by `npm run demo -- --keep` is not disturbed.
process.env.VLAN_TRUNK_LAB ??= 'test';

const tally = new Tally();
/** On two cores jest itself takes one. */
const wide = ['--maxWorkers', '100%'];

/** Leaves out the packets past rules of nftables, where this machine's kernel has none for a user: the end says that they did not run. */
async function withoutNftables(): Promise<string[]> {
  const start = await debianPrograms('forky', nftablesPackages);
  const words = ['unshare', '--map-root-user', '--net', ...start('usr/sbin/nft'), 'add', 'table', 'inet', 'probe'];
  const { code, stderr } = await run(words);
  if (code === 0) return [];
  tally.leaveOut(`awk/nftables (${stderr.trim()})`);
  return ['--testPathIgnorePatterns', 'awk/nftables[.]test'];
}

/** It takes one processor for longer than the other checks take another. */
const eslint = () => tally.check('eslint', [tool('eslint'), '.'], runInOnePiece);
async function otherChecks(): Promise<void> {
  await tally.check('prettier', [tool('prettier'), '--check', '--log-level', 'warn', '.'], runInOnePiece);
  await tally.check('tsc', [tool('tsc'), '--noEmit'], runInOnePiece);
}

async function testsWithoutLab(): Promise<void> {
  const nftables = await withoutNftables();
  await Promise.all([
    tally.jest('unit and component', runInOnePiece, '--selectProjects', 'unit', 'component', ...wide),
    // It mostly waits, for packets that must not come.
    tally.jest('awk', runInOnePiece, '--selectProjects', 'awk', '--runInBand', ...nftables),
  ]);
}

async function main(): Promise<void> {
  // First, because the examples are checked against what was built.
  await tally.check('build', [tool('tsx'), 'scripts/build.ts']);
  await Promise.all([eslint(), otherChecks().then(testsWithoutLab)]);
  // These build once more, where nothing else reads what was built.
  await tally.check('publint', [tool('publint')]);
  await tally.check('attw', [tool('attw'), '--pack', '.', '--format', 'ascii']);
  await Promise.all([
    // CI has 90, and not every machine is fast.
    runOnLab(tally, everyday, 45),
    // It boots labs of its own, and mostly waits for them.
    tally.jest('lab', runInOnePiece, '--selectProjects', 'lab', '--runInBand'),
  ]);
}

main()
  .catch((error: unknown) => {
    console.error(error);
    tally.count('the run itself', 0, 1);
  })
  .finally(() => tally.end());
