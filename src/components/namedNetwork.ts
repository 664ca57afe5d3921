import type { DockerReport } from '../host/dockerReport';
import { type ExistingNetwork, givenNetwork } from '../host/existingNetwork';
import type { ForeignAddress } from '../plan/layout/foreignAddress';
import { planGivenNetwork } from '../plan/network/givenNetwork';
import { type NetworkPlan, nothingRead } from '../plan/network/network';
import type { ParentPlace, ReadReference } from '../plan/network/networkReference';
import type { DeclaredNetwork } from './hostLayout';

/**
 * A network that this program does not make, by Docker's name. What is known of it comes from the reference that its stack gives, and from what
 * the host reports: the host is right where both differ.
 */
export class NamedNetwork implements DeclaredNetwork {
  readonly namedParent = undefined;
  readonly isGiven = true;
  plan: NetworkPlan;
  private reference: ReadReference | undefined;
  private report: DockerReport | undefined;

  constructor(readonly name: string) {
    this.plan = { ...nothingRead, name };
  }

  get place(): ParentPlace | undefined {
    return this.reference;
  }

  /** Takes a reference, and what the host has, as far as they are known. */
  take(reference: ReadReference | undefined, report: DockerReport | undefined): void {
    this.reference = reference ?? this.reference;
    this.report = report;
    const { found } = this;
    if (found !== undefined && found.detail?.id !== this.reference?.id)
      this.plan = planGivenNetwork(givenNetwork(found));
    else if (this.reference !== undefined) this.plan = this.reference.plan;
    else this.plan = { ...nothingRead, name: this.name };
  }

  /**
   * Why no container can be attached to it, once that is known.
   * @param reference - by which it is given.
   * @param address - of the host.
   */
  fault(reference: ReadReference | undefined, address: string | undefined): string | undefined {
    const { found, report } = this;
    // Without any, they could not be listed.
    if (report === undefined || report.networks.length === 0) return undefined;
    const names = report.networks.map(({ name }) => name).filter((name) => !dockersOwn.includes(name));
    const has = names.length === 0 ? 'none beside those of Docker itself' : names.sort().join(', ');
    if (found === undefined) return `must be on the host, which has ${has}`;
    // One host may have several addresses; its networks have one ID.
    if (reference === undefined || found.detail?.id === reference.id || reference.host === address) return undefined;
    return `must be on the host of the container, whose network of that name is another one than that on ${reference.host}`;
  }

  /** The addresses that containers of its own stack are to have. */
  get taken(): ForeignAddress[] {
    const { name, plan } = this;
    const pools = plan.subnets.map(({ block }) => block.text);
    return (this.reference?.taken ?? []).map(({ address, container }) => ({
      ...{ address, container, network: name, pools, isHeld: true },
      holder: `container ${container}, which the stack of network ${name} declares`,
    }));
  }

  private get found(): ExistingNetwork | undefined {
    return this.report?.networks.find(({ name }) => name === this.name);
  }
}

const dockersOwn = ['bridge', 'host', 'none'];
