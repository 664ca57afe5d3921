export { Host, type HostArgs, type HostConnection, type SshArgs } from './components/host';
export { MacvlanNetwork, type MacvlanNetworkArgs, type SubnetArgs } from './components/macvlanNetwork';
export { type AttachmentArgs, NetworkContainer, type NetworkContainerArgs } from './components/networkContainer';
export { VlanInterface, type VlanInterfaceArgs } from './components/vlanInterface';
export { type Vlan, type VlanArgs, VlanTrunk, type VlanTrunkArgs } from './components/vlanTrunk';
export type { VlanProtocol } from './plan/trunk';
