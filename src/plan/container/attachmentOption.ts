import type { NetworkPlan } from '../network/network';
import type { Problems } from '../argument/problem';
import { FirstSeen } from '../argument/firstSeen';
import { readEndpointSysctls } from './endpointSysctl';
import { readInterfaceName } from '../link/interfaceName';
import { type Ipv6Choice, ipv6Modes, ipv6Sysctls } from './ipv6Mode';
import { isKnown } from '../argument/known';
import { readMacAddress } from './macAddress';
import { optional, readBoolean, readChoice } from '../argument/reader';

/** An attachment after reading, without its addresses: the parts that are known and valid. */
export interface AttachmentOption extends Ipv6Choice {
  /** `undefined` if it is not set, or not known yet. */
  readonly defaultRoute: boolean | undefined;
  /** True if `defaultRoute` is set in the declaration, known or not. */
  readonly isSet: boolean;
  readonly sysctls: ReadonlyMap<string, string>;
  readonly interfaceName: string | undefined;
  readonly macAddress: string | undefined;
}

/** Names that Docker gives to interfaces for which the program sets none. */
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
    isSet: defaultRoute !== undefined,
    ipv6,
    hasUnknownMode: attachment.ipv6 !== undefined && !isKnown(attachment.ipv6),
    sysctls: readEndpointSysctls(
      problems.at('sysctls'),
      attachment.sysctls,
      ipv6 === undefined ? new Map() : ipv6Sysctls(ipv6, true),
    ),
    interfaceName: optional(attachment.interfaceName, (given) =>
      readNameInContainer(problems.at('interfaceName'), given),
    ),
    macAddress: optional(attachment.macAddress, (given) => readMacAddress(problems.at('macAddress'), given, network)),
  };
}

function readNameInContainer(problems: Problems, value: unknown): string | undefined {
  const name = readInterfaceName(problems, value);
  if (name !== 'lo') return name;
  problems.add('must not be the loopback interface', name);
  return undefined;
}

/** Refuses an interface name that is given twice in a container, or that Docker could give to another interface. */
export function checkInterfaceNames(
  problems: Problems,
  attachments: readonly AttachmentOption[],
  areAllNamed: boolean,
): void {
  const names = new FirstSeen();
  attachments.forEach(({ interfaceName }, index) => {
    if (interfaceName === undefined) return;
    const at = problems.at(index).at('interfaceName');
    names.add(at, interfaceName, JSON.stringify(interfaceName));
    if (areAllNamed || !dockersName.test(interfaceName)) return;
    const expected = 'must be another name, or each attachment must have one: Docker names the others eth0, eth1, …';
    at.add(expected, interfaceName);
  });
}
