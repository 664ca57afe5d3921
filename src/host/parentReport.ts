import type { BridgeVlans, FoundMaster, LinkVlan, ParentReport } from '../plan/link/parentReport';
import { fieldOf, listOf, parseArray } from './jsonField';
import { factValues, type ProbeFact } from './probeFact';

/** Reads the facts about the interfaces that VLANs and networks may sit on. */
export function readParentReport(facts: readonly ProbeFact[]): ParentReport {
  const words = (name: string) => factValues(facts, name).map((value) => value.split(' '));
  const pairs = (name: string) => words(name).map(([link = '', value = '']) => [link, value] as const);
  const [bridgeVlans] = factValues(facts, 'bridge-vlans');
  const [kernel] = factValues(facts, 'kernel');
  const dmi = (name: string) => factValues(facts, 'dmi').find((value) => value.startsWith(`${name} `)) ?? '';
  const text = (name: string) =>
    dmi(name)
      .slice(name.length + 1)
      .trim();
  return {
    vlans: new Map([...pairs('link').flatMap(noVlan), ...words('vlan').flatMap(vlanOf)]),
    masters: new Map(words('port').map(masterOf)),
    wireless: new Set(factValues(facts, 'wireless')),
    bonds: new Map(pairs('bond')),
    filters: new Map(pairs('filter')),
    bridgeVlans: bridgeVlans === undefined ? undefined : new Map(parseArray(bridgeVlans).map(entriesOf)),
    missingModules: new Set(factValues(facts, 'no-module')),
    kernel,
    machine: {
      vendor: text('sys_vendor'),
      product: text('product_name'),
      assetTag: text('chassis_asset_tag'),
      biosVersion: text('bios_version'),
    },
  };
}

/** `eth0`; what sits on another one, `eth0.50 eth0`, may be a VLAN that an `ip` without details does not tell: its name decides. */
function noVlan([link, below]: readonly [string, string]): [string, undefined][] {
  return below === '' ? [[link, undefined]] : [];
}

/** `eth0.50 eth0 50 802.1Q` */
function vlanOf([link = '', parentInterface = '', id, protocol = '']: readonly string[]): [string, LinkVlan][] {
  const vlanId = Number(id);
  return Number.isInteger(vlanId) && parentInterface !== '' ? [[link, { parentInterface, vlanId, protocol }]] : [];
}

/** `eth0 br0 bridge` */
function masterOf([port = '', name = '', kind = '']: readonly string[]): [string, FoundMaster] {
  return [port, { name, kind }];
}

/** What `bridge -j vlan show` prints of one link. */
function entriesOf(value: unknown): [string, BridgeVlans[]] {
  const link = fieldOf(value, 'ifname');
  const entries = listOf(fieldOf(value, 'vlans')).flatMap((entry) => {
    const [first, last] = [fieldOf(entry, 'vlan'), fieldOf(entry, 'vlanEnd')];
    if (typeof first !== 'number') return [];
    const isUntagged = listOf(fieldOf(entry, 'flags')).includes('Egress Untagged');
    return [{ first, last: typeof last === 'number' ? last : first, isUntagged }];
  });
  return [typeof link === 'string' ? link : '', entries];
}
