import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run, runAttached } from '../lab/command';
import { debianPrograms } from '../lab/debianProgram';
import { ensureEngine } from '../lab/engine/engine';
import { fetchHostPackages } from '../lab/hostPackage';
import { currentLab, labDown, labUp } from '../lab/lab';
import { inside } from '../lab/namespace';
import { nftablesPackages } from '../test/awk/nftablesPackages';
import { managerPackages } from '../test/e2e/managerPackages';
import { Turns } from './turns';

/**
 * `npm test`: everything, from formatting to packets on the lab. Goes on after a failure, so that one run tells all, and ends with
 * one line that counts what really ran: each check as one, and each test.
 */

// A lab of its own, so that one left up by `npm run demo -- --keep` is not disturbed.
process.env.VLAN_TRUNK_LAB ??= 'test';
// Each takes a minute. More: `npm run soak`.
process.env.VLAN_TRUNK_KILLS ??= '6';

const tool = (name: string) => join('node_modules', '.bin', name);
const scratch = mkdtempSync(join(tmpdir(), 'vlan-trunk-test-'));
const since = Date.now();
const total = { passed: 0, failed: 0 };
const failures: string[] = [];
const leftOut: string[] = [];
/** How long each file with tests took: where a run that has become too long begins to be made shorter. */
const files: { name: string; seconds: number }[] = [];

interface JestSummary {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { name: string; startTime: number; endTime: number }[];
}

function head(title: string): void {
  console.log(`\n=== ${title} (after ${Math.round((Date.now() - since) / 1000)} s)`);
}

function count(title: string, passed: number, failed: number): void {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(title);
}

/** One check that is right or wrong as a whole. */
async function check(title: string, argv: string[]): Promise<void> {
  head(title);
  const code = await runAttached(argv);
  count(title, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
}

/** Jest on some files of a project; a test that was skipped, or a file that could not be run, is a failure. */
async function jest(title: string, execute: (argv: string[]) => Promise<number>, ...args: string[]): Promise<void> {
  head(title);
  const file = join(scratch, `${title.replaceAll(' ', '-')}.json`);
  const code = await execute([tool('jest'), ...args, '--json', '--outputFile', file]);
  let failed = 0;
  let passed = 0;
  try {
    const summary = JSON.parse(readFileSync(file, 'utf8')) as JestSummary;
    passed = summary.numPassedTests;
    for (const { name, startTime, endTime } of summary.testResults)
      files.push({ name: relative(process.cwd(), name), seconds: Math.round((endTime - startTime) / 1000) });
    failed =
      summary.numFailedTests + summary.numPendingTests + summary.numTodoTests + summary.numRuntimeErrorTestSuites;
  } catch (error) {
    console.error(`${title} left no summary: ${String(error)}`);
  }
  // Nothing run, or an exit code that the counts do not explain, is a failure too.
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  count(title, passed, failed);
}

/** On the lab's wire, what it says printed in one piece, since several run at a time. */
async function onWire(argv: string[]): Promise<number> {
  const { code, stdout, stderr } = await run(inside(currentLab(), argv));
  // Jest reports on stderr; stdout has the summary that `--json` also writes to the file.
  if (code !== 0) console.log(stdout.replace(/^\{"num.*$/m, ''));
  console.log(stderr);
  return code;
}

/** End-to-end tests by their files' names: those of two hosts, and those that run on several Engines. */
const onTwoHosts = 'e2e/(connectivity|macvlanTrunk|macvlanModes|macvlanVsIpvlan|dualStack|moved)[.]test';
const onEngines = 'e2e/(attachment|drivers|foreignNetwork|leftover|mixed|networks|parent|routing)[.]test';
/** Links that change while they are used, and VLANs of VLANs. */
const changing = 'e2e/(linkLife|qinq|reboot)[.]test';
/** What a host keeps, and what becomes of it. */
const kept = 'e2e/(cost|drift|hostScript)[.]test';
const managers = 'e2e/manage(d|rs)[.]test';
/** Runs that are killed, and what becomes of networks and containers that others change. */
const killed = '(cli/kills|script/killed)[.]test';
const dockerDrift = 'e2e/driftDocker[.]test';
/** Programs, keys and login shells: what needs a host and no other machine. */
const onOneHost = 'e2e/(adoption|dockerDial|gate|keyText|layout|loginShell|passThrough|qosMap|unknown)[.]test';
/** Hosts that do not answer, or that a change cuts off. */
const cutOff = '(script/arm|e2e/(away|cutOff))[.]test';
const cutOffTogether = 'e2e/cutOffTogether[.]test';
const isolation = 'e2e/isolation[.]test';
/** A quarter of an hour for what happens to a host in the middle of a run: `npm run soak`. */
const soaked = 'e2e/disturbed[.]test';
/** The host script on real links, by the one host that each file uses; the others use both. */
const onN5 = 'script/(oddHome|qosMap|reboot|remade|shim|used)[.]test';
const onN6 = 'script/(fault|hostileHost|hostileStack|manager|persist|subnet)[.]test';
/** Its tests of `persistence: 'networkd'` with addresses are red: the change is made, and could not be confirmed. */
const unsettled = 'script/networkd[.]test';
/** On the command line: the examples are on the VLANs of their end-to-end tests. */
const refused = 'cli/refused[.]test';

/**
 * Until when groups of tests are begun, in minutes. CI has 90, and not every machine is fast: what is left out then, the long ones first, is named at the end.
 * `VLAN_TRUNK_MINUTES=600 npm test` waits for all.
 */
const minutes = Number(process.env.VLAN_TRUNK_MINUTES ?? 50);

/**
 * Groups side by side, three for each processor, each on hosts of its own, since a test compares all that is on its host before and after: what needs two
 * hosts on n1 and n2; most scenarios on n3, and on n4, which has no Docker and is the router and the other machine; script and
 * providers on n5 and n6; networks on n8, on n7 with an older Engine and on n18 with a newer one, with the router on n9; what an Engine itself does on
 * n11, on n10 with the older one and on n19 with the newer one; what hosts keep, and network managers, on n12; what needs one host alone on n13; runs that
 * are killed, and Docker's drift, on n14; what cuts a host off on n15 and n16; what one routes on n17, whose kernel has netfilter; links that change on n20, with n21 as the other machine.
 */
async function onLab(): Promise<void> {
  head('lab');
  // More than that only wait for each other, until their time limits are over.
  const turns = new Turns(3 * availableParallelism());
  const begun = (title: string, until: number, args: string[]) =>
    turns.run(async () => {
      const passed = Math.round((Date.now() - since) / 60_000);
      if (passed < until) await jest(title, onWire, ...args);
      else leftOut.push(`${title} (${passed} minutes had passed)`);
    });
  const inBand = (until: number, title: string, projects: string[], ...args: string[]) =>
    begun(title, until, ['--selectProjects', ...projects, ...args, '--runInBand']);
  const some = (title: string, projects: string[], ...patterns: string[]) =>
    inBand(minutes, title, projects, '--testPathPatterns', ...patterns);
  const others = (title: string, projects: string[], ...patterns: string[]) =>
    inBand(minutes, title, projects, '--testPathIgnorePatterns', ...patterns);
  /** Only where the machine is fast enough for it. */
  const long = (title: string, pattern: string) => inBand(minutes / 2, title, ['e2e'], '--testPathPatterns', pattern);

  const scenarios = () =>
    others(
      'end to end',
      ['e2e'],
      ...[
        onTwoHosts,
        changing,
        onEngines,
        kept,
        managers,
        dockerDrift,
        onOneHost,
        cutOff,
        cutOffTogether,
        isolation,
        soaked,
      ],
    );
  const script = () => Promise.all([some('script on n6', ['script'], onN6), some('script on n5', ['script'], onN5)]);
  const providers = () =>
    others('script and providers', ['script', 'conformance'], onN5, onN6, unsettled, killed, cutOff);
  const examples = () =>
    begun('command line', minutes, [
      ...['--selectProjects', 'cli', '--testPathIgnorePatterns', killed, refused],
      ...['--maxWorkers', '2'],
    ]);
  try {
    console.log((await ensureEngine()).line);
    const hasManagers = await isFetched();
    leftOut.push(`${unsettled} (not settled)`);
    await labUp({
      hosts: 21,
      withoutDocker: ['n4', 'n9', 'n21'],
      images: { n7: 'trixie', n10: 'trixie', n17: 'trixie', n18: 'engine29', n19: 'engine29' },
    });
    // Whoever has the longest way to go begins first.
    await Promise.all([
      Promise.all([scenarios(), some('two hosts end to end', ['e2e'], onTwoHosts)]).then(examples),
      some('Engines end to end', ['e2e'], onEngines),
      script()
        .then(providers)
        .then(() => some('refused layouts', ['cli'], refused)),
      some('links that change', ['e2e'], changing),
      some('hosts cut off', ['script', 'e2e'], cutOff).then(() => long('hosts that go back together', cutOffTogether)),
      some('drift', ['e2e'], kept).then(() => (hasManagers ? long('network managers', managers) : undefined)),
      some('one host end to end', ['e2e'], onOneHost),
      some('Engine', ['engine'], 'test/engine'),
      some('killed runs', ['cli', 'script'], killed).then(() => long('drift of Docker', dockerDrift)),
      some('isolation', ['e2e'], isolation),
    ]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    count('lab', 0, 1);
  } finally {
    await labDown();
  }
}

/** Leaves out the packets past rules of nftables, where this machine's kernel has none for a user: the end says that they did not run. */
async function withoutNftables(): Promise<string[]> {
  const start = await debianPrograms('forky', nftablesPackages);
  const words = ['unshare', '--map-root-user', '--net', ...start('usr/sbin/nft'), 'add', 'table', 'inet', 'probe'];
  const { code, stderr } = await run(words);
  if (code === 0) return [];
  leftOut.push(`awk/nftables (${stderr.trim()})`);
  return ['--testPathIgnorePatterns', 'awk/nftables[.]test'];
}

/** Whether the network managers are there that two suites install on a host. Where Debian's mirror is out of reach, the end says that it did not run. */
async function isFetched(): Promise<boolean> {
  try {
    await fetchHostPackages(managerPackages);
    return true;
  } catch (error) {
    leftOut.push(`e2e/managed, e2e/managers (${error instanceof Error ? error.message : String(error)})`);
    return false;
  }
}

async function main(): Promise<void> {
  // First, because the examples are checked against what was built.
  await check('build', [tool('tsx'), 'scripts/build.ts']);
  await check('prettier', [tool('prettier'), '--check', '--log-level', 'warn', '.']);
  await check('eslint', [tool('eslint'), '.']);
  await check('tsc', [tool('tsc'), '--noEmit']);
  await check('publint', [tool('publint')]);
  await check('attw', [tool('attw'), '--pack', '.', '--format', 'ascii']);
  await jest('unit and component', runAttached, '--selectProjects', 'unit', 'component');
  await jest('host script', runAttached, '--selectProjects', 'awk', ...(await withoutNftables()));
  await onLab();
  await jest('lab', runAttached, '--selectProjects', 'lab', '--runInBand');
}

main()
  .catch((error: unknown) => {
    console.error(error);
    count('the run itself', 0, 1);
  })
  .finally(() => {
    rmSync(scratch, { recursive: true, force: true });
    if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`);
    const slowest = files.sort((a, b) => b.seconds - a.seconds).slice(0, 15);
    console.log(`\nslowest files: ${slowest.map(({ name, seconds }) => `${name} ${seconds} s`).join(', ')}`);
    if (leftOut.length > 0) console.log(`\nnot run: ${leftOut.join(', ')}`);
    head('end');
    console.log(`${total.passed} passed, ${total.failed} failed`);
    process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
  });
