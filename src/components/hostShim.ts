import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import { remoteCommand, remoteInput } from '../host/remoteScript';
import { renderShimSpec } from '../host/trunkSpec';
import { vlanIdOfName } from '../plan/link/interfaceName';
import { shimAddresses } from '../plan/layout/hostAddress';
import { checkShim, defaultShimName, planShim, type ShimPlan, type ShimSpec } from '../plan/shim/shim';
import { ArgumentCheck } from './argumentCheck';
import type { IpvlanNetwork } from './ipvlanNetwork';
import { commandInputs, linkOwner, lookAtLinks } from './linkCommand';
import type { MacvlanNetwork } from './macvlanNetwork';
import { Preflight, preflightHooks } from './preflight';
import type { Vlan } from './vlanTrunk';

/** The host's own leg into a network, beside the network itself. */
export interface ShimArgs {
  /** The host's addresses in the network's subnets, without prefix length: `192.168.14.250`. Containers reach the host by them. */
  addresses: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Which containers the host reaches: addresses, or blocks of them in CIDR form. Everything else in the subnet stays on the way it
   * has. Default: the IP range of each subnet in which the host has an address.
   */
  routes?: pulumi.Input<pulumi.Input<string>[]>;
  /** Name of the link, 1 to 15 bytes. Default: `<parentInterface>-shim`. */
  interfaceName?: string;
}

/** Arguments of {@link HostShim}. */
export interface HostShimArgs extends ShimArgs {
  /**
   * A network with a parent interface, not private or passthru; in mode vepa the switch port must reflect (802.1Qbg), as between any
   * two on it. Each of the addresses must be an auxiliary address there.
   */
  network: MacvlanNetwork | IpvlanNetwork;
}

/**
 * The host's own leg into a network, which by itself no host can reach from where its containers are: a macvlan or ipvlan link of the
 * host on the same parent interface, as Docker's documentation of both drivers explains. Throws, with all problems at once, on
 * arguments that cannot be right.
 */
export class HostShim extends pulumi.ComponentResource {
  /** Name of the link on the host. */
  readonly interfaceName: string;
  /** The host's addresses in the network. */
  readonly addresses: pulumi.Output<string[]>;
  /** The spec as far as it is known. */
  private knownSpec: string | undefined;

  constructor(name: string, args: HostShimArgs, opts?: pulumi.ComponentResourceOptions) {
    const { declaration, networkName } = args.network;
    const { host, parentInterface } = declaration.args;
    const { addresses, routes, interfaceName } = args;
    const own = { addresses, routes, interfaceName };
    const withPlan = (values: ShimSpec) => ({ ...values, network: declaration.declared.plan });
    const inputs = { ...own, network: declaration.isRead };
    const noted = host.layout.addLinks();
    const check = new ArgumentCheck<ShimSpec>('HostShim', name, inputs, (values) => {
      noted(values.addresses, shimAddresses(name, declaration.declared.vlan, values.addresses));
      return checkShim(withPlan(values));
    });
    const hooks = preflightHooks(check.gate, host.layout.gate);
    super('vlan-trunk:index:HostShim', name, { ...own, network: networkName }, pulumi.mergeOptions(opts, { hooks }));

    const { driver, mode, flag } = declaration.declared.plan;
    const parent = declaration.inputs.parentInterface ?? '';
    this.interfaceName = interfaceName ?? defaultShimName(parent);
    const plan = check.plan<ShimPlan | undefined>((values) => planShim(withPlan(values)), undefined);
    const spec = pulumi.all([host.address, plan]).apply(([address, known]) => {
      if (known === undefined) return '';
      return (this.knownSpec = renderShimSpec(
        linkOwner('shim', name, address),
        known,
        isMadeByProgram(parentInterface),
      ));
    });
    const preflight = host.preflight && new Preflight(`HostShim ${name}`, () => lookAtLinks(host, this.knownSpec));
    const shared = commandInputs(host);
    new command.remote.Command(
      `${name}-link`,
      {
        ...shared,
        create: remoteCommand('apply', host.sudo),
        delete: remoteCommand('remove', host.sudo),
        stdin: spec.apply(remoteInput),
        // A link cannot change any of these.
        triggers: [...shared.triggers, this.interfaceName, parent, [driver, mode, flag].join(' ').trim()],
      },
      {
        parent: this,
        hooks: preflightHooks(host.preflight, preflight),
        // After it, because Docker makes a parent that is missing; and with it after the VLAN's link, and before that goes.
        dependsOn: [declaration.dockerNetwork],
        // Two links cannot have one name, and not one address.
        deleteBeforeReplace: true,
      },
    );
    this.addresses = pulumi.output(addresses);
    this.registerOutputs({ interfaceName: this.interfaceName, addresses: this.addresses });
  }
}

/** By this program, or by Docker for it: a VLAN's link that is missing at preview will be there in time. */
function isMadeByProgram(parentInterface: Vlan | string | undefined): boolean {
  return typeof parentInterface === 'object' || vlanIdOfName(parentInterface ?? '') !== undefined;
}
