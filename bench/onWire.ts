import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../lab/engine/engine';
import { currentLab } from '../lab/lab';
import { note, step } from '../lab/progress';
import { installPackage } from '../test/cli/installation';
import { Agent } from './agent';
import { ansible } from './ansible';
import { type Competitor, type Operation, operations, type Workplace } from './competitor';
import { installPython } from './hostPython';
import { putGateways } from './gateway';
import { type Layout, layoutOf } from './layout';
import { type LinkScale, linkScale } from './linkScale';
import { Measured } from './measured';
import { measure } from './meter';
import type { Options } from './option';
import { hostsOverlap } from './overlap';
import { ipBatchSeconds } from './plainBatch';
import { obvious, ours, withoutOurComponents } from './pulumiPrograms';
import { PulumiProject } from './pulumiProject';
import { script } from './script';
import type { SessionCounts } from './session';
import { type Size, type SizeName, sizes } from './size';
import { dialStdioSessions, logSessions, nameCommands, nameNoCommands } from './sshLog';
import { verify } from './verify';

/** All that a run of the bench found out. */
export interface Findings {
  measured: Measured;
  sessions: SessionCounts;
  overlaps: Partial<Record<SizeName, number[]>>;
  /** Of `ip -batch` on the host alone, with the VLANs of the size that has no networks. */
  batchSeconds: number[];
  /** The host script alone, with more and more links. */
  linkScale: LinkScale[];
}

export interface Tools {
  engine: Engine;
  ansible: string;
}

interface Contender {
  competitor: Competitor;
  workplace: Workplace;
}

/** The bench on the lab's wire, where the hosts are in reach. */
export class BenchOnWire {
  private readonly scratch = mkdtempSync(join(tmpdir(), 'vlan-trunk-bench-'));
  private readonly agents: Agent[];
  private readonly findings: Findings = {
    measured: new Measured(),
    sessions: {},
    overlaps: {},
    batchSeconds: [],
    linkScale: [],
  };
  private readonly competitors: Competitor[];

  constructor(
    private readonly options: Options,
    private readonly tools: Tools,
  ) {
    const lab = currentLab();
    // Before the shells are opened, because it may fail.
    installPackage(this.scratch);
    this.agents = lab.hosts.map((host) => new Agent(lab, host));
    const modules = join(this.scratch, 'node_modules');
    const all = [ours(tools.engine, modules), script, obvious(tools.engine, modules), ansible(tools.ansible)];
    this.competitors = all.filter(({ name }) => options.competitors?.includes(name) ?? true);
  }

  async run(): Promise<Findings> {
    try {
      const lab = currentLab();
      if (this.competitors.some(({ name }) => name === 'ansible')) {
        await step('Python on the hosts', () => Promise.all(lab.hosts.map((host) => installPython(host.name))));
      }
      await Promise.all(this.agents.map(logSessions));
      for (const name of this.options.sizes) await this.runSize(name, sizes[name]);
      if (this.options.links && this.agents[0]) this.findings.linkScale = await linkScale(this.agents[0]);
      return this.findings;
    } finally {
      for (const agent of this.agents) agent.end();
      rmSync(this.scratch, { recursive: true, force: true });
    }
  }

  private async runSize(name: SizeName, size: Size): Promise<void> {
    note(`${name}: ${size.title}`);
    const layout = layoutOf(size, currentLab());
    const folder = join(this.scratch, name);
    mkdirSync(folder);
    const contenders = await Promise.all(
      this.competitorsAt(size).map(async (competitor) => ({
        competitor,
        workplace: await competitor.prepare(layout, join(folder, competitor.name)),
      })),
    );
    const agents = this.agents.slice(0, size.hosts);
    const takeGateways = await putGateways(layout);
    try {
      await this.runAll(name, size, layout, contenders, agents, folder);
    } finally {
      await takeGateways();
    }
  }

  private async runAll(
    name: SizeName,
    size: Size,
    layout: Layout,
    contenders: Contender[],
    agents: Agent[],
    folder: string,
  ): Promise<void> {
    const bare = size.alone ? undefined : await this.rehearse(name, size, contenders, agents, folder);
    for (let run = 0; run < (size.alone ? 1 : this.options.runs); run++) {
      // Another one begins each time.
      const turn = contenders
        .map((_, at) => contenders[(at + run) % contenders.length])
        .filter((one) => one !== undefined);
      for (const contender of turn) {
        if (run > 0 && contender.competitor.onceAt === name) continue;
        await this.round(name, size, contender, agents, run, bare);
      }
      if (!size.networks && this.agents[0])
        this.findings.batchSeconds.push(await ipBatchSeconds(this.agents[0], layout.hosts[0]?.vlans ?? []));
    }
  }

  private competitorsAt({ alone }: Size): Competitor[] {
    return this.competitors.filter(({ name }) => !alone || name === 'ours');
  }

  /**
   * Once without measuring: so that first-time costs count for no competitor, and to see the commands of the sessions. At the larger sizes this
   * package alone, which is where the number of sessions is asked for.
   */
  private async rehearse(
    name: SizeName,
    size: Size,
    contenders: Contender[],
    agents: Agent[],
    folder: string,
  ): Promise<PulumiProject | undefined> {
    let bare: PulumiProject | undefined;
    await Promise.all(agents.map(nameCommands));
    for (const { competitor, workplace } of contenders) {
      const isOurs = competitor.name === 'ours';
      if (name !== 'small' && !isOurs) continue;
      for (const operation of operations) {
        await Promise.all(agents.map(dialStdioSessions));
        const cost = await step(`${name}, rehearsal: ${competitor.name} ${operation}`, () =>
          measure(workplace.command(operation), agents),
        );
        const docker = await Promise.all(agents.map(dialStdioSessions));
        note(`sessions ${cost.hosts.map(({ sessions }) => sessions).join(', ')}; of docker ${docker.join(', ')}`);
        await this.expectLayout(operation, size, agents);
        if (!isOurs) continue;
        if (size.containers) {
          const own = cost.hosts.map(({ sessions }, at) => sessions - (docker[at] ?? 0));
          this.findings.sessions[operation] = { own: Math.max(...own), docker: Math.max(...docker) };
        }
        if (operation === 'up' && workplace instanceof PulumiProject) {
          bare = await withoutOurComponents(workplace, join(folder, 'base'), this.tools.engine);
        }
      }
    }
    await Promise.all(agents.map(nameNoCommands));
    return bare;
  }

  /** Up, no-op and destroy by one of them. */
  private async round(
    name: SizeName,
    size: Size,
    { competitor, workplace }: Contender,
    agents: Agent[],
    run: number,
    bare: PulumiProject | undefined,
  ): Promise<void> {
    const one = async (who: string, operation: Operation, of: Workplace) => {
      const label = `${name}, run ${run + 1} of ${this.options.runs}: ${who} ${operation}`;
      const cost = await step(label, () => measure(of.command(operation), agents));
      const hosts = cost.hosts.map(({ cpu }) => cpu.toFixed(1)).join(', ');
      note(`${cost.seconds.toFixed(2)} s, controller ${cost.controllerCpu.toFixed(1)} s, hosts ${hosts} s`);
      this.findings.measured.add({ size: name, competitor: who, operation }, cost);
      await this.expectLayout(operation, size, agents);
    };
    await one(competitor.name, 'up', workplace);
    if (competitor.name === 'ours' && size.hosts > 1) {
      (this.findings.overlaps[name] ??= []).push(await hostsOverlap(agents));
    }
    await one(competitor.name, 'noop', workplace);
    // Beside it, in the same state of the hosts.
    if (competitor.name === 'ours' && bare) await one('base', 'noop', bare);
    await one(competitor.name, 'destroy', workplace);
  }

  private async expectLayout(operation: Operation, size: Size, agents: Agent[]): Promise<void> {
    const count = (isThere = true) => (isThere && operation !== 'destroy' ? size.vlans : 0);
    const wanted = { links: count(), networks: count(size.networks), containers: count(size.containers) };
    for (const agent of agents) await verify(agent, wanted);
  }
}
