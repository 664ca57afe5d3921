import type { NetworkDriver } from './mode';
import type { NetworkPlan, NetworkSpec } from './network';
import type { SubnetPlan } from './subnet';
import { minimumEngine, usesNoGateway } from './engine';
import type { EngineVersion } from './engineVersion';
import { readNetwork } from './network';
import { formatProblems, Problems } from '../argument/problem';
import { isInternal } from './route';
import { heldBackAddress } from './subnet';

/** One subnet, as Docker's API takes it (`IPAM.Config`). */
export interface DockerIpamConfig {
  subnet: string;
  gateway?: string;
  ipRange?: string;
  auxAddress?: Record<string, string>;
}

/** A network, as Docker's API takes it. Each default that differs between Engines 26 and 29 is set explicitly. */
export interface DockerNetworkPlan {
  driver: NetworkDriver;
  name?: string;
  options: Record<string, string>;
  internal: boolean;
  ipv6: boolean;
  ipamConfigs: DockerIpamConfig[];
  labels: Record<string, string>;
  /** The oldest Engine that can make this network. */
  minimumEngine: EngineVersion;
}

/**
 * Plans the request to Docker. Throws an `Error` for a network that `checkNetwork` refuses, or that has a value not known yet.
 *
 * A network without any gateway becomes `internal`, which makes every Engine omit the default route. Its containers still reach the
 * subnets on the parent, but Docker's resolver forwards none of their DNS queries to outside servers. A network with a gateway in one
 * subnet and none in another needs Engine 29.
 */
export function planDockerNetwork(spec: NetworkSpec): DockerNetworkPlan {
  const problems = new Problems();
  const network = readNetwork(problems, spec);
  for (const path of problems.skipped) problems.list.push({ path, message: 'must be known to make a network of it' });
  const { driver } = network;
  if (driver === undefined || problems.list.length > 0) throw new Error(formatProblems('network', problems.list));

  const { subnets } = network;
  const isReserved = usesNoGateway(network);
  return {
    driver,
    ...(network.name === undefined ? {} : { name: network.name }),
    options: driverOptions(network),
    internal: isInternal(network),
    ipv6: subnets.some(({ block }) => block.family === 6),
    ipamConfigs: subnets.map((subnet) => ipamConfig(isReserved ? withHeldBackGateway(subnet) : subnet)),
    labels: Object.fromEntries(network.labels),
    minimumEngine: minimumEngine(network),
  };
}

function driverOptions(network: NetworkPlan): Record<string, string> {
  const { driver, mode, flag, parentInterface, subnets } = network;
  return {
    ...(parentInterface === undefined ? {} : { parent: parentInterface }),
    ...(driver === 'macvlan' ? { macvlan_mode: mode } : { ipvlan_mode: mode }),
    ...(flag === undefined ? {} : { ipvlan_flag: flag }),
    // Without this option Docker adds an IPv4 subnet of its own choice.
    ...(subnets.some(({ block }) => block.family === 4) ? {} : { 'com.docker.network.enable_ipv4': 'false' }),
  };
}

/**
 * Engines up to 27 reserve the first address as a gateway even in networks that use none, and then refuse it as an auxiliary address.
 * If the program declares it as one, it is passed as the gateway instead: the drivers ignore the gateway of such networks.
 */
function withHeldBackGateway(subnet: SubnetPlan): SubnetPlan {
  const held = heldBackAddress(subnet);
  const others = new Map([...subnet.auxiliaryAddresses].filter(([, address]) => address.value !== held?.value));
  if (held === undefined || others.size === subnet.auxiliaryAddresses.size) return subnet;
  return { ...subnet, gateway: held, auxiliaryAddresses: others };
}

function ipamConfig({ block, gateway, ipRange, auxiliaryAddresses }: SubnetPlan): DockerIpamConfig {
  const aux = [...auxiliaryAddresses].map(([name, address]) => [name, address.text] as const);
  return {
    subnet: block.text,
    ...(gateway === undefined ? {} : { gateway: gateway.text }),
    ...(ipRange === undefined ? {} : { ipRange: ipRange.text }),
    ...(aux.length === 0 ? {} : { auxAddress: Object.fromEntries(aux) }),
  };
}
