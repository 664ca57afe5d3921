import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { answering, answeringHost } from '../../lab/reach';
import { factsInOrder, sh } from '../e2e/facts';
import { type HostConfig, hostConfigs } from '../e2e/stack';
import { typesChecked } from './example';
import { type HostEvents, hostEvents } from '../e2e/hostEvents';
import { runAgain, runAndKill } from './killedRun';
import { seeded } from '../seeded';
import { forgetProjects, Project, succeeds } from './project';

/**
 * SIGKILL to program, CLI, plugins and ssh at seeded moments of `up`, update, replacement and `destroy`. After each kill the same command is
 * run again, after `pulumi cancel` where the lock stays, and may be killed again; in the end it has to come to the declared state, or
 * to the host as it was found. Also by `npm run soak -- --kills N --seed S`.
 */

const host = process.env.VLAN_TRUNK_KILLED_HOST ?? 'n14';
const wantedKills = Number(process.env.VLAN_TRUNK_KILLS ?? 24);
const seed = Number(process.env.VLAN_TRUNK_SEED ?? 802_1);

const [config] = hostConfigs(host) as [HostConfig];
// Another text than the lab's own key by its last line, so that no other test has it in the cache.
const privateKey = `${readFileSync(config.privateKeyFile, 'utf8').trim()}\n\n\n`;
const keyName = createHash('sha256').update(privateKey).digest('hex').slice(0, 32);
const keys = join(userInfo().homedir, '.cache', 'vlan-trunk', 'keys');
const keysLeft = () => (existsSync(keys) ? readdirSync(keys).filter((file) => file.startsWith(keyName)) : []);

/** The states of the layout in the order in which they come, and the addresses of the second container in each. */
const stages = ['first', 'updated', 'replaced', 'gone'] as const;
type Stage = (typeof stages)[number];
const targets: Record<Stage, string[]> = {
  first: ['10.24.1.72', '10.24.2.72'],
  updated: ['10.24.1.72', '10.24.2.72'],
  replaced: ['10.24.3.72', '10.24.4.72'],
  gone: [],
};

/** What a complete run to a stage took: the bounds of the moments of its kills. */
interface Course {
  milliseconds: number;
  events: number;
}

const { random, upTo } = seeded(seed);

const courses = new Map<Stage, Course>();
const facts = new Map<Stage, string>();
const figures = { kills: 0, runs: 0, lost: [] as string[], atStage: { first: 0, updated: 0, replaced: 0, gone: 0 } };
let project: Project;
let events: HostEvents;
let holdsKeyText = false;

beforeAll(async () => {
  facts.set('gone', await factsInOrder(host));
  const program = readFileSync(join(__dirname, 'programs/kills.ts'), 'utf8');
  const made = Project.of({
    'Pulumi.yaml': 'name: killed\nruntime: nodejs\n',
    'package.json': '{ "main": "index.ts" }',
    'tsconfig.json': readFileSync(join(__dirname, '../../examples/macvlan-trunk/tsconfig.json'), 'utf8'),
    'index.ts': program,
  });
  project = (await made.configure()).with(typesChecked);
  events = await hostEvents(host);
});
afterAll(async () => {
  events.end();
  await forgetProjects();
  const { kills, runs, lost, atStage } = figures;
  console.log(
    `seed ${seed}: ${kills} kills (${JSON.stringify(atStage)}), ${runs} commands run again to the end, ${lost.length} lost`,
  );
});

/** The words of the command that leads to a stage. */
function wordsOf(stage: Stage): string[] {
  const { name, address, hostKey, privateKeyFile } = config;
  const how = holdsKeyText ? { privateKey } : { privateKeyFile };
  if (stage !== 'gone') {
    project.reconfigure({ 'killed:host': { name, address, hostKey, ...how }, 'killed:variant': stage });
    return ['up', '--yes', '--skip-preview'];
  }
  return ['destroy', '--yes', '--skip-preview', ...(holdsKeyText ? ['--run-program'] : [])];
}

/** Runs to the end and asserts that it has led to the stage. */
async function complete(stage: Stage): Promise<void> {
  const [since, before] = [Date.now(), events.count()];
  await runAgain(project, wordsOf(stage));
  courses.set(stage, { milliseconds: Date.now() - since, events: events.count() - before });
  figures.runs++;
  await expectStage(stage);
}

async function expectStage(stage: Stage): Promise<void> {
  const now = await factsInOrder(host);
  if (!facts.has(stage)) facts.set(stage, now);
  expect(now).toBe(facts.get(stage));
  const to = targets[stage];
  if (to.length === 0) return;
  expect(await answering({ host, container: 'killed1', address: '' }, to)).toEqual(new Set(to));
  expect(await answeringHost(host, to.slice(0, 1))).toEqual(new Set(to.slice(0, 1)));
  await succeeds(project.preview('--expect-no-changes'));
}

/** Kills the command as often as the seed wants, each time at another moment: half of them right at something that happens on the host. */
async function killOnTheWay(stage: Stage, history: string[]): Promise<void> {
  const course = courses.get(stage) ?? { milliseconds: 10_000, events: 10 };
  for (let left = 1 + upTo(4); left > 0; left--) {
    const moment =
      random() < 0.5 && course.events > 0
        ? { events: 1 + upTo(course.events), milliseconds: upTo(200) }
        : { events: 0, milliseconds: upTo(course.milliseconds) };
    history.push(`${stage} killed at ${JSON.stringify(moment)}`);
    if (!(await runAndKill(project, wordsOf(stage), moment, events))) return;
    figures.kills++;
    figures.atStage[stage]++;
  }
}

/** One life of the layout; now and then it is destroyed in the middle of its making. */
async function live(history: string[]): Promise<void> {
  holdsKeyText = random() < 0.25;
  const last = random() < 0.3 ? 1 + upTo(3) : stages.length;
  for (const stage of stages.slice(0, last)) {
    await killOnTheWay(stage, history);
    if (last === stages.length || stage !== stages[last - 1]) await complete(stage);
  }
  if (last < stages.length) {
    await killOnTheWay('gone', history);
    await complete('gone');
  }
  expect(keysLeft()).toEqual([]);
}

/** Makes the host what it was, so that a life that was lost does not spoil the next ones. */
async function startOver(): Promise<void> {
  holdsKeyText = false;
  await runAgain(project, wordsOf('gone')).catch(() => undefined);
  await sh(
    host,
    `docker ps -aq --filter name=killed | xargs -r docker rm -f
     docker network ls -q --filter name=kills- | xargs -r docker network rm
     for link in kills-shim eth0.251 eth0.252; do ip link del $link 2>/dev/null; done
     rm -rf /var/lib/vlan-trunk /var/run/vlan-trunk`,
  );
  await runAgain(project, wordsOf('gone'));
}

test('without a kill, each stage is reached', async () => {
  for (const stage of stages) await complete(stage);
});

const bound = Math.max(1_800_000, wantedKills * 60_000);
const what = `after each of ${wantedKills} kills, the same command ends in what is declared, or in the host as it was`;

test(
  what,
  async () => {
    while (figures.kills < wantedKills && figures.lost.length < 10) {
      const history: string[] = [];
      try {
        await live(history);
      } catch (error) {
        figures.lost.push([...history, error instanceof Error ? error.message : String(error)].join('\n'));
        console.error(figures.lost.at(-1));
        await startOver();
      }
    }
    expect(figures.lost).toEqual([]);
  },
  bound,
);
