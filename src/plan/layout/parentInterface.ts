import { checkBridgeFilters, type ParentFindings } from '../link/bridgeFilter';
import { enslavedFault } from '../link/enslaved';
import { type KernelModule, moduleFault } from '../link/kernelModule';
import type { ParentReport } from '../link/parentReport';
import type { TrunkPlan } from '../link/trunk';
import type { NetworkPlan } from '../network/network';
import { checkSecondMac } from '../network/secondMac';
import { type KnownLinks, segmentOf, vlansOfLink } from './segment';

/** Whether the host's interface can carry the VLANs of a trunk. */
export function checkTrunkParent({ parentInterface, vlans }: TrunkPlan, report: ParentReport): ParentFindings {
  if (vlans.length === 0) return { faults: [], warnings: [] };
  const tagged = vlans.map(({ vlanId, protocol }) => ({ parentInterface, vlanId, protocol }));
  const { faults, warnings } = checkBridgeFilters(tagged, report);
  const all = [moduleFault('8021q', 'a VLAN', report), enslavedFault(parentInterface, report, true), ...faults];
  const wifi = `${parentInterface} is a Wi-Fi interface, and most access points drop frames with a VLAN's tag`;
  return {
    faults: all.filter((one) => one !== undefined),
    warnings: [...warnings, ...(report.wireless.has(parentInterface) ? [wifi] : [])],
  };
}

/**
 * Whether the host's interface can carry a network.
 * @param isNamed - the parent is given by name: no trunk of the program has checked what it is on.
 */
export function checkNetworkParent(network: NetworkPlan, report: ParentReport, isNamed: boolean): ParentFindings {
  const { driver, parentInterface: parent, hasParent } = network;
  if (driver === undefined) return { faults: [], warnings: [] };
  const modules = modulesOf(driver, hasParent, isNamed ? parent : undefined);
  const faults = modules.map(([module, what]) => moduleFault(module, what, report));
  if (parent === undefined) return { faults: faults.filter((one) => one !== undefined), warnings: [] };
  const links = knownOf(report);
  const mac =
    driver === 'macvlan' ? checkSecondMac(segmentOf(parent, { ...links, masters: new Map() }).nic, report) : {};
  const filters = checkBridgeFilters(isNamed ? vlansOfLink(parent, links) : [], report);
  return {
    faults: [...faults, enslavedFault(parent, report, false), mac.fault, ...filters.faults].filter(
      (one) => one !== undefined,
    ),
    warnings: [mac.warning, ...filters.warnings].filter((one) => one !== undefined),
  };
}

function modulesOf(
  driver: 'macvlan' | 'ipvlan',
  hasParent: boolean,
  named: string | undefined,
): [KernelModule, string][] {
  return [
    [driver, driver === 'macvlan' ? 'a macvlan network' : 'an ipvlan network'],
    ...(hasParent ? [] : [['dummy', 'a network without a parent interface'] as [KernelModule, string]]),
    // Docker makes it, where it is not there.
    ...(named?.includes('.') === true ? [['8021q', 'a VLAN'] as [KernelModule, string]] : []),
  ];
}

function knownOf({ vlans, masters }: ParentReport): KnownLinks {
  return { declared: new Map(), found: vlans, masters };
}
