import * as docker from '@pulumi/docker';
import type { DockerReport } from '../host/dockerReport';
import { isKnown } from '../plan/argument/known';
import { planGivenNetwork } from '../plan/network/givenNetwork';
import { type NetworkPlan, nothingRead } from '../plan/network/network';
import type { ForeignAddress } from '../plan/layout/foreignAddress';
import type { ReadReference } from '../plan/network/networkReference';
import type { DeclaredNetwork, HostLayout } from './hostLayout';
import { NamedNetwork } from './namedNetwork';

/** The networks of one host that containers of the program are attached to and that no component of this package declares. */
export class GivenNetworks {
  private readonly made = new Map<docker.Network, MadeNetwork>();
  private readonly named = new Map<string, NamedNetwork>();
  private report: DockerReport | undefined;

  constructor(private readonly layout: HostLayout) {}

  /** A `docker.Network` of the program. */
  of(network: docker.Network): MadeNetwork {
    const known = this.made.get(network);
    if (known !== undefined) return known;
    const made = new MadeNetwork(() => this.layout.changed());
    this.made.set(network, made);
    this.layout.addNetwork(made);
    return made;
  }

  /**
   * A network that is on the host already.
   * @param reference - what its stack tells of it.
   */
  byName(name: string, reference?: ReadReference): NamedNetwork {
    const known = this.named.get(name);
    if (known !== undefined && reference === undefined) return known;
    const network = known ?? new NamedNetwork(name);
    network.take(reference, this.report);
    if (known === undefined) {
      this.named.set(name, network);
      this.layout.addNetwork(network);
    } else this.layout.changed();
    return network;
  }

  /** Takes what the host has; the same report once. */
  take(report: DockerReport): void {
    if (this.report === report) return;
    this.report = report;
    for (const network of this.named.values()) network.take(undefined, report);
    if (this.named.size > 0) this.layout.changed();
  }

  /** The addresses that containers of other stacks are to have on them. */
  get taken(): ForeignAddress[] {
    return [...this.named.values()].flatMap(({ taken }) => taken);
  }
}

/** What a `docker.Network` has, as far as it has resolved. */
interface Resolved {
  readonly name: unknown;
  readonly driver: unknown;
  readonly internal: unknown;
  readonly ipv6: unknown;
  readonly options: unknown;
  readonly ipamConfigs: unknown;
}

/** A `docker.Network` of the program, for the checks of its containers and of the host. */
export class MadeNetwork implements DeclaredNetwork {
  readonly namedParent = undefined;
  plan: NetworkPlan = { ...nothingRead };

  constructor(private readonly changed: () => void) {}

  /** For the paths of problems. */
  get name(): string {
    return this.plan.name ?? 'docker.Network';
  }

  /** What the checks wait for. */
  static inputs({ name, driver, internal, ipv6, options, ipamConfigs }: docker.Network) {
    return { name, driver, internal, ipv6, options, ipamConfigs };
  }

  /**
   * At its first preview only what the program gives is known. The rest is what Docker does by default: taken for that, the choice of a default
   * route is checked before anything is made.
   */
  take({ name, driver, internal, ipv6, options, ipamConfigs }: Resolved): void {
    if (this.plan.isComplete) return;
    const subnets = Array.isArray(ipamConfigs)
      ? ipamConfigs.map((config: unknown) => {
          const { auxAddress, ...rest } = config as Record<string, unknown>;
          return { ...rest, auxiliaryAddresses: auxAddress };
        })
      : ipamConfigs;
    this.plan = planGivenNetwork({
      name: name as string,
      driver: isKnown(driver) && typeof driver === 'string' ? driver : 'bridge',
      internal: internal === true,
      ipv6: ipv6 === true,
      options: isKnown(options) ? ((options ?? {}) as Record<string, string>) : {},
      subnets,
    });
    this.changed();
  }
}
