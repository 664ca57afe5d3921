import type { Problems } from '../argument/problem';
import type { NetworkPlan } from '../network/network';

/** In place of a MAC address: one that is made from stack, host, container and network. */
export const derived = 'derived';

const form = /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i;

/**
 * Reads the MAC address of an attachment, and gives it as Docker shows it. The kernel takes that of one machine only: no group's, and not all zeros
 * (`is_valid_ether_addr`). An ipvlan interface has that of its parent, and in mode passthru the parent gets that of the container.
 */
export function readMacAddress(
  problems: Problems,
  value: unknown,
  network: NetworkPlan | undefined,
): string | undefined {
  if (network?.driver === 'ipvlan') {
    problems.add('must be left out: on ipvlan all containers have the MAC address of the parent interface', value);
    return undefined;
  }
  if (network?.mode === 'passthru') {
    problems.add('must be left out: in mode passthru it would become that of the parent interface', value);
    return undefined;
  }
  if (value === derived) return derived;
  const text = typeof value === 'string' && form.test(value) ? value.toLowerCase().replaceAll('-', ':') : undefined;
  if (text === undefined) {
    problems.add("must be a MAC address such as '02:00:5e:10:00:01', or 'derived'", value);
  } else if (Number.parseInt(text.slice(0, 2), 16) % 2 === 1) {
    problems.add('must be the MAC address of one machine, not of a group: its first byte must be even', text);
  } else if (/^[0:]*$/.test(text)) {
    problems.add('must not be all zeros', text);
  } else return text;
  return undefined;
}

/** The first six bytes of a digest as a locally administered unicast address (IEEE 802): the two lowest bits of its first byte are 1 and 0. */
export function macAddressOf(digest: Uint8Array): string {
  const bytes = [...digest.slice(0, 6)].map((byte, index) => (index === 0 ? (byte & 0xfc) | 0x02 : byte));
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
