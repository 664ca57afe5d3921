import type { Address } from '../ip/address';
import type { Cidr } from '../ip/cidr';
import type { NetworkPlan } from '../network/network';
import { contains } from '../ip/cidr';

/** An address that a container has which is not of this stack, or that it is to have. */
export interface ForeignAddress {
  readonly address: Address;
  /** Docker's name of the container. */
  readonly container: string;
  /** The container in words: `container plc (busybox), which is on the host and not of this stack`. */
  readonly holder: string;
  /** Docker's name of the network. */
  readonly network: string;
  /** The network's subnets in CIDR form, whose addresses it shares with other networks of the host that have the same ones. */
  readonly pools: readonly string[];
  /** False for the fixed address of a container that does not run: until it is started, Docker gives it to others. */
  readonly isHeld: boolean;
}

/** All of one host, by the networks on which Docker cannot hand them out again. */
export class ForeignAddresses {
  readonly #byAddress: ReadonlyMap<string, readonly ForeignAddress[]>;

  constructor(private readonly all: readonly ForeignAddress[] = []) {
    this.#byAddress = Map.groupBy(all, ({ address }) => address.text);
  }

  /** Who has an address of a network's subnet, or is to have it; the first that has it. */
  at(network: NetworkPlan, block: Cidr, { text }: Address): ForeignAddress | undefined {
    const same = (this.#byAddress.get(text) ?? []).filter((one) => isOn(one, network, block));
    return same.find(({ isHeld }) => isHeld) ?? same[0];
  }

  /** Those that Docker has handed out in a subnet of a network. */
  heldIn(network: NetworkPlan, block: Cidr): ForeignAddress[] {
    return this.all.filter((one) => one.isHeld && isOn(one, network, block) && contains(block, one.address));
  }
}

/** True on that network, and on another one with the same subnet. */
function isOn({ network, pools }: ForeignAddress, { name }: NetworkPlan, block: Cidr): boolean {
  return network === name || pools.includes(block.text);
}
