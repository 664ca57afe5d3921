export type { AttachableNetwork } from './components/attachableNetwork';
export {
  ConnectivityCheck,
  type ConnectivityCheckArgs,
  type ConnectivityProbeArgs,
} from './components/connectivityCheck';
export type { ReachSource, ReachTarget } from './components/reachEnd';
export type { ReachProtocol } from './plan/reach/probe';
export { Host } from './components/host';
export type { HostArgs } from './components/hostArgs';
export type { HostConnection } from './components/hostConnection';
export type { RegistryArgs } from './components/registries';
export type { DriftEntry } from './components/hostDrift';
export type { RouteArgs, SshArgs } from './components/sshArgs';
export { HostShim, type HostShimArgs } from './components/hostShim';
export type { ShimArgs } from './components/shimArgs';
export { IpvlanNetwork, type IpvlanNetworkArgs } from './components/ipvlanNetwork';
export { MacvlanNetwork, type MacvlanNetworkArgs } from './components/macvlanNetwork';
export { type AttachmentArgs, NetworkContainer, type NetworkContainerArgs } from './components/networkContainer';
export type { NetworkArgs } from './components/networkArgs';
export type { SubnetArgs } from './components/subnetArgs';
export { VlanInterface, type VlanInterfaceArgs } from './components/vlanInterface';
export type { Vlan } from './components/vlan';
export type { VlanArgs, VlanRouteArgs, VlanTrunkArgs } from './components/trunkArgs';
export { VlanTrunk } from './components/vlanTrunk';
export type { Ipv6Mode } from './plan/container/ipv6Mode';
export { type AddressPlanArgs, type AddressShare, planAddresses } from './plan/layout/addressPlan';
export type { IpvlanFlag, IpvlanMode, MacvlanMode } from './plan/network/mode';
export type { NetworkReference, SubnetReference, TakenAddress } from './plan/network/networkReference';
export type { Persistence } from './plan/link/persistence';
export type { LinkVlan } from './plan/link/parentReport';
export type { OnUnreachable } from './plan/ssh/onUnreachable';
export type { Routing } from './plan/link/routing';
export type { VlanProtocol } from './plan/link/trunk';
