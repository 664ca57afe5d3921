import type { NetworkPlan } from './network';
import type { Problems } from './problem';
import { FirstSeen } from './firstSeen';
import { readEndpointSysctls } from './endpointSysctl';
import { readInterfaceName } from './interfaceName';
import { type Ipv6Mode, ipv6Modes, ipv6Sysctls } from './ipv6Mode';
import { isKnown } from './known';
import { derivedMacAddress, readMacAddress } from './macAddress';
import { optional, readBoolean, readChoice } from './reader';

/** What was read of one attachment beside its addresses: what of it is known and right. */
export interface AttachmentOption {
  readonly network: NetworkPlan | undefined;
  /** `undefined` where nothing was said, or it is not known yet. */
  readonly defaultRoute: boolean | undefined;
  /** True where something was said of the default route. */
  readonly isSaid: boolean;
  readonly ipv6: Ipv6Mode | undefined;
  /** True where the IPv6 mode will be known at `pulumi up`. */
  readonly hasUnknownMode: boolean;
  readonly sysctls: ReadonlyMap<string, string>;
  readonly interfaceName: string | undefined;
  /** Six bytes, or `derived` for those that are made from names. */
  readonly macAddress: string | undefined;
}

/** Names that Docker gives to interfaces that have none of their own. */
const dockersName = /^eth[0-9]+$/;

export function readAttachmentOption(
  problems: Problems,
  attachment: Readonly<Record<string, unknown>>,
  network: NetworkPlan | undefined,
): AttachmentOption {
  const ipv6 = optional(attachment.ipv6, (given) => readChoice(problems.at('ipv6'), given, ipv6Modes));
  if (ipv6 === 'off' && attachment.ipv6Address !== undefined) {
    problems.at('ipv6Address').add('must be left out where ipv6 is "off"', attachment.ipv6Address);
  }
  const { defaultRoute } = attachment;
  return {
    network,
    defaultRoute: optional(defaultRoute, (given) => readBoolean(problems.at('defaultRoute'), given)),
    isSaid: defaultRoute !== undefined,
    ipv6,
    hasUnknownMode: attachment.ipv6 !== undefined && !isKnown(attachment.ipv6),
    sysctls: readEndpointSysctls(problems.at('sysctls'), attachment.sysctls, ipv6Sysctls(ipv6, true)),
    interfaceName: optional(attachment.interfaceName, (given) =>
      readNameInContainer(problems.at('interfaceName'), given),
    ),
    macAddress: optional(attachment.macAddress, (given) => readMac(problems.at('macAddress'), given, network)),
  };
}

function readNameInContainer(problems: Problems, value: unknown): string | undefined {
  const name = readInterfaceName(problems, value);
  if (name !== 'lo') return name;
  problems.add('must not be the loopback interface', name);
  return undefined;
}

function readMac(problems: Problems, value: unknown, network: NetworkPlan | undefined): string | undefined {
  // Of a network that could not be read it is not known which addresses it can have.
  if (network?.driver === undefined) return undefined;
  if (value !== derivedMacAddress || network.driver === 'ipvlan')
    return readMacAddress(problems, value, network.driver);
  return value;
}

/** Names and MAC addresses that two interfaces of a container cannot both have. */
export function checkInterfaces(
  problems: Problems,
  attachments: readonly AttachmentOption[],
  areAllNamed: boolean,
): void {
  const [names, macs] = [new FirstSeen(), new FirstSeen()];
  attachments.forEach(({ interfaceName, macAddress }, index) => {
    const at = problems.at(index);
    if (interfaceName !== undefined) {
      names.add(at.at('interfaceName'), interfaceName, JSON.stringify(interfaceName));
      if (!areAllNamed && dockersName.test(interfaceName)) {
        const expected =
          'must be another name, or each attachment must have one: Docker names the others eth0, eth1, …';
        at.at('interfaceName').add(expected, interfaceName);
      }
    }
    if (macAddress !== undefined && macAddress !== derivedMacAddress)
      macs.add(at.at('macAddress'), macAddress, macAddress);
  });
}
