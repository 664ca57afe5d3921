import { cutPower, powerOn } from '../../lab/lab';
import { answering, answeringHost } from '../../lab/reach';
import { sh } from './facts';

/** A host of the program reboot.ts: on each parent interface two VLANs, one with a name that Docker would not make anew. */

/** The first three bytes of a VLAN's /24. */
export const prefix = (vlanId: number) => `192.168.${vlanId}`;

export const container = (host: string, vlanId: number) => ({
  host,
  container: `reboot-${vlanId}`,
  address: `${prefix(vlanId)}.70`,
});

/** Names of the links on a parent interface, as a pattern. */
export const linksOf = (nic: string, first: number) => `${nic}[.]${first}|plant${first + 1}`;

/**
 * What has a link on both VLANs of a trunk, and an address at .2: commands of `ip`.
 * @param namespace - in which the links are, if not in the host's own.
 */
export function peerLinks(link: string, nic: string, first: number, namespace?: string): string[] {
  const [into, inside] = namespace === undefined ? ['', ''] : [`netns ${namespace} `, `-n ${namespace} `];
  return [
    { vlanId: first, protocol: '802.1Q' },
    { vlanId: first + 1, protocol: '802.1ad' },
  ].flatMap(({ vlanId, protocol }) => [
    `link add link ${nic} name ${link}${vlanId} ${into}type vlan protocol ${protocol} id ${vlanId}`,
    `${inside}address add ${prefix(vlanId)}.2/24 dev ${link}${vlanId}`,
    `${inside}link set ${link}${vlanId} up`,
  ]);
}

/** What Docker and the test have written is kept; ours is without that, see test/script/reboot.test.ts. */
export async function pullPlug(host: string): Promise<void> {
  await sh(host, 'sync');
  await cutPower(host);
  await powerOn(host);
}

/** Our links with all that is declared for them, and what is recorded. */
export const linksOn = (host: string, pattern: string) =>
  sh(
    host,
    `ip -o -d link | grep -E ' (${pattern})' | sed 's/^[0-9]*: //; s/link.ether [^ ]* //' | sort
     ip -o addr show scope global | grep -E ' (${pattern})' | sed 's/^[0-9]*: //; s/ tentative//' | sort
     ip route show table main | grep -E ' (${pattern})' | sed 's/ linkdown//' | sort
     cd /proc/sys/net; grep . ipv[46]/conf/*/accept_ra ipv[46]/conf/*/arp_ignore 2>/dev/null | grep -E '/(${pattern})'
     cd /var/lib/vlan-trunk; for record in *; do echo $record; sort $record; done`,
  );

/** Seconds since the boot at which the unit was started, the links of an owner were there, and dockerd was started. */
export async function startTimes(host: string, owner: string): Promise<{ unit: number; made: number; docker: number }> {
  const text = await sh(
    host,
    `systemctl show -p InactiveExitTimestampMonotonic --value vlan-trunk
     journalctl -b -t vlan-trunk -o json | grep -F '${owner}: as declared' | tail -n 1 | sed 's/.*"__MONOTONIC_TIMESTAMP":"\\([0-9]*\\)".*/\\1/'
     systemctl show -p ExecMainStartTimestampMonotonic --value docker`,
  );
  const [unit = NaN, made = NaN, docker = NaN] = text.split('\n').map((word) => Number(word) / 1e6);
  return { unit, made, docker };
}

/** Containers reach another machine on both VLANs of a trunk, and the host reaches its own container. */
export async function reaches(host: string, first: number): Promise<void> {
  for (const vlanId of [first, first + 1]) {
    const other = `${prefix(vlanId)}.2`;
    expect(await answering(container(host, vlanId), [other])).toEqual(new Set([other]));
  }
  const own = container(host, first + 1).address;
  expect(await answeringHost(host, [own])).toEqual(new Set([own]));
}
