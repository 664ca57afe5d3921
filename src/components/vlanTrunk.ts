import * as pulumi from '@pulumi/pulumi';
import { type GroupRouting, renderTrunkSpec } from '../host/trunkSpec';
import { type Problem, Problems } from '../plan/argument/problem';
import { show } from '../plan/argument/show';
import { trunkLinks } from '../plan/layout/declaredLink';
import { trunkAddresses } from '../plan/layout/hostAddress';
import { checkTrunkParent } from '../plan/layout/parentInterface';
import { unknown } from '../plan/argument/known';
import { vlanIdOfName } from '../plan/link/interfaceName';
import { readTrunk, type TrunkPlan, type VlanPlan, type VlanProtocol } from '../plan/link/trunk';
import { ArgumentCheck } from './argumentCheck';
import { requireArgs, requirePlainList } from './componentArgs';
import type { Host } from './host';
import { knownNow } from './knownNow';
import { inTurn, outcomeOf } from './jointCommand';
import { applyCommand, linkOwner, removalCommand, sweepCommand } from './linkCommand';
import { linkIdentity, standingOn } from './linkIdentity';
import { withParent } from './parentCheck';
import { requirePhysicalNetwork } from './physicalNetworkArgs';
import { requireHost, requirePlain } from './requirement';
import type { VlanArgs, VlanTrunkArgs } from './trunkArgs';
import { isVlan, type Vlan } from './vlan';

/**
 * A parent interface of a host and all VLANs on it, made and changed in one ssh session. A link that was there before is
 * used and never removed; one that contradicts is refused. One that Docker made anew at boot in place of ours is ours. Wrong arguments
 * are refused at preview.
 */
export class VlanTrunk extends pulumi.ComponentResource {
  private readonly byId = new Map<number, Vlan[]>();
  private readonly check: ArgumentCheck<TrunkPlan>;
  private readonly isOuterRefused: boolean;
  private readonly refused: Omit<Vlan, 'vlanId'>;

  constructor(name: string, args: VlanTrunkArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = trunkInputs(requireArgs('VlanTrunk', name, args));
    const kind = args.isSingle ? 'VlanInterface' : 'VlanTrunk';
    const host = requireHost(kind, name, args.host);
    const outer = isVlan(args.parentInterface) ? args.parentInterface : undefined;
    const isOuterRefused = outer?.isRefused === true;
    const setLinks = host.layout.addLinks();
    const owner = linkOwner('trunk', name);
    const routingOf = ({ routing: rule }: TrunkPlan): GroupRouting | undefined =>
      rule && { rule, group: args.isSingle && rule === 'between' ? linkOwner('vlans', host.layout.name) : owner };
    const render = (plan: TrunkPlan) =>
      renderTrunkSpec(owner, plan, {
        isParentDeclared: outer !== undefined,
        routing: routingOf(plan),
        ...host.handling,
      });
    const specNow = () => check.known && render(check.known);
    const check: ArgumentCheck<TrunkPlan> = new ArgumentCheck<TrunkPlan>(
      { kind, name, parent: opts?.parent },
      // The other trunk has reported why its VLAN is refused, so its name counts as unknown here.
      isOuterRefused ? { ...declared, parentInterface: unknown } : declared,
      (values) => {
        setLinks(trunkLinks(name, values), trunkAddresses(name, values));
        const problems = new Problems();
        const plan = readTrunk(problems, values);
        requireSameHost(problems.at('parentInterface'), outer, host);
        requirePlainTree(problems, args);
        requirePhysicalNetwork(
          problems.at('physicalNetwork'),
          args,
          outer !== undefined && 'that of the outer VLAN holds',
        );
        return { problems: args.isSingle ? problems.list.map(withoutList) : problems.list, plan: () => plan };
      },
      async () => {
        const answer = await host.preflight.probeLinks(specNow());
        const report = await host.preflight.report();
        return report && withParent(answer, checkTrunkParent(shape, report.parents));
      },
    );
    const shape = readTrunk(new Problems(), knownNow(declared));
    const hooks = check.hooks([host.check]);
    super(
      'vlan-trunk:index:VlanTrunk',
      name,
      check.inputs(declared),
      host.keeping(pulumi.mergeOptions(opts, { hooks })),
    );

    host.layout.isOnPhysicalNetwork('trunks', name, declared.parentInterface, args.physicalNetwork);
    this.check = check;
    this.isOuterRefused = isOuterRefused;
    host.layout.makes(
      shape.vlans.map(({ interfaceName }) => interfaceName),
      `VlanTrunk ${name}`,
    );
    const common = {
      host,
      parentInterface: shape.parentInterface,
      routing: routingOf(shape),
      isNested: outer !== undefined,
    };
    const none = { protocol: '802.1Q' as const, interfaceName: '', dependencies: [] };
    this.refused = { ...common, ...none, isRefused: true };
    const joint = host.joint();
    const scriptHooks = host.scriptHooks(check, specNow, joint);
    const removal = removalCommand(name, host, owner, standingOnOuter(outer), {
      parent: this,
      hooks: scriptHooks.removal,
      // Inner links go before outer ones, and come after them.
      ...(outer !== undefined && { dependsOn: outer.dependencies }),
    });
    const identities = vlanIdentities(name, host, shape, removal, this);
    const spec = inTurn(check.plan.apply(render), [this], joint);
    // What is on a link that becomes another one is taken away before.
    const ordered = { parent: this, hooks: scriptHooks.links, dependsOn: identities };
    const revision = host.drifts.links(check, specNow);
    const links = applyCommand(`${name}-links`, host, removal, spec, revision, ordered);
    const names = shape.vlans.map(({ interfaceName }) => interfaceName);
    const sweep = sweepCommand(`${name}-sweep`, host, owner, removal, revision, names, outcomeOf(links, joint), {
      parent: this,
      hooks: scriptHooks.sweep,
    });
    for (const [index, vlan] of shape.vlans.entries()) {
      const identity = identities[index] ?? removal;
      const handle = {
        ...pick(vlan),
        ...common,
        isRefused: false,
        dependencies: [links, sweep, identity],
        identity,
        removal,
      };
      this.byId.set(vlan.vlanId, [...(this.byId.get(vlan.vlanId) ?? []), handle]);
    }
    this.registerOutputs({ interfaceNames: shape.vlans.map((vlan) => vlan.interfaceName) });
  }

  /** True if its own problems say why a VLAN cannot be used: a second error would hide them. */
  private get hasProblems(): boolean {
    return this.check.isWrong || this.isOuterRefused;
  }

  /** The handle that a network takes as its `parentInterface`. Throws when the trunk has no such VLAN. */
  vlan(vlanId: number): Vlan {
    const [found, another] = this.byId.get(vlanId) ?? [];
    if (found === undefined) {
      if (this.hasProblems) return { ...this.refused, vlanId };
      const ids = [...this.byId.keys()].join(', ');
      throw new pulumi.RunError(
        `${this.check.subject} has no VLAN ${show(vlanId)}, it has ${ids === '' ? 'none' : ids}`,
      );
    }
    if (another !== undefined && !this.hasProblems) {
      throw new pulumi.RunError(
        `VLAN ${vlanId} is on this trunk as 802.1Q and as 802.1ad: give them trunks of their own`,
      );
    }
    return found;
  }
}

/** The list is ours there, not the user's. */
function withoutList({ path, message }: Problem): Problem {
  return { path: path.replace(/^vlans\[0\]\.?/, ''), message };
}

/** What decides which links there are, and what they are called. */
function requirePlainTree(problems: Problems, { parentInterface, vlans, routing }: VlanTrunkArgs): void {
  const list = problems.at('vlans');
  requirePlain(problems.at('parentInterface'), parentInterface);
  requirePlain(problems.at('routing'), routing);
  requirePlainList(list, vlans);
  if (!Array.isArray(vlans)) return;
  vlans.forEach((vlan: Partial<VlanArgs> | undefined, index) => {
    for (const key of ['vlanId', 'interfaceName', 'protocol'] as const)
      requirePlain(list.at(index).at(key), vlan?.[key]);
  });
}

/** What the checks and the plan read, without the host, with the name of the outer VLAN in place of its handle. */
function trunkInputs({ parentInterface: parent, vlans, routing, physicalNetwork }: VlanTrunkArgs) {
  return { parentInterface: isVlan(parent) ? parent.interfaceName : parent, vlans, routing, physicalNetwork };
}

function requireSameHost(problems: Problems, outer: Vlan | undefined, host: Host): void {
  if (outer !== undefined && outer.host !== host)
    problems.addMessage(`VLAN ${outer.vlanId} is on another host than the trunk`);
}

/** Where the outer VLAN becomes another link, all that is on it goes before, and is made anew. */
function standingOnOuter(outer: Vlan | undefined): pulumi.Output<string>[] {
  return outer?.identity === undefined ? [] : [standingOn(outer.identity, outer.interfaceName)];
}

function pick({ vlanId, protocol, interfaceName }: VlanPlan): Pick<Vlan, 'vlanId' | 'protocol' | 'interfaceName'> {
  return { vlanId, protocol, interfaceName };
}

/**
 * One resource for each VLAN, in the order of the plan. It is named after the VLAN's ID. A name that does not hold the ID has a resource of
 * its own, so that what is on a link of that name is replaced, too, where another ID gets it.
 */
function vlanIdentities(
  trunk: string,
  host: Host,
  { parentInterface, vlans }: TrunkPlan,
  removal: pulumi.Resource,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const names = new Map(
    vlans
      .filter(({ interfaceName }) => vlanIdOfName(interfaceName) === undefined)
      .map(({ interfaceName: link, vlanId, protocol }) => [
        link,
        linkIdentity(`${trunk}-${link}`, [`${vlanId}`, protocol], host.keeping({ parent })),
      ]),
  );
  const has = (id: number, tag: VlanProtocol) => vlans.some((one) => one.vlanId === id && one.protocol === tag);
  return vlans.map(({ vlanId, interfaceName, protocol }) => {
    const other = protocol === '802.1Q' ? '802.1ad' : '802.1Q';
    const values = [parentInterface, interfaceName, protocol];
    const name = names.get(interfaceName);
    return linkIdentity(
      identityName(trunk, vlanId, protocol),
      standingOn([removal, ...(name === undefined ? [] : [name])], values),
      host.keeping({
        parent,
        // All of them, because each link that is in the way of one of the new ones has to be free.
        dependsOn: [...names.values()],
        aliases: has(vlanId, other) ? [] : [{ name: identityName(trunk, vlanId, other) }],
      }),
    );
  });
}

function identityName(trunk: string, vlanId: number, protocol: VlanProtocol): string {
  return `${trunk}.${vlanId}${protocol === '802.1Q' ? '' : `/${protocol}`}`;
}
