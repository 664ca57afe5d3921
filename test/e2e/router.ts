import { sh } from './facts';

/** The VLANs that a router is on, each with its addresses there (`192.168.210.254/24`). */
export type RouterVlans = Record<number, string[]>;

const namespace = 'router';
const within = `ip netns exec ${namespace}`;
/** Of the router advertisement daemon: its settings, and its process. */
const advertising = '/run/radvd-test';

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

  async stop(): Promise<void> {
    await sh(
      this.host,
      `if [ -e ${advertising}.pid ]; then kill $(cat ${advertising}.pid); fi
       rm -f ${advertising}.*; ip netns del ${namespace}`,
    );
  }
}
