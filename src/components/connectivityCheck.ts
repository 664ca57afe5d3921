import * as pulumi from '@pulumi/pulumi';
import { Problems } from '../plan/argument/problem';
import { optional, readInteger, readList, readString } from '../plan/argument/reader';
import { type ProbePlan, readProbe, type ReachProtocol } from '../plan/reach/probe';
import { ArgumentCheck } from './argumentCheck';
import { isArgsObject, requireArgs, requirePlainObject, requirePlainList } from './componentArgs';
import type { Host } from './host';
import { whenResolved } from './knownNow';
import {
  checkSource,
  checkTarget,
  hostOfEnd,
  isEndComponent,
  type ReachEnd,
  type ReachSource,
  type ReachTarget,
  resolveEnd,
} from './reachEnd';
import { requireWays, type Way } from './way';

/** One probe, or one for each pair of a group of sources and a group of targets. */
export interface ConnectivityProbeArgs {
  /** A container of the program, or a host itself. */
  from: ReachSource | ReachSource[];
  /**
   * A container: by each of its addresses in a subnet of the source, or by all of them where there is none. A host: by its address. A shim, or an IP
   * address as text, such as a gateway's.
   */
  to: ReachTarget | ReachTarget[];
  /** False: must not be reached. Default: true. */
  reachable?: pulumi.Input<boolean>;
  /**
   * `icmp`: a ping (RFC 792, RFC 4443). `tcp`: a connection to `port`. `udp`: datagrams to `port`, which are answered, or which the kernel of a
   * container or host of the program hands to a socket there. Default: `icmp`.
   */
  protocol?: pulumi.Input<ReachProtocol>;
  /** Port, 1 to 65535; with protocols `tcp` and `udp`, and required there. */
  port?: pulumi.Input<number>;
  /** Bytes of an IP packet that must pass in one piece (RFC 1191), 68 to 65535; with protocol `icmp`. Default: any size will do. */
  packetSize?: pulumi.Input<number>;
}

/** Arguments of {@link ConnectivityCheck}. */
export interface ConnectivityCheckArgs {
  /** Who must reach whom, and who must not; at least one. */
  probes: ConnectivityProbeArgs[];
  /** Values whose change makes the next `up` check again. Default: none. */
  triggers?: pulumi.Input<pulumi.Input<string>[]>;
  /** Seconds within which what must be reached has to answer, 1 to 20. Default: 15. */
  timeout?: number;
}

/**
 * Sends packets once all that it names is there, and fails the `up` if one is lost, or comes through that must not: with the pair, where the packet is
 * lost, and the likely cause. Checks again if an argument changes, or something that it names was made anew. The packets leave from the containers' own
 * network namespaces with the host's tools: ping, nsenter, and bash for TCP and UDP; root is needed there, or `sudo`.
 */
export class ConnectivityCheck extends pulumi.ComponentResource {
  constructor(name: string, args: ConnectivityCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    const { probes: given, triggers, timeout } = requireArgs('ConnectivityCheck', name, args);
    const groups = groupsOf(given);
    const hosts = hostsOf(groups);
    const probes = groups.map(asked);
    const check: ArgumentCheck<ProbePlan[]> = new ArgumentCheck<ProbePlan[]>(
      { kind: 'ConnectivityCheck', name, parent: opts?.parent },
      { probes, triggers, timeout },
      (values) => {
        const problems = new Problems();
        optional(timeout, (seconds) => readInteger(problems.at('timeout'), seconds, 1, 20));
        const read = values as { probes: AskedProbe[]; triggers: unknown };
        checkProbes(problems.at('probes'), given, groups, read.probes);
        optional(read.triggers, (list) => readTriggers(problems.at('triggers'), list));
        const plans = read.probes.map((one, index) => readProbe(problems.at('probes').at(index), one));
        return { problems: problems.list, plan: () => plans.flatMap((plan) => plan ?? []) };
      },
    );
    const members = hosts.map((host) => host.check);
    const shown = check.inputs({ probes, timeout });
    super(
      'vlan-trunk:index:ConnectivityCheck',
      name,
      shown,
      pulumi.mergeOptions(opts, { hooks: check.hooks(members) }),
    );

    const send = check.hooks(members, {
      role: 'packets',
      run: async ({ newInputs = {} }) => {
        if (pulumi.runtime.isDryRun()) return;
        const { values } = await whenResolved(newInputs.input);
        await requireWays((values as { ways: Way[] }).ways, hosts, timeout ?? 15);
      },
    });
    // Made anew in the state whenever one of its inputs changes: before that its hook sends the packets.
    new pulumi.Stash(
      `${name}-passed`,
      { input: { ways: waysOf(check.plan, groups), triggers } },
      {
        parent: this,
        hooks: send,
        dependsOn: groups.flatMap(({ from, to }) => [...from, ...to].filter(isEndComponent)),
      },
    );
    this.registerOutputs({});
  }
}

/** A probe as given, with its ends as lists. */
interface Group {
  readonly args: ConnectivityProbeArgs;
  readonly from: ReachSource[];
  readonly to: ReachTarget[];
}

function groupsOf(given: unknown): Group[] {
  const items: unknown[] = Array.isArray(given) ? given : [];
  return items.map((item) => {
    const args = (isArgsObject(item) ? item : {}) as ConnectivityProbeArgs;
    return { args, from: [args.from].flat(), to: [args.to].flat() };
  });
}

/** The values of a probe that the check waits for: its targets too, where they are no components. */
type AskedProbe = Record<string, unknown> & { to: unknown[] };

const asked = ({ args: { reachable, protocol, port, packetSize }, to }: Group) => ({
  ...{ reachable, protocol, port, packetSize },
  to: to.map((target) => (isEndComponent(target) ? undefined : target)),
});

function checkProbes(problems: Problems, given: unknown, groups: readonly Group[], read: readonly AskedProbe[]): void {
  requirePlainList(problems, given);
  if (!Array.isArray(given)) {
    problems.add('must be a list', given);
    return;
  }
  if (given.length === 0) problems.addMessage('must have one probe at least');
  groups.forEach(({ args: { from, to }, ...ends }, index) => {
    const at = problems.at(index);
    requirePlainObject(at, (given as unknown[])[index]);
    const place = (step: 'from' | 'to', value: unknown, one: number) =>
      Array.isArray(value) ? at.at(step).at(one) : at.at(step);
    ends.from.forEach((end, one) => checkSource(place('from', from, one), end));
    ends.to.forEach((end, one) => checkTarget(place('to', to, one), isEndComponent(end) ? end : read[index]?.to[one]));
  });
}

function readTriggers(problems: Problems, value: unknown): void {
  readList(problems, value)?.forEach((one, index) => readString(problems.at(index), one));
}

function hostsOf(groups: readonly Group[]): Host[] {
  const all = groups.flatMap(({ from, to }) => [...from, ...to].flatMap((end) => hostOfEnd(end) ?? []));
  return [...new Set(all)];
}

/** Each pair of each group, but for one with itself. */
function waysOf(plans: pulumi.Output<ProbePlan[]>, groups: readonly Group[]): pulumi.Output<Way[]> {
  const pairs = groups.map(({ from, to }, index) => {
    const ends = from.flatMap((source) =>
      to.filter((one) => one !== source).map((target) => [source, target] as const),
    );
    return ends.map(([source, target]) =>
      pulumi
        .all([plans, resolveEnd(source), resolveEnd(target)])
        .apply(([known, near, far]): Way[] => wayOf(known[index], near, far)),
    );
  });
  return pulumi.all(pairs.flat()).apply((ways) => ways.flat());
}

const wayOf = (plan: ProbePlan | undefined, from: ReachEnd, to: ReachEnd): Way[] =>
  plan === undefined ? [] : [{ ...plan, from, to }];
