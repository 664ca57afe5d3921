import { onHost } from '../../lab/lab';
import { sh } from './facts';

/** What a host forwards, by its firewall and its kernel, and the machines that it forwards between. */

/** A machine on a VLAN, in a network namespace of another host, whose gateway is the host under test. */
export interface Machine {
  namespace: string;
  vlanId: number;
  /** IPv4 and IPv6. */
  gateways: string[];
  addresses: string[];
}

const ping = 'for a in "$@"; do ping -c 3 -W 3 "$a" >/dev/null 2>&1 && echo "$a" & done; wait';

/**
 * Which of the addresses answer.
 * @param words - what the pings run by on that host: `docker exec web`; empty for the host itself.
 */
export async function asked(on: string, words: string, addresses: string[]): Promise<string[]> {
  const { stdout } = await onHost(on, `${words} sh -c '${ping}' sh ${addresses.join(' ')}`);
  return addresses.filter((address) => stdout.split('\n').includes(address));
}

/** The machines of a test, all on one host, which needs no Docker. */
export class Machines {
  constructor(
    private readonly host: string,
    private readonly all: readonly Machine[],
  ) {}

  async make(): Promise<void> {
    for (const { namespace, vlanId, gateways, addresses } of this.all)
      await sh(
        this.host,
        `set -e; ip netns add ${namespace}; ip link add link eth0 name vlan netns ${namespace} type vlan id ${vlanId}
         ip -n ${namespace} addr add ${addresses[0]}/24 dev vlan; ip -n ${namespace} addr add ${addresses[1]}/64 dev vlan nodad
         ip -n ${namespace} link set vlan up
         for gateway in ${gateways.join(' ')}; do ip -n ${namespace} route add default via $gateway; done`,
      );
  }

  async remove(): Promise<void> {
    for (const { namespace } of this.all) await sh(this.host, `ip netns del ${namespace}`);
  }

  /** Which of the addresses answer a machine, which knows no neighbour before. */
  async asked({ namespace }: Pick<Machine, 'namespace'>, addresses: string[]): Promise<string[]> {
    await sh(this.host, `ip -n ${namespace} neigh flush all`);
    return asked(this.host, `ip netns exec ${namespace}`, addresses);
  }
}

/** A host whose kernel has netfilter. */
export class ForwardingHost {
  constructor(private readonly host: string) {}

  /** Everything that `routing` changes on the host. */
  readonly rules = () =>
    sh(
      this.host,
      `for t in iptables ip6tables; do for table in filter mangle; do $t -t $table -S | grep -i vlan || true; done; done
       cd /proc/sys/net; grep . ipv[46]/conf/*/forwarding | grep -v docker | grep -v veth`,
    );

  /** The host forwards between all of its interfaces, or Docker's way: none of its own firewall's chains lets anything through. */
  readonly letThrough = (policy: 'ACCEPT' | 'DROP') =>
    sh(this.host, `iptables -P FORWARD ${policy}; ip6tables -P FORWARD ${policy}`);

  readonly forwarding = (v4: 0 | 1, v6: 0 | 1) =>
    sh(this.host, `sysctl -qw net.ipv4.ip_forward=${v4} net.ipv6.conf.all.forwarding=${v6}`);

  /** Whether IPv4 is forwarded that comes in by a link, `0` or `1`. */
  readonly setting = (link: string) => sh(this.host, `cat /proc/sys/net/ipv4/conf/${link}/forwarding`);

  /** A container on Docker's own bridge. */
  readonly runBridged = () =>
    sh(this.host, 'docker run --detach --name bridged --restart always busybox sleep 1000000');

  /** As it was before the test: Docker's way, and IPv4 alone. */
  async restore(): Promise<void> {
    await this.letThrough('DROP');
    await sh(this.host, 'ip6tables -P FORWARD ACCEPT; docker rm -f bridged');
    await this.forwarding(1, 0);
  }
}

/** Our chain in the table that is before Docker's, for a command on the host. */
export const ownChain = `$(iptables -t mangle -S | sed -n 's/^-A FORWARD -j \\(vlan-trunk-[0-9]*\\)$/\\1/p')`;
