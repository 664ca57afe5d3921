import { sh } from './facts';

/** What really cuts a host off: an `ip` of the test, in front of the host's own, does so in the middle of an apply. */

/** A NIC with a cable into nowhere, so that nothing mends the way in but what takes the change back. */
export const nic = 'cut0';
export const controller = '10.88.0.1';

export const kinds = {
  'a route': `ip route add ${controller}/32 dev ${nic}.95`,
  'an address': `ip addr add ${controller}/32 dev ${nic}.95`,
  'the link, set down': 'ip link set eth0 down',
  'the address of the host': 'ip addr flush dev eth0',
  'an MTU that the path does not carry': 'ip link set eth0 mtu 1500',
};
export type CutKind = keyof typeof kinds;

export interface Cut {
  kind: CutKind;
  /** Whether the host itself does not see that it is cut off, so that only the missing confirmation shows it. */
  isUnseen: boolean;
}

/** In front of the host's own programs, for root's ssh. With "unseen", all that the host asks about its way answers as before. */
export async function plantCut(
  on: string,
  { kind, isUnseen }: Cut,
  command = `/usr/sbin/${kinds[kind]}`,
): Promise<void> {
  const blind = 'case "$*" in *"route get"*) cat /run/cut-kept; exit ;; esac';
  await sh(
    on,
    `ip -o route get ${controller} >/run/cut-kept; rm -f /run/cut-done
     cat >/usr/local/sbin/ip <<'SCRIPT'
#!/bin/sh
${isUnseen ? blind : ''}
[ "$1" = -batch ] && [ ! -e /run/cut-done ] || exec /usr/sbin/ip "$@"
batch=$(cat)
printf '%s\\n' "$batch" | /usr/sbin/ip "$@" || exit
case $batch in *addr*) : >/run/cut-done; ${command} ;; esac
SCRIPT
     printf '#!/bin/sh\\n${isUnseen ? 'exit 0' : 'exec /usr/bin/ping "$@"'}\\n' >/usr/local/sbin/ping
     chmod +x /usr/local/sbin/ip /usr/local/sbin/ping`,
  );
}

export const removeCut = (on: string) => sh(on, 'rm -f /usr/local/sbin/ip /usr/local/sbin/ping /run/cut-*');
