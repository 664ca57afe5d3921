import type { Problem } from '../plan/argument/problem';
import type { Address } from '../plan/ip/address';
import { isOfProgram } from '../plan/layout/programAddress';
import { checkSharedHosts, type DeclaredHost } from '../plan/layout/sharedHost';
import { checkMacAddresses } from '../plan/layout/sharedMacAddress';
import { checkSwitchedNetworks } from '../plan/layout/switchedNetwork';
import type { NetworkPlan } from '../plan/network/network';
import type { GateMember } from './gate';
import { type Findings, HostLayout } from './hostLayout';

/**
 * All that a program declares on its hosts, for the checks across components: a name, an address or a parent that two of them use. Checked
 * again only if more has become known.
 */
export class Layout implements GateMember {
  /** Paths begin with the host. */
  readonly subject = '';
  readonly secrets: readonly string[] = [];
  /** It has no arguments of its own to wait for. */
  readonly settled = Promise.resolve();
  private readonly hosts: HostLayout[] = [];
  private readonly targets: DeclaredHost[] = [];
  private latest: Findings | undefined;

  constructor(private readonly onChange: () => void) {}

  /** For a host. Returns a function that sets how it is reached, as far as that is known. */
  addTarget(name: string): (target: unknown) => void {
    const index = this.targets.push({ name, target: undefined }) - 1;
    return (target) => {
      this.targets[index] = { name, target };
      this.changed();
    };
  }

  addHost(name: string, site: string): HostLayout {
    const host = new HostLayout(name, site, this);
    this.hosts.push(host);
    return host;
  }

  changed(): void {
    this.latest = undefined;
    this.onChange();
  }

  problems(): readonly Problem[] {
    return this.findings().problems;
  }

  warnings(): readonly Problem[] {
    return this.findings().warnings;
  }

  /** True if a component of the program has this address on the VLAN of a network. */
  gives(network: NetworkPlan, address: Address): boolean {
    return isOfProgram(
      this.hosts.map((host) => host.findings()),
      network,
      address,
    );
  }

  private findings(): Findings {
    return (this.latest ??= this.check());
  }

  private check(): Findings {
    const found = this.hosts.map((host) => host.findings());
    return {
      problems: [
        ...checkSharedHosts(this.targets),
        ...checkMacAddresses(found.map(({ plan }) => plan)),
        ...found.flatMap(({ problems }) => problems),
        ...checkSwitchedNetworks(found),
      ],
      warnings: found.flatMap(({ warnings }) => warnings),
    };
  }
}
