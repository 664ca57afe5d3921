import * as pulumi from '@pulumi/pulumi';
import { renderShimSpec } from '../host/trunkSpec';
import { Problems } from '../plan/argument/problem';
import { shimLinks } from '../plan/layout/declaredLink';
import { shimAddresses } from '../plan/layout/hostAddress';
import type { ShimRoutes } from '../plan/layout/unroutedContainer';
import { vlanIdOfName } from '../plan/link/interfaceName';
import type { NetworkPlan } from '../plan/network/network';
import { readShim, type ShimPlan } from '../plan/shim/shim';
import { defaultShimName } from '../plan/shim/shimName';
import { ArgumentCheck, type Reading } from './argumentCheck';
import { AttachableNetwork } from './attachableNetwork';
import { isArgsObject, requireArgs } from './componentArgs';
import type { Host } from './host';
import { inTurn, outcomeOf } from './jointCommand';
import { applyCommand, linkOwner, removalCommand } from './linkCommand';
import { standingOn } from './linkIdentity';
import { refusal } from './refusal';
import { requirePlain } from './requirement';
import type { ShimArgs } from './shimArgs';
import { isVlan, type Vlan } from './vlan';

/** Arguments of {@link HostShim}. */
export interface HostShimArgs extends ShimArgs {
  /**
   * A network with a parent interface, not private or passthru; in mode vepa the switch port must reflect (802.1Qbg), as between any
   * two on it. Each of the addresses must be a gateway or an auxiliary address there.
   */
  network: AttachableNetwork;
}

/**
 * A shim: an extra macvlan or ipvlan link on the host, on the network's parent interface, through which the host talks to the network's
 * containers; without it no host reaches its own containers (Docker documentation of both drivers). Wrong arguments are refused at preview.
 */
export class HostShim extends pulumi.ComponentResource {
  /** Name of the link on the host. */
  readonly interfaceName: string;
  /** The host's addresses in the network. */
  readonly addresses: pulumi.Output<string[]>;
  /** @internal The host that it is on. */
  readonly host: Host;

  constructor(name: string, args: HostShimArgs, opts?: pulumi.ComponentResourceOptions) {
    const { declaration, networkName } = requireNetwork(name, requireArgs('HostShim', name, args).network);
    const { host } = declaration;
    const { parentInterface } = declaration.args;
    const { addresses, routes, interfaceName } = args;
    const own = { addresses, routes, interfaceName };
    const setLinks = host.layout.addLinks();
    const setRoutes = host.layout.addShimRoutes();
    const owner = linkOwner('shim', name);
    const render = (plan: ShimPlan) =>
      renderShimSpec(owner, plan, {
        isParentDeclared: isMadeByProgram(parentInterface),
        routing: isVlan(parentInterface) ? parentInterface.routing : undefined,
        ...host.handling,
      });
    const specNow = () => check.known && render(check.known);
    const check: ArgumentCheck<ShimPlan> = new ArgumentCheck<ShimPlan>(
      { kind: 'HostShim', name, parent: opts?.parent },
      { ...own, network: declaration.isRead },
      (values) => {
        const { plan: network } = declaration.declared;
        // Once the arguments have resolved: the containers that the program declared until then, in most programs all of them.
        const spec = { ...(values as typeof own), network, fixedAddresses: host.layout.fixedAddresses(network) };
        setLinks(shimLinks(name, spec), shimAddresses(name, network.parentInterface, spec.addresses));
        const reading = read(spec, interfaceName, declaration.isWrong);
        setRoutes(spec.routes === undefined && reading.plan ? [defaultRoutes(name, network, reading.plan())] : []);
        return reading;
      },
      () => host.preflight.probeLinks(specNow()),
    );
    const hooks = check.hooks([host.check]);
    const shown = check.inputs({ ...own, network: networkName });
    super('vlan-trunk:index:HostShim', name, shown, host.keeping(pulumi.mergeOptions(opts, { hooks })));

    this.host = host;
    const { driver, mode, flag } = declaration.declared.plan;
    const parent = declaration.declared.plan.parentInterface ?? '';
    this.interfaceName = interfaceName ?? defaultShimName(parent);
    const { dockerNetwork } = declaration;
    const joint = host.joint(true);
    const spec = inTurn(check.plan.apply(render), [this, dockerNetwork], joint);
    const scriptHooks = host.scriptHooks(check, specNow, joint);
    const removal = removalCommand(
      name,
      host,
      owner,
      // Two links cannot have one name, and not one address. With the network, because the shim goes before the parent that they share.
      [this.interfaceName, parent, standingOn(dockerNetwork, [driver, mode, flag].join(' ').trim())],
      { parent: this, hooks: scriptHooks.removal },
    );
    const link = applyCommand(`${name}-link`, host, removal, spec, host.drifts.links(check, specNow), {
      parent: this,
      hooks: scriptHooks.links,
      // After it, because Docker makes a parent that is missing.
      dependsOn: [dockerNetwork],
    });
    void outcomeOf(link, joint);
    this.addresses = pulumi.output(addresses);
    this.registerOutputs({ interfaceName: this.interfaceName, addresses: this.addresses });
  }
}

/** Declares the shim of a network that was given together with it. */
export function declareShim(name: string, shim: ShimArgs | undefined, network: AttachableNetwork): void {
  // The network refuses any other value.
  if (isArgsObject(shim)) new HostShim(`${name}-shim`, { ...shim, network }, { parent: network });
}

function requireNetwork(name: string, network: unknown): AttachableNetwork {
  if (network instanceof AttachableNetwork) return network;
  const problems = new Problems();
  problems.at('network').add('must be a MacvlanNetwork or an IpvlanNetwork', network);
  throw refusal('HostShim', name, problems.list);
}

/** A wrong network reports its own problems, and a shim is not checked against a part of it. */
function read(spec: unknown, interfaceName: unknown, isNetworkWrong: boolean): Reading<ShimPlan> {
  const problems = new Problems();
  const plan = readShim(problems, spec);
  requirePlain(problems.at('interfaceName'), interfaceName);
  if (isNetworkWrong) return { problems: [] };
  return { problems: problems.list, ...(plan && { plan: () => plan }) };
}

function defaultRoutes(name: string, network: NetworkPlan, { addresses, routes }: ShimPlan): ShimRoutes {
  return { path: `shims.${name}`, network, addresses, destinations: routes.map(({ destination }) => destination) };
}

/** By this program, or by Docker for it: a VLAN's link that is missing at preview will be there in time. */
function isMadeByProgram(parentInterface: Vlan | string | undefined): boolean {
  return typeof parentInterface === 'object' || vlanIdOfName(parentInterface ?? '') !== undefined;
}
