import type * as pulumi from '@pulumi/pulumi';
import type { GroupRouting } from '../host/trunkSpec';
import type { VlanProtocol } from '../plan/link/trunk';
import { isArgsObject } from './componentArgs';
import { Host } from './host';

/** A subinterface that a network or another trunk can sit on; from `trunk.vlan(50)`. */
export interface Vlan {
  /** The host that it is on. */
  readonly host: Host;
  /** The interface that it is made on. */
  readonly parentInterface: string;
  /** 1 to 4094. */
  readonly vlanId: number;
  /** Tag of its frames. */
  readonly protocol: VlanProtocol;
  /** Its name on the host. */
  readonly interfaceName: string;
  /** @internal What the host routes from and to it, and to shims on it; absent where that is left to the host. */
  readonly routing?: GroupRouting | undefined;
  /** @internal True on the VLAN of another trunk (Q-in-Q). */
  readonly isNested: boolean;
  /** @internal True where the trunk's arguments are wrong, so that nothing can be on it. */
  readonly isRefused: boolean;
  /** What has to be there before the subinterface is used, and stay until nothing uses it. */
  readonly dependencies: pulumi.Resource[];
  /** @internal Replaced where the subinterface becomes another one; absent where the trunk is refused. */
  readonly identity?: pulumi.Resource;
  /** @internal Removes all links of the trunk, and the networks on them; absent where the trunk is refused. */
  readonly removal?: pulumi.Resource;
}

/** True for the handle of a VLAN; no other object, which a JavaScript program may give, is one. */
export function isVlan(value: unknown): value is Vlan {
  if (!isArgsObject(value)) return false;
  const { host, interfaceName } = value as Partial<Vlan>;
  return host instanceof Host && typeof interfaceName === 'string';
}
