import type { LinkVlan, ParentReport } from './parentReport';

/** What of VLANs on a bridge cannot work, or may not. */
export interface ParentFindings {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * A bridge with VLAN filtering hands a subinterface of its own only frames of VLANs that it has an entry for (`bridge vlan add … self`, bridge(8)),
 * and takes such frames only from ports that have one.
 */
export function checkBridgeFilters(
  vlans: readonly LinkVlan[],
  report: Pick<ParentReport, 'filters' | 'bridgeVlans' | 'masters'>,
): ParentFindings {
  // It reads tags of one protocol; to it, a frame with another one has none.
  const onFilter = vlans.filter(({ parentInterface, protocol }) => report.filters.get(parentInterface) === protocol);
  const findings = [...Map.groupBy(onFilter, ({ parentInterface }) => parentInterface)].map(([bridge, on]) =>
    checkBridge(bridge, [...new Set(on.map(({ vlanId }) => vlanId))], report),
  );
  return {
    faults: findings.flatMap(({ faults }) => faults),
    warnings: findings.flatMap(({ warnings }) => warnings),
  };
}

function checkBridge(
  bridge: string,
  ids: readonly number[],
  { bridgeVlans, masters }: Pick<ParentReport, 'bridgeVlans' | 'masters'>,
): ParentFindings {
  const what = `${bridge} is a bridge with VLAN filtering`;
  const own = (missing: readonly number[]) => commands(missing, (id) => `bridge vlan add dev ${bridge} vid ${id} self`);
  if (bridgeVlans === undefined) {
    const warning = `${what}, and the host has no program bridge (package iproute2, OpenWrt: ip-bridge) that tells what it lets through: ${own(ids)} may be missing`;
    return { faults: [], warnings: [warning] };
  }
  const entry = (link: string, id: number) =>
    bridgeVlans.get(link)?.find(({ first, last }) => first <= id && id <= last);
  const ports = [...masters].flatMap(([port, { name }]) => (name === bridge ? [port] : []));
  const missing = ids.filter((id) => entry(bridge, id) === undefined);
  const untagged = ids.filter((id) => entry(bridge, id)?.isUntagged === true);
  const portless = ids.filter((id) => !ports.some((port) => entry(port, id) !== undefined));
  return {
    faults: [
      ...(missing.length === 0
        ? []
        : [
            `${what}, and lets no frame of ${vlanWords(missing)} through to itself: ${own(missing)} on the host does, and has to be in the configuration of ${bridge} to last`,
          ]),
      ...untagged.map(
        (id) =>
          `${what}, and VLAN ${id} is untagged on itself, so that its frames are those of ${bridge} and not of a subinterface: give "${bridge}" as the parent interface of the network`,
      ),
    ],
    warnings:
      portless.length === 0
        ? []
        : [
            `${what}, and no port of it (${ports.length === 0 ? 'it has none' : ports.sort().join(', ')}) lets ${vlanWords(portless)} through: ${commands(portless, (id) => `bridge vlan add dev PORT vid ${id}`)} is missing`,
          ],
  };
}

function vlanWords(ids: readonly number[]): string {
  return `VLAN${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`;
}

function commands(ids: readonly number[], command: (id: number) => string): string {
  return `\`${ids.map(command).join('; ')}\``;
}
