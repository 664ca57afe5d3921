import { sh } from './facts';

/** The VLANs that a router is on, each with its addresses there (`192.168.210.254/24`). */
export type RouterVlans = Record<number, string[]>;

const namespace = 'router';
const within = `ip netns exec ${namespace}`;
/** Of the router advertisement daemon: its settings, and its process. */
const advertising = '/run/radvd-test';

/** radvd pauses for 30 ms at least. The message is that of RFC 4861, 4.2, with a prefix (4.6.2). */
const withoutPause = `
  use Socket qw(:all);
  my ($interface, $prefix) = @ARGV;
  my ($ipv6, $pacing) = (41, 0.004);
  open(my $file, "<", "/sys/class/net/$interface/ifindex") or die;
  my $index = <$file> + 0;
  socket(my $socket, AF_INET6, SOCK_RAW, 58) or die;
  setsockopt($socket, $ipv6, 17, pack("i", $index)) or die;
  setsockopt($socket, $ipv6, 18, pack("i", 255)) or die;
  my $advertisement = pack("CCnCCnNN", 134, 0, 0, 64, 0, 1800, 0, 0)
    . pack("CCCCNNNa16", 3, 4, 64, 192, 86400, 14400, 0, inet_pton(AF_INET6, $prefix));
  my $all = pack_sockaddr_in6(0, inet_pton(AF_INET6, "ff02::1"), $index);
  while (send($socket, $advertisement, 0, $all)) { select(undef, undef, undef, $pacing) }`;

/** A router on the trunk, in a network namespace of a lab host, so that the host itself stays what it is. */
export class Router {
  private constructor(readonly host: string) {}

  static async start(host: string, vlans: RouterVlans): Promise<Router> {
    const lines = Object.entries(vlans).flatMap(([vlanId, addresses]) => [
      `ip link add link eth0 name vlan${vlanId} netns ${namespace} type vlan id ${vlanId}`,
      ...addresses.map((cidr) => {
        const words = cidr.includes(':') ? 'nodad' : '';
        return `ip -n ${namespace} address add ${cidr} dev vlan${vlanId} ${words}`;
      }),
      `ip -n ${namespace} link set vlan${vlanId} up`,
    ]);
    const forward = ['net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1', 'net.ipv4.conf.all.send_redirects=0'];
    // The router must forward, and send no ICMP redirects to containers: `default` is what the links are made with.
    forward.push('net.ipv4.conf.default.send_redirects=0');
    await sh(
      host,
      [
        `set -e; ip netns add ${namespace}`,
        ...forward.map((setting) => `${within} sysctl -qw ${setting}`),
        ...lines,
      ].join('\n'),
    );
    return new Router(host);
  }

  /** Runs a command line as the router. */
  run(script: string): Promise<string> {
    return sh(this.host, `${within} ${script}`);
  }

  /** Sends router advertisements with a prefix to each VLAN, every few seconds (RFC 4861). */
  async advertise(prefixes: Record<number, string>): Promise<void> {
    const often = 'AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4';
    const settings = Object.entries(prefixes).map(
      ([vlanId, prefix]) => `interface vlan${vlanId} { ${often}; prefix ${prefix} { }; };`,
    );
    await sh(this.host, `echo '${settings.join('\n')}' >${advertising}.conf`);
    await this.run(`radvd --config ${advertising}.conf --pidfile ${advertising}.pid --logmethod none`);
  }

  /** Sends router advertisements with a prefix to one VLAN, some hundred a second, while something else is done (for two minutes at most). */
  async advertisingWithoutPause<T>(vlanId: number, prefix: string, then: () => Promise<T>): Promise<T> {
    const pid = `${advertising}.flood`;
    await sh(
      this.host,
      `${within} timeout 120 perl -e '${withoutPause}' vlan${vlanId} ${prefix} >/dev/null 2>&1 & echo $! >${pid}`,
    );
    try {
      return await then();
    } finally {
      await sh(this.host, `kill $(cat ${pid}); rm ${pid}`);
    }
  }

  async stop(): Promise<void> {
    await sh(
      this.host,
      `if [ -e ${advertising}.pid ]; then kill $(cat ${advertising}.pid); fi
       rm -f ${advertising}.*; ip netns del ${namespace}`,
    );
  }
}
