import { parseAddress } from '../plan/ip/address';
import { parseInterfaceAddress } from '../plan/ip/cidr';
import type { DockerIpamConfig, DockerNetworkPlan } from '../plan/network/dockerNetwork';
import type { Drift } from './drift';
import type { ExistingNetwork, NetworkDetail } from './existingNetwork';

/**
 * What a Docker network of ours has otherwise than it was asked for. Only what was asked for is compared: what an Engine adds on its own would
 * come again with each new network.
 * @param found - the network of that name, with the owner of this stack; absent where there is none.
 */
export function networkDrift(name: string, plan: DockerNetworkPlan, found: ExistingNetwork | undefined): Drift[] {
  const subject = `network ${name}`;
  const detail = found?.detail;
  if (found === undefined || found.owner === '' || detail === undefined) {
    return [{ subject, kind: 'network', expected: 'network', found: 'missing' }];
  }
  const pairs = [
    pair('driver', plan.driver, found.driver),
    pair('internal', String(plan.internal), String(detail.internal)),
    ...(plan.ipv6 ? [pair('IPv6', 'true', String(detail.ipv6))] : []),
    ...Object.entries(plan.options).map(([option, value]) => pair(`option ${option}`, value, detail.options[option])),
    ...plan.ipamConfigs.flatMap((config) => subnetPairs(config, detail)),
  ];
  return pairs.flatMap(([kind, expected, value]) =>
    expected === value ? [] : [{ subject, kind, expected, found: value }],
  );
}

/** A setting, as it was asked for and as it is. */
type Pair = [kind: string, expected: string, found: string];

function subnetPairs(config: DockerIpamConfig, { ipam }: NetworkDetail): Pair[] {
  const found = ipam.find(({ Subnet = '' }) => blockText(Subnet) === config.subnet);
  if (found === undefined) {
    const all = ipam.flatMap(({ Subnet }) => Subnet ?? []).join(', ');
    return [pair('subnet', config.subnet, all === '' ? undefined : all)];
  }
  const addresses = Object.entries(config.auxAddress ?? {});
  return [
    // An older Engine invents a gateway where none is given.
    ...(config.gateway === undefined ? [] : [pair('gateway', config.gateway, addressText(found.Gateway))]),
    ...(config.ipRange === undefined ? [] : [pair('IP range', config.ipRange, blockText(found.IPRange))]),
    ...addresses.map(([key, address]) =>
      pair(`auxiliary address ${key}`, address, addressText(found.AuxiliaryAddresses?.[key])),
    ),
  ];
}

function pair(kind: string, expected: string, found: string | undefined): Pair {
  return [kind, expected, found ?? 'none'];
}

function blockText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseInterfaceAddress(text)?.block.text;
}

function addressText(text: string | undefined): string | undefined {
  // Engines have written it with a prefix length.
  return text === undefined ? undefined : parseAddress(text.replace(/\/\d+$/, ''))?.text;
}
