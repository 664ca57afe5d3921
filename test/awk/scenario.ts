import { routingScenarios } from './routingScenario';

/** What one program of the host script reads and prints. */
export interface Scenario {
  name: string;
  /** Parts of the host script, in the order in which they are joined. */
  parts: string[];
  /** Variables of the command line. */
  variables?: Record<string, string>;
  input: string;
  /** The text, or what it is like. */
  output: string;
  /** Exit status. Default: 0. */
  status?: number;
}

/** As iproute2 7.2 prints it on a host of the lab, shortened at the end of each part. */
const listedLinks = String.raw`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 allmulti 0 minmtu 0 maxmtu 0 numtxqueues 1 
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UNKNOWN mode DEFAULT group default qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 1500 addrgenmode eui64 parentbus platform parentdev uml-vector.0 
3: eth0.5@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1400 qdisc noqueue state UP mode DEFAULT group default qlen 1000\    link/ether 72:2b:7f:13:52:09 brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 0 maxmtu 65535 \    vlan protocol 802.1Q id 5 <REORDER_HDR> addrgenmode eui64 \    alias vlan-trunk\    altname plant
4: eth0.6@eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\    link/ether 72:2b:7f:13:52:09 brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 0 maxmtu 65535 \    vlan protocol 802.1ad id 6 <REORDER_HDR> addrgenmode eui64 \    alias vlan-trunk
5: eth0m@eth0: <BROADCAST,MULTICAST,UP,M-DOWN> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\    link/ether a2:23:1e:b0:fa:1d brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 65535 \    macvlan mode bridge bcqueuelen 1000 usedbcqueuelen 1000 addrgenmode eui64 
6: v9i@v9x: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\    link/ether 7a:a0:88:0c:18:bd brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 65535 \    ipvlan  mode l2 bridge addrgenmode eui64 
7: v9j@v9x: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\    link/ether 7a:a0:88:0c:18:bd brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 65535 \    ipvlan  mode l3s private addrgenmode eui64 
`;

const complete = '-- complete\n';

const vlanSpec = `owner p+s+t+192.0.2.1
parent eth0
vlan eth0.5 5 802.1Q 1400
address eth0.5 192.0.2.5/24
address eth0.5 2001:db8:5::5/64
route eth0.5 198.51.100.0/24 192.0.2.254 -
route eth0.5 2001:db8:77::/64 2001:db8:5::fe -
sysctl eth0.5 ipv6 accept_ra 0
vlan eth0.6 6 802.1ad -
sysctl eth0.6 ipv6 accept_ra 0
`;

const emptyHost = `link lo - - - 65536 up found
link eth0 - - - 1500 down found
address lo 127.0.0.1/8
address eth0 10.88.0.15/24
`;

const appliedHost = `link lo - - - 65536 up found
link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1400 up made
link eth0.6 eth0 vlan 6/802.1ad 1500 up made
address lo 127.0.0.1/8
address eth0 10.88.0.15/24
address eth0.5 192.0.2.5/24
address eth0.5 2001:db8:5::5/64
address eth0.5 fe80::1/64
sysctl eth0.5 ipv6 accept_ra 0
sysctl eth0.6 ipv6 accept_ra 0
route eth0.5 198.51.100.0/24 192.0.2.254 - static 0 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
route eth0.5 2001:db8:77::/64 2001:db8:5::fe - static 1024 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static metric 1024 pref medium
note p+s+t+192.0.2.1 eth0 down
note p+s+t+192.0.2.1 eth0.5 used
note p+s+t+192.0.2.1 eth0.6 used
note p+s+t+192.0.2.1 eth0.5 address 192.0.2.5/24
note p+s+t+192.0.2.1 eth0.5 address 2001:db8:5::5/64
note p+s+t+192.0.2.1 eth0.5 route 198.51.100.0/24
note p+s+t+192.0.2.1 eth0.5 route 2001:db8:77::/64
`;

/** As the owner's record names its links since it records what it made. */
const recordedHost = `${appliedHost}note p+s+t+192.0.2.1 eth0.5 made eth0/vlan/5
note p+s+t+192.0.2.1 eth0.6 made eth0/vlan/6
`;

/** After a boot at which Docker made both links anew. */
const remadeHost = `link lo - - - 65536 up found
link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1500 up found
link eth0.6 eth0 vlan 6/802.1Q 1500 up found
address lo 127.0.0.1/8
address eth0 10.88.0.15/24
address eth0.6 192.0.6.9/24
address eth0.6 fe80::1/64
sysctl eth0.5 ipv6 accept_ra 1
sysctl eth0.6 ipv6 accept_ra 1
${recordedHost.slice(recordedHost.indexOf('note'))}`;

/** Changed by hand: the parent down, one link changed, the other one gone. */
const driftedHost = `link lo - - - 65536 up found
link eth0 - - - 1500 down found
link eth0.5 eth0 vlan 5/802.1Q 1500 down found
address eth0 10.88.0.15/24
address eth0.5 192.0.2.5/24
sysctl eth0.5 ipv6 accept_ra 1
route eth0.5 198.51.100.0/24 192.0.2.1 - static 0 198.51.100.0/24 via 192.0.2.1 dev eth0.5 proto static
${recordedHost.slice(recordedHost.indexOf('note'))}`;

/** What plan.awk says to that. */
const driftedPlan = `note eth0.5 used
make link set dev eth0 up
note eth0 down
do link set dev eth0.5 alias vlan-trunk
do link set dev eth0.5 mtu 1400
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.5 accept_ra 0
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.5 up
do link set dev eth0.6 up
do addr add 2001:db8:5::5/64 dev eth0.5
do route replace 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`;

/** A trunk whose last link goes, on a parent that was down. */
const idleSpec = 'owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\n';
const idleHost = `link lo - - - 65536 up found
link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1500 up made
address lo 127.0.0.1/8
address eth0 10.88.0.15/24
note o eth0 down
note o eth0 had 10.88.0.15/24
note o eth0.5 used
note o eth0.5 made eth0/vlan/5
`;

const othersSpec = `owner p+s+t+192.0.2.1
parent eth0
vlan plant 5 802.1Q -
vlan eth0.6 6 802.1Q -
address plant 192.0.2.5/24
`;

const twoLinks = `link lo - - - 65536 up found
link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1400 up made
link eth0.6 eth0 vlan 6/802.1ad 1500 up made
address eth0.5 192.0.2.5/24
note p+s+t+192.0.2.1 eth0.5 used
note p+s+t+192.0.2.1 eth0.6 used
note p+s+t+192.0.2.1 eth0.5 address 192.0.2.5/24
`;

/** Of two links, one of which was there before. */
const ownRecord = `eth0 down
eth0.5 used
eth0.5 made eth0/vlan/5
eth0.6 used
eth0.9 used
`;

const shimSpec = (kind: string, mode: string) => `owner p+s+shim+t+192.0.2.1
parent eth0
shim eth0-shim ${kind} ${mode}
address eth0-shim 192.0.2.250/32
route eth0-shim 192.0.2.64/26 - 192.0.2.250
sysctl eth0-shim ipv4 arp_ignore 1
`;

const hostWithShims = `link lo - - - 65536 up found
link eth0 - - - 1500 up found
link eth0m eth0 macvlan bridge 1500 up found
link eth0i eth0 ipvlan l2/bridge 1500 up found
`;

const routedShim = `owner o
parent eth0.5
shim eth0.5-shim macvlan bridge
address eth0.5-shim 192.0.2.250/32
address eth0.5-shim 192.0.2.251/32
route eth0.5-shim 192.0.2.64/26 - 192.0.2.250
sysctl eth0.5-shim ipv4 arp_ignore 1
`;
const on = (spec: string, ...observations: string[]) => [spec, ...observations].join('--\n');
const routesOn = (spec: string, family: 'IPv4' | 'IPv6', listed: string) => `${spec}-- ${family}\n${listed}`;
const plan = ['spec', 'leaving', 'subnet', 'cutOff', 'plan'];

export const scenarios: Scenario[] = [
  {
    name: 'links of each kind',
    parts: ['observeLinks'],
    input: listedLinks + complete,
    output: `link lo - - - 65536 up found
link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1400 up made
link eth0.6 eth0 vlan 6/802.1ad 1500 down made
link eth0m eth0 macvlan bridge 1500 up found
link v9i v9x ipvlan l2/bridge 1500 down found
link v9j v9x ipvlan l3s/private 1500 down found
`,
  },
  {
    name: 'aliases that read like something else, and the name of a network namespace that does',
    parts: ['observeLinks'],
    input: String.raw`2: eth0: <BROADCAST,UP> mtu 1500 qdisc noop state UP qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff maxmtu 1500 addrgenmode eui64 \    alias  vlan protocol 802.1Q id 5
3: eth1: <BROADCAST,UP> mtu 1500 qdisc noop state UP qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff maxmtu 1500 \    alias \    vlan protocol 802.1Q id 5 mtu 9
4: eth2: <BROADCAST,UP> mtu 1500 qdisc noop state UP qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff maxmtu 1500 \    alias uplink, alias vlan-trunk
5: eth3: <BROADCAST,UP> mtu 1500 qdisc noop state UP qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff maxmtu 1500 \    alias vlan-trunk of the plant
6: eth4@if9: <BROADCAST,UP> mtu 1500 qdisc noop state UP qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff link-netns a vlan protocol 802.1Q id 5 promiscuity 0 maxmtu 65535 \    veth addrgenmode eui64 
7: eth5: <BROADCAST> mtu 1500 qdisc noop state DOWN qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff maxmtu 1500 \    alias two
lines macvlan mode vepa mtu 9 alias vlan-trunk
8: eth6: <BROADCAST> mtu 1500 qdisc noop master br0 state DOWN qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff maxmtu 1500 \    altname vlan-trunk
-- complete
`,
    output: `link eth0 - - - 1500 up foreign
link eth1 - - - 1500 up foreign
link eth2 - - - 1500 up foreign
link eth3 - - - 1500 up foreign
link eth4 if9 - - 1500 up found
link eth5 - - - 1500 down foreign
link eth6 - - - 1500 down found
port eth6 br0
`,
  },
  {
    name: 'each line that a controller sends is well-formed',
    parts: ['wellFormed'],
    input: `${vlanSpec}persist unit
persist networkd
persist networkmanager
confirm 90
parent eth0 declared
shim eth0-shim macvlan bridge
shim eth0-shim ipvlan l3s/private
route eth0-shim 192.0.2.64/26 - 192.0.2.250
`,
    output: '',
  },
  ...[
    '',
    'owner p+s+t evil',
    'owner ../../etc/passwd',
    'parent -eth0',
    'parent eth0;reboot',
    'confirm $(reboot)',
    'persist netplan',
    'vlan eth0.5 5 802.1Q 1400 alias x',
    'vlan eth0.5 5; 802.1Q -',
    'shim eth0-shim macvlan bridge peer',
    'address eth0.5 192.0.2.5/24/24',
    'address eth0.5 $(reboot)/24',
    'route eth0.5 198.51.100.0/24 192.0.2.254 - dev eth9',
    'sysctl eth0.5 ipv4 ../../../kernel/core_pattern 1',
    'sysctl ../eth0 ipv4 forwarding 1',
    'sysctl eth0.5 ipv4 forwarding |reboot',
    'vlan eth0.5\r 5 802.1Q -',
    '-- script',
  ].map((line) => ({
    name: `${JSON.stringify(line)} is not, and what follows is not printed`,
    parts: ['wellFormed'],
    input: `owner p+s+t\n${line}\nvlan\n`,
    output: `line 2: ${line}\n`,
  })),
  { name: 'links that ip failed to list', parts: ['observeLinks'], input: '-- failed\n', output: '', status: 1 },
  { name: 'no link at all', parts: ['observeLinks'], input: complete, output: '', status: 1 },
  {
    name: 'addresses, one with a label that reads like a flag',
    parts: ['observeAddresses'],
    input: String.raw`1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
2: eth0    inet 10.88.0.15/24 brd 10.88.0.255 scope global eth0 dadfailed\       valid_lft forever preferred_lft forever
2: eth0    inet 10.1.1.1 peer 10.1.1.2/32 scope global eth0\       valid_lft forever preferred_lft forever
2: eth0    inet6 2001:db8::1/64 scope global tentative \       valid_lft forever preferred_lft forever
2: eth0    inet6 2001:db8::2/64 scope global dadfailed tentative \       valid_lft forever preferred_lft forever
2: eth0    inet6 2001:db8::3/64 scope global dynamic mngtmpaddr proto kernel_ra \       valid_lft 86400sec preferred_lft 14400sec
-- complete
`,
    output: `address lo 127.0.0.1/8
address eth0 10.88.0.15/24
address eth0 10.1.1.1
address eth0 2001:db8::1/64 tentative
address eth0 2001:db8::2/64 tentative dadfailed
address eth0 2001:db8::3/64 advertised
`,
  },
  {
    name: 'addresses that ip failed to list half way',
    parts: ['observeAddresses'],
    input: String.raw`1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
-- failed
`,
    output: 'address lo 127.0.0.1/8\n',
    status: 1,
  },
  {
    name: 'IPv4 routes: ours, those to the same destination, and none of the million others',
    parts: ['observeRoutes'],
    input: routesOn(
      vlanSpec,
      'IPv4',
      `default via 10.88.0.1 dev eth0 
10.88.0.0/24 dev eth0 proto kernel scope link src 10.88.0.15 
192.0.2.0/24 dev eth0.5 proto kernel scope link src 192.0.2.5 
198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static linkdown 
198.51.100.0/24 via 10.88.0.1 dev eth0 proto dhcp metric 100 
198.51.100.0/24 tos 0x10 via 10.88.0.1 dev eth0 
203.0.113.7 via 192.0.2.9 dev eth0.5 src 192.0.2.5 expires 30sec 
203.0.113.128/25 proto static nexthop via 192.0.2.9 dev eth0.5 weight 1 nexthop via 192.0.2.8 dev eth0.6 weight 1 
blackhole 198.51.100.0/24 metric 5 
unreachable 203.0.113.0/27 
${complete}`,
    ),
    output: `route eth0.5 198.51.100.0/24 192.0.2.254 - static 0 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
route eth0 198.51.100.0/24 10.88.0.1 - dhcp 100 198.51.100.0/24 via 10.88.0.1 dev eth0 proto dhcp metric 100
route eth0 198.51.100.0/24 10.88.0.1 - - 0+tos 198.51.100.0/24 tos 0x10 via 10.88.0.1 dev eth0
route eth0.5 203.0.113.7/32 192.0.2.9 192.0.2.5 - 0 203.0.113.7/32 via 192.0.2.9 dev eth0.5 src 192.0.2.5
route blackhole 198.51.100.0/24 - - - 5 198.51.100.0/24 metric 5
`,
  },
  {
    name: 'IPv6 routes',
    parts: ['observeRoutes'],
    input: routesOn(
      vlanSpec,
      'IPv6',
      `2001:db8:5::/64 dev eth0.5 proto kernel metric 256 pref medium
2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static metric 1024 pref medium
2001:db8:77::/64 dev eth0 proto kernel metric 256 pref medium
default via fe80::1 dev eth0.6 proto ra metric 1024 expires 1799sec hoplimit 64 pref medium
2001:db8:9::7 dev eth0.5 metric 1024 dead pref medium
${complete}`,
    ),
    output: `route eth0.5 2001:db8:77::/64 2001:db8:5::fe - static 1024 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static metric 1024 pref medium
route eth0 2001:db8:77::/64 - - kernel 256 2001:db8:77::/64 dev eth0 proto kernel metric 256 pref medium
route eth0.6 ::/0 fe80::1 - ra 1024 ::/0 via fe80::1 dev eth0.6 proto ra metric 1024 hoplimit 64 pref medium
route eth0.5 2001:db8:9::7/128 - - - 1024 2001:db8:9::7/128 dev eth0.5 metric 1024 pref medium
`,
  },
  {
    name: 'routes that ip failed to list',
    parts: ['observeRoutes'],
    input: routesOn(vlanSpec, 'IPv4', '-- failed\n'),
    output: '',
    status: 1,
  },
  {
    name: 'routes of both families, of which ip failed to list the second',
    parts: ['observeRoutes'],
    input: routesOn(vlanSpec, 'IPv4', `default dev eth0.5 \n${complete}-- IPv6\n-- failed\n`),
    output: 'route eth0.5 0.0.0.0/0 - - - 0 0.0.0.0/0 dev eth0.5\n',
    status: 1,
  },
  {
    name: 'the default routes of both families',
    parts: ['observeRoutes'],
    input: routesOn(vlanSpec, 'IPv4', `default dev eth0.5 \n${complete}-- IPv6\ndefault dev eth0.5 \n${complete}`),
    output: 'route eth0.5 0.0.0.0/0 - - - 0 0.0.0.0/0 dev eth0.5\nroute eth0.5 ::/0 - - - 0 ::/0 dev eth0.5\n',
  },
  {
    name: 'a trunk on a host without any of it',
    parts: plan,
    input: on(vlanSpec, emptyHost),
    output: `make link set dev eth0 up
note eth0 down
note eth0 had 10.88.0.15/24
note eth0.5 used
note eth0.5 made eth0/vlan/5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1400
note eth0.6 used
note eth0.6 made eth0/vlan/6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.5 accept_ra 0
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.5 up
do link set dev eth0.6 up
do addr add 192.0.2.5/24 dev eth0.5
note eth0.5 address 192.0.2.5/24
do addr add 2001:db8:5::5/64 dev eth0.5
note eth0.5 address 2001:db8:5::5/64
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
note eth0.5 route 198.51.100.0/24
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
note eth0.5 route 2001:db8:77::/64
`,
  },
  {
    name: 'a trunk on a host that matches it',
    parts: plan,
    input: on(vlanSpec, appliedHost),
    output: `note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
note eth0.6 made eth0/vlan/6
`,
  },
  {
    name: "others' routes to the same destinations, of higher metrics and another type of service",
    parts: plan,
    input: on(
      vlanSpec,
      `${appliedHost}route eth0.5 198.51.100.0/24 192.0.2.9 - - 100 198.51.100.0/24 via 192.0.2.9 dev eth0.5 metric 100
route eth0 198.51.100.0/24 10.88.0.1 - dhcp 7 198.51.100.0/24 via 10.88.0.1 dev eth0 proto dhcp metric 7
route eth0 198.51.100.0/24 10.88.0.1 - - 0+tos 198.51.100.0/24 tos 0x10 via 10.88.0.1 dev eth0
route eth0.5 2001:db8:77::/64 2001:db8:5::9 - - 2048 2001:db8:77::/64 via 2001:db8:5::9 dev eth0.5 metric 2048
`,
    ),
    output: `note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
note eth0.6 made eth0/vlan/6
`,
  },
  {
    name: 'routes that come before ours, and one of the same metric',
    parts: plan,
    input: on(
      vlanSpec,
      `${appliedHost}route eth0 198.51.100.0/24 10.88.0.1 - - 0 198.51.100.0/24 via 10.88.0.1 dev eth0
route eth0.5 2001:db8:77::/64 2001:db8:5::9 - - 5 2001:db8:77::/64 via 2001:db8:5::9 dev eth0.5 metric 5
`,
    ),
    output: `problem 198.51.100.0/24 is already routed over eth0, declared is eth0.5
problem 2001:db8:77::/64 is already routed over eth0.5 with metric 5, declared is eth0.5
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
note eth0.6 made eth0/vlan/6
`,
  },
  {
    name: 'what contradicts: another VLAN ID, another name, MTUs, an address elsewhere, one that another machine has',
    parts: plan,
    input: on(
      vlanSpec.replace('1400', '9000'),
      `link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 7/802.1Q 1500 up found
link plant eth0 vlan 6/802.1ad 1500 up found
address eth0 192.0.2.5/32
address eth0.5 2001:db8:5::5/64 tentative dadfailed
`,
    ),
    output: `problem eth0.5 is already there as VLAN 7 (802.1Q) on eth0, declared is VLAN 5 (802.1Q) on eth0
problem eth0.5: MTU 9000 is above the 1500 of eth0
problem VLAN 6 (802.1ad) on eth0 is already there as plant, declared is eth0.6: give that interfaceName to use it
problem 192.0.2.5/24 is already on eth0 as 192.0.2.5/32, declared is eth0.5
problem 2001:db8:5::5/64 is taken by another machine on eth0.5
note eth0.5 used
note eth0.6 used
note eth0.6 made eth0/vlan/6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.6 up
do addr add 192.0.2.5/24 dev eth0.5
note eth0.5 address 192.0.2.5/24
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
note eth0.5 route 198.51.100.0/24
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
note eth0.5 route 2001:db8:77::/64
`,
  },
  {
    name: 'no such parent',
    parts: plan,
    variables: { action: 'check' },
    input: on(vlanSpec.replace('parent eth0', 'parent eth9'), emptyHost),
    output: 'problem there is no interface eth9 on this host, it has eth0\n',
  },
  {
    name: 'links that Docker made anew at boot: ours by the record, and the one of another protocol is replaced',
    parts: plan,
    input: on(vlanSpec, remadeHost),
    output: `warning eth0.6 was made anew by another program as VLAN 6 (802.1Q) on eth0, declared is VLAN 6 (802.1ad) on eth0: it is replaced
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
do link set dev eth0.5 alias vlan-trunk
do link set dev eth0.5 mtu 1400
note eth0.6 made eth0/vlan/6
make link del dev eth0.6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.5 accept_ra 0
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.6 up
do addr add 192.0.6.9/24 dev eth0.6
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'links made anew on which others sit, one of them in a container',
    parts: plan,
    input: on(
      vlanSpec.replace('5 802.1Q', '5 802.1ad'),
      `${remadeHost}link eth0.6m eth0.6 macvlan bridge 1500 up foreign\nchild eth0.5 eth0 macvlan\nchild eth0.5 net1 ipvlan\n`,
    ),
    output: `problem eth0.5 was made anew as VLAN 5 (802.1Q) on eth0, declared is VLAN 5 (802.1ad) on eth0: remove what sits on it, which is macvlan eth0 in another network namespace, ipvlan net1 in another network namespace
problem eth0.6 was made anew as VLAN 6 (802.1Q) on eth0, declared is VLAN 6 (802.1ad) on eth0: remove what sits on it, which is eth0.6m
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
make link del dev eth0.5
make link add link eth0 name eth0.5 type vlan protocol 802.1ad id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1400
note eth0.6 made eth0/vlan/6
make link del dev eth0.6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.5 accept_ra 0
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.5 up
do link set dev eth0.6 up
do addr add 192.0.6.9/24 dev eth0.6
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'links made anew where no record names what made them',
    parts: plan,
    input: on(vlanSpec, remadeHost.replace(/^note .* made .*\n/gm, '')),
    output: `problem eth0.5 was not made by vlan-trunk and has MTU 1500, declared is 1400: leave mtu out to use it as it is
problem eth0.6 is already there as VLAN 6 (802.1Q) on eth0, declared is VLAN 6 (802.1ad) on eth0
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'the same at a check, which reports it as drift',
    parts: plan,
    variables: { action: 'check' },
    input: on(vlanSpec, remadeHost),
    output: `drift eth0.6 link VLAN 6 (802.1ad) on eth0 -- VLAN 6 (802.1Q) on eth0
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
do link set dev eth0.5 alias vlan-trunk
do link set dev eth0.5 mtu 1400
note eth0.6 made eth0/vlan/6
make link del dev eth0.6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.5 accept_ra 0
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.6 up
do addr add 192.0.6.9/24 dev eth0.6
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'links made anew on which others sit, one of them in a container',
    parts: plan,
    variables: { action: 'check' },
    input: on(
      vlanSpec.replace('5 802.1Q', '5 802.1ad'),
      `${remadeHost}link eth0.6m eth0.6 macvlan bridge 1500 up foreign\nchild eth0.5 eth0 macvlan\nchild eth0.5 net1 ipvlan\n`,
    ),
    output: `problem eth0.5 was made anew as VLAN 5 (802.1Q) on eth0, declared is VLAN 5 (802.1ad) on eth0: remove what sits on it, which is macvlan eth0 in another network namespace, ipvlan net1 in another network namespace
problem eth0.6 was made anew as VLAN 6 (802.1Q) on eth0, declared is VLAN 6 (802.1ad) on eth0: remove what sits on it, which is eth0.6m
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
make link del dev eth0.5
make link add link eth0 name eth0.5 type vlan protocol 802.1ad id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1400
note eth0.6 made eth0/vlan/6
make link del dev eth0.6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.5 accept_ra 0
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.5 up
do link set dev eth0.6 up
do addr add 192.0.6.9/24 dev eth0.6
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'links made anew where no record names what made them',
    parts: plan,
    variables: { action: 'check' },
    input: on(vlanSpec, remadeHost.replace(/^note .* made .*\n/gm, '')),
    output: `problem eth0.5 was not made by vlan-trunk and has MTU 1500, declared is 1400: leave mtu out to use it as it is
problem eth0.6 is already there as VLAN 6 (802.1Q) on eth0, declared is VLAN 6 (802.1ad) on eth0
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'a link that another program made in place of ours, with another VLAN ID, is replaced; one that another program labelled is not',
    parts: plan,
    input: on(
      vlanSpec,
      remadeHost.replace('vlan 5/', 'vlan 7/').replace('6/802.1Q 1500 up found', '6/802.1ad 1500 up foreign'),
    ),
    output: `warning eth0.5 was made anew by another program as VLAN 7 (802.1Q) on eth0, declared is VLAN 5 (802.1Q) on eth0: it is replaced
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
make link del dev eth0.5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1400
set ipv6 eth0.5 accept_ra 0
do link set dev eth0.5 up
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'a link that another program made in place of ours, with another VLAN ID, is refused at a boot',
    parts: plan,
    variables: { action: 'restore' },
    input: on('owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\n', remadeHost.replace('vlan 5/', 'vlan 7/')),
    output: `problem eth0.5 is already there as VLAN 7 (802.1Q) on eth0, declared is VLAN 5 (802.1Q) on eth0: another program made it in place of ours
note eth0.5 used
`,
  },
  {
    name: 'a link that another program made in place of ours, with another VLAN ID, on another parent, and uses',
    parts: plan,
    input: on(
      vlanSpec,
      remadeHost.replace('vlan 5/', 'vlan 7/').replace('eth0.6 eth0 vlan', 'eth0.6 eth1 vlan') +
        'address eth0.5 198.51.100.9/24\naddress eth0.5 2001:db8:7::9/64 advertised\n',
    ),
    output: `problem eth0.5 was made anew as VLAN 7 (802.1Q) on eth0, declared is VLAN 5 (802.1Q) on eth0: remove what sits on it, which is 198.51.100.9/24
problem eth0.6 was made anew as VLAN 6 (802.1Q) on eth1, declared is VLAN 6 (802.1ad) on eth0: remove what sits on it, which is 192.0.6.9/24
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 address 192.0.2.5/24
note eth0.5 address 2001:db8:5::5/64
note eth0.5 route 198.51.100.0/24
note eth0.5 route 2001:db8:77::/64
note eth0.5 made eth0/vlan/5
make link del dev eth0.5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1400
note eth0.6 made eth0/vlan/6
make link del dev eth0.6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
set ipv6 eth0.5 accept_ra 0
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.5 up
do link set dev eth0.6 up
do addr add 192.0.6.9/24 dev eth0.6
do addr add 198.51.100.9/24 dev eth0.5
do addr add 192.0.2.5/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route add 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
do route add 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static
`,
  },
  {
    name: 'a parent that another owner found down',
    parts: plan,
    input: on(
      'owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\n',
      'link eth0 - - - 1500 up found\nnote q eth0 down\nnote q eth0 had 192.0.9.1/24\naddress eth0 192.0.9.1/24\naddress eth0 192.0.9.2/24\n',
    ),
    output: `note eth0 down
note eth0 had 192.0.9.1/24
note eth0.5 used
note eth0.5 made eth0/vlan/5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1500
do link set dev eth0.5 up
`,
  },
  {
    name: 'a link that the record of another owner names as made',
    parts: plan,
    input: on(
      'owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\n',
      'link eth0 - - - 1500 up found\nlink eth0.5 eth0 vlan 5/802.1Q 1500 up found\nnote q eth0.5 made eth0/vlan/5\n',
    ),
    output: `note eth0.5 used
note eth0.5 made eth0/vlan/5
do link set dev eth0.5 alias vlan-trunk
`,
  },
  {
    name: 'addresses and routes in subnets of other links',
    parts: plan,
    variables: { peer: '10.88.0.1' },
    input: on(
      `owner o
parent eth0
vlan eth0.5 5 802.1Q -
vlan eth0.6 6 802.1Q -
address eth0.5 10.88.0.99/24
address eth0.5 172.17.128.1/17
address eth0.5 10.0.0.1/8
address eth0.5 2001:db8::1/127
address eth0.5 192.0.6.1/25
address eth0.6 192.0.6.2/24
route eth0.6 172.17.3.0/24 192.0.6.9 -
route eth0.5 192.0.6.192/26 192.0.6.9 -
`,
      `link eth0 - - - 1500 up found
link docker0 - - - 1500 down found
address eth0 10.88.0.15/24
address eth0 10.88.0.16/24
address eth0 10.9.9.9/32
address eth0 fe80::15/64
address eth0 2001:db8::15/64
address docker0 172.17.0.1/16
`,
    ),
    output: `problem 10.88.0.99/24 on eth0.5 holds 10.88.0.1, from where this host is reached: it could be cut off
problem 10.88.0.99/24 on eth0.5 overlaps 10.88.0.15/24 of eth0
problem 172.17.128.1/17 on eth0.5 overlaps 172.17.0.1/16 of docker0
problem 10.0.0.1/8 on eth0.5 holds 10.88.0.1, from where this host is reached: it could be cut off
problem 10.0.0.1/8 on eth0.5 overlaps 10.88.0.15/24 of eth0
problem 2001:db8::1/127 on eth0.5 overlaps 2001:db8::15/64 of eth0
problem 192.0.6.1/25 on eth0.5 overlaps 192.0.6.2/24 of eth0.6
problem 172.17.3.0/24 over eth0.6 lies in 172.17.0.1/16 of docker0
problem 192.0.6.192/26 over eth0.5 lies in 192.0.6.2/24 of eth0.6
note eth0.5 used
note eth0.5 made eth0/vlan/5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1500
note eth0.6 used
note eth0.6 made eth0/vlan/6
make link add link eth0 name eth0.6 type vlan protocol 802.1Q id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
do link set dev eth0.5 up
do link set dev eth0.6 up
do addr add 10.88.0.99/24 dev eth0.5
note eth0.5 address 10.88.0.99/24
do addr add 172.17.128.1/17 dev eth0.5
note eth0.5 address 172.17.128.1/17
do addr add 10.0.0.1/8 dev eth0.5
note eth0.5 address 10.0.0.1/8
do addr add 2001:db8::1/127 dev eth0.5
note eth0.5 address 2001:db8::1/127
do addr add 192.0.6.1/25 dev eth0.5
note eth0.5 address 192.0.6.1/25
do addr add 192.0.6.2/24 dev eth0.6
note eth0.6 address 192.0.6.2/24
do route add 172.17.3.0/24 via 192.0.6.9 dev eth0.6 proto static
note eth0.6 route 172.17.3.0/24
do route add 192.0.6.192/26 via 192.0.6.9 dev eth0.5 proto static
note eth0.5 route 192.0.6.192/26
`,
  },
  {
    name: 'addresses and routes that take nothing from other links',
    parts: plan,
    input: on(
      `owner o
parent eth0
vlan eth0.5 5 802.1Q -
address eth0.5 10.88.0.99/32
address eth0.5 10.88.1.1/24
address eth0.5 fe80::15/64
address eth0.5 2001:db8::99/128
address eth0.5 2001:db8:0:1::1/64
route eth0.5 0.0.0.0/0 10.88.1.9 -
route eth0.5 10.88.0.0/16 10.88.1.9 -
route eth0.5 10.88.1.128/25 10.88.1.9 -
`,
      `link eth0 - - - 1500 up found
link docker0 - - - 1500 down found
address eth0 10.88.0.15/24
address eth0 10.88.0.16/24
address eth0 10.9.9.9/32
address eth0 fe80::15/64
address eth0 2001:db8::15/64
address docker0 172.17.0.1/16
`,
    ),
    output: `note eth0.5 used
note eth0.5 made eth0/vlan/5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1500
do link set dev eth0.5 up
do addr add 10.88.0.99/32 dev eth0.5
note eth0.5 address 10.88.0.99/32
do addr add 10.88.1.1/24 dev eth0.5
note eth0.5 address 10.88.1.1/24
do addr add fe80::15/64 dev eth0.5
note eth0.5 address fe80::15/64
do addr add 2001:db8::99/128 dev eth0.5
note eth0.5 address 2001:db8::99/128
do addr add 2001:db8:0:1::1/64 dev eth0.5
note eth0.5 address 2001:db8:0:1::1/64
do route add 0.0.0.0/0 via 10.88.1.9 dev eth0.5 proto static
note eth0.5 route 0.0.0.0/0
do route add 10.88.0.0/16 via 10.88.1.9 dev eth0.5 proto static
note eth0.5 route 10.88.0.0/16
do route add 10.88.1.128/25 via 10.88.1.9 dev eth0.5 proto static
note eth0.5 route 10.88.1.128/25
`,
  },
  {
    name: 'a subnet that is there already, one that was and must be put back, and one of another VLAN that is declared no more',
    parts: plan,
    variables: { peer: '10.88.0.1' },
    input: on(
      `owner o
parent eth0
vlan eth0.5 5 802.1Q -
address eth0.5 10.88.0.99/24
address eth0.5 10.88.0.98/24
address eth0.5 2001:db8::1/64
address eth0.5 192.0.7.1/24
route eth0.5 172.17.3.0/24 10.88.0.9 -
`,
      `link eth0 - - - 1500 up found
link docker0 - - - 1500 down found
address eth0 10.88.0.15/24
address eth0 10.88.0.16/24
address eth0 10.9.9.9/32
address eth0 fe80::15/64
address eth0 2001:db8::15/64
address docker0 172.17.0.1/16
link eth0.5 eth0 vlan 5/802.1Q 1500 up made
link eth0.7 eth0 vlan 7/802.1Q 1500 up made
address eth0.5 10.88.0.99/24
address eth0.7 192.0.7.1/24
note o eth0.5 used
note o eth0.5 address 10.88.0.99/24
note o eth0.5 address 2001:db8::1/64
note o eth0.5 route 172.17.3.0/24
note o eth0.7 used
`,
    ),
    output: `note eth0.5 used
note eth0.5 address 10.88.0.99/24
note eth0.5 address 2001:db8::1/64
note eth0.5 route 172.17.3.0/24
note eth0.7 used
note eth0.7 departs
note eth0.5 made eth0/vlan/5
do addr add 10.88.0.98/24 dev eth0.5
note eth0.5 address 10.88.0.98/24
do addr add 2001:db8::1/64 dev eth0.5
do addr add 192.0.7.1/24 dev eth0.5
note eth0.5 address 192.0.7.1/24
do route add 172.17.3.0/24 via 10.88.0.9 dev eth0.5 proto static
`,
  },
  {
    name: 'a subnet of another VLAN that another owner uses too',
    parts: plan,
    input: on(
      `owner o
parent eth0
vlan eth0.5 5 802.1Q -
address eth0.5 192.0.7.2/24
`,
      `link eth0 - - - 1500 up found
link docker0 - - - 1500 down found
address eth0 10.88.0.15/24
address eth0 10.88.0.16/24
address eth0 10.9.9.9/32
address eth0 fe80::15/64
address eth0 2001:db8::15/64
address docker0 172.17.0.1/16
link eth0.7 eth0 vlan 7/802.1Q 1500 up made
address eth0.7 192.0.7.1/24
note o eth0.7 used
note q eth0.7 used
`,
    ),
    output: `problem 192.0.7.2/24 on eth0.5 overlaps 192.0.7.1/24 of eth0.7
note eth0.7 used
note eth0.7 departs
note eth0.5 used
note eth0.5 made eth0/vlan/5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1500
do link set dev eth0.5 up
do addr add 192.0.7.2/24 dev eth0.5
note eth0.5 address 192.0.7.2/24
`,
  },
  {
    name: 'a shim whose routes lie in the subnet of its parent, and one in that of another link',
    parts: plan,
    input: on(
      shimSpec('macvlan', 'bridge'),
      `${hostWithShims}link eth1 - - - 1500 up found
address eth0 192.0.2.1/24
address eth1 192.0.2.2/25
`,
    ),
    output: `problem 192.0.2.64/26 over eth0-shim lies in 192.0.2.2/25 of eth1
note eth0-shim used
note eth0-shim made eth0/macvlan/bridge
make link add link eth0 name eth0-shim type macvlan mode bridge 
make link set dev eth0-shim alias vlan-trunk
make link set dev eth0-shim mtu 1500
set ipv4 eth0-shim arp_ignore 1
do link set dev eth0-shim up
do addr add 192.0.2.250/32 dev eth0-shim
note eth0-shim address 192.0.2.250/32
do route add 192.0.2.64/26 dev eth0-shim proto static src 192.0.2.250
note eth0-shim route 192.0.2.64/26
`,
  },
  {
    name: 'a macvlan shim, over a route that holds where we come from',
    parts: plan,
    variables: { peer: '192.0.2.100' },
    input: on(shimSpec('macvlan', 'bridge'), hostWithShims),
    output: `problem 192.0.2.64/26 over eth0-shim holds 192.0.2.100, from where this host is reached: it could be cut off
note eth0-shim used
note eth0-shim made eth0/macvlan/bridge
make link add link eth0 name eth0-shim type macvlan mode bridge 
make link set dev eth0-shim alias vlan-trunk
make link set dev eth0-shim mtu 1500
set ipv4 eth0-shim arp_ignore 1
do link set dev eth0-shim up
do addr add 192.0.2.250/32 dev eth0-shim
note eth0-shim address 192.0.2.250/32
do route add 192.0.2.64/26 dev eth0-shim proto static src 192.0.2.250
note eth0-shim route 192.0.2.64/26
`,
  },
  {
    name: 'a macvlan shim, whose route begins right after where we come from',
    parts: plan,
    variables: { peer: '192.0.2.63' },
    input: on('owner o\nparent eth0\nroute eth0 192.0.2.64/26 - -\nroute eth0 2001:db8::8000/114 - -\n', hostWithShims),
    output: `do route add 192.0.2.64/26 dev eth0 proto static
note eth0 route 192.0.2.64/26
do route add 2001:db8::8000/114 dev eth0 proto static
note eth0 route 2001:db8::8000/114
`,
  },
  {
    name: 'an IPv6 route that holds where we come from',
    parts: plan,
    variables: { peer: '2001:db8::bfff' },
    input: on('owner o\nparent eth0\nroute eth0 2001:db8::8000/114 - -\n', hostWithShims),
    output: `problem 2001:db8::8000/114 over eth0 holds 2001:db8::bfff, from where this host is reached: it could be cut off
do route add 2001:db8::8000/114 dev eth0 proto static
note eth0 route 2001:db8::8000/114
`,
  },
  {
    name: 'an ipvlan shim in another mode than the one that is there',
    parts: plan,
    input: on(shimSpec('ipvlan', 'l3s/private'), hostWithShims),
    output: `problem eth0-shim: eth0i is already there as ipvlan l2 bridge on eth0, and all ipvlan of one parent have one mode
note eth0-shim used
note eth0-shim made eth0/ipvlan/l3s/private
make link add link eth0 name eth0-shim type ipvlan mode l3s private
make link set dev eth0-shim alias vlan-trunk
make link set dev eth0-shim mtu 1500
set ipv4 eth0-shim arp_ignore 1
do link set dev eth0-shim up
do addr add 192.0.2.250/32 dev eth0-shim
note eth0-shim address 192.0.2.250/32
do route add 192.0.2.64/26 dev eth0-shim proto static src 192.0.2.250
note eth0-shim route 192.0.2.64/26
`,
  },
  {
    name: 'our links that become others by name, ID or protocol: they go before',
    parts: plan,
    variables: { action: 'apply' },
    input: on(othersSpec, twoLinks),
    output: `note eth0.6 used
make link del dev eth0.5
make link del dev eth0.6
note plant used
note plant made eth0/vlan/5
make link add link eth0 name plant type vlan protocol 802.1Q id 5
make link set dev plant alias vlan-trunk
make link set dev plant mtu 1500
note eth0.6 made eth0/vlan/6
make link add link eth0 name eth0.6 type vlan protocol 802.1Q id 6
make link set dev eth0.6 alias vlan-trunk
make link set dev eth0.6 mtu 1500
do link set dev plant up
do link set dev eth0.6 up
do addr add 192.0.2.5/24 dev plant
note plant address 192.0.2.5/24
`,
  },
  {
    name: 'a link that becomes another one while something sits on it',
    parts: plan,
    variables: { action: 'apply' },
    input: on(othersSpec, `${twoLinks}link mv0 eth0.6 macvlan bridge 1500 up found\nchild eth0.5 eth1 macvlan\n`),
    output: expect.stringMatching(
      /^problem eth0\.5 is declared as another link: remove what sits on it, which is macvlan eth1 in another network namespace\nproblem eth0\.6 is declared as another link: remove what sits on it, which is mv0\nnote /,
    ) as string,
  },
  {
    name: 'a check of the same, while the program still has to remove that',
    parts: plan,
    variables: { action: 'check' },
    input: on(othersSpec, `${twoLinks}link mv0 eth0.6 macvlan bridge 1500 up found\n`),
    output: expect.not.stringContaining('problem') as string,
  },
  {
    name: 'a look at a link that becomes another one, and that another owner uses: it stays',
    parts: plan,
    variables: { action: 'check' },
    input: on(othersSpec.replace(/^vlan eth0.*\n/m, ''), `${twoLinks}note q+s+t+192.0.2.1 eth0.5 used\n`),
    output: `problem VLAN 5 (802.1Q) on eth0 is already there as eth0.5, declared is plant: give that interfaceName to use it
problem 192.0.2.5/24 is already on eth0.5, declared is plant
note eth0.5 used
note eth0.5 departs
note eth0.6 used
note eth0.6 departs
note eth0.5 address 192.0.2.5/24
note plant used
note plant made eth0/vlan/5
make link add link eth0 name plant type vlan protocol 802.1Q id 5
make link set dev plant alias vlan-trunk
make link set dev plant mtu 1500
do link set dev plant up
do addr add 192.0.2.5/24 dev plant
note plant address 192.0.2.5/24
`,
  },
  {
    name: 'what is declared no more goes, routes first',
    parts: plan,
    input: on(vlanSpec.replace(/^(address|route) .*\n/gm, ''), appliedHost),
    output: `do route del 198.51.100.0/24 dev eth0.5
do route del 2001:db8:77::/64 dev eth0.5 metric 1024
do addr del 192.0.2.5/24 dev eth0.5
do addr del 2001:db8:5::5/64 dev eth0.5
note eth0 down
note eth0.5 used
note eth0.6 used
note eth0.5 made eth0/vlan/5
note eth0.6 made eth0/vlan/6
`,
  },
  {
    name: 'the removal of one VLAN',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on('owner p+s+t+192.0.2.1\nparent eth0\nvlan eth0.5 5 802.1Q -\n', appliedHost),
    output: `do link del dev eth0.5
note eth0 down
note eth0.6 used
`,
  },
  {
    name: 'the removal of the last VLANs, one of which was there before and one of which another owner uses',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(vlanSpec, `${appliedHost.replace('1400 up made', '1400 up found')}note q+s+t+192.0.2.1 eth0.6 used\n`),
    output: `do route del 198.51.100.0/24 dev eth0.5
do route del 2001:db8:77::/64 dev eth0.5 metric 1024
note eth0 down
do addr del 192.0.2.5/24 dev eth0.5
do addr del 2001:db8:5::5/64 dev eth0.5
`,
  },
  {
    name: 'the removal of links that Docker made anew, one of them with another VLAN ID',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(vlanSpec, remadeHost.replace('vlan 6/', 'vlan 7/')),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'the links of which more must be observed, before a removal',
    parts: ['spec', 'leaving', 'askedLinks'],
    variables: { action: 'remove' },
    input: on(vlanSpec, `${remadeHost}note p+s+t+192.0.2.1 eth0.5 down\n`),
    output: `children eth0.5
children eth0.6
children eth0
routes eth0
arrival
`,
  },
  {
    name: 'the links of which more must be observed, before anything else',
    parts: ['spec', 'leaving', 'askedLinks'],
    variables: { action: 'check' },
    input: on(vlanSpec, remadeHost),
    output: `children eth0.6
arrival
`,
  },
  {
    name: 'the links of which more must be observed, before an apply that makes others of them',
    parts: ['spec', 'leaving', 'askedLinks'],
    variables: { action: 'apply' },
    input: on(othersSpec, twoLinks),
    output: `children eth0.6
children eth0.5
arrival
`,
  },
  ...(['remove', 'sweep'] as const).map((action) => ({
    name: `what a record names, to ${action}`,
    parts: ['recordedSpec'],
    variables: { action, owner: 'p+s+t' },
    input: `eth0 down
eth0 had 10.88.0.15/24
eth0.5 used
eth0.5 made eth0/vlan/5
eth0.6 used
eth0.6 departs
eth0.6 address 192.0.6.1/24
`,
    output: `owner p+s+t
parent eth0
${action === 'remove' ? 'vlan eth0.5 - - -\n' : ''}vlan eth0.6 - - -
`,
  })),
  {
    name: 'links in containers, and veth ends that name an index too',
    parts: ['observeChildren'],
    input: String.raw`eth0.50 4
vt0 7
--
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0
5: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP qlen 0\    link/ether 02:99:84:e2:15:23 brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 0 \    macvlan mode bridge bcqueuelen 1000 
6: mv1@if4: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN qlen 1000\    link/ether b2:03:d1:89:44:ad brd ff:ff:ff:ff:ff:ff link-netns host promiscuity 0 \    ipvlan  mode l2 bridge 
8: eth1@if7: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN qlen 1000\    link/ether b2:03:d1:89:44:ad brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 0 \    veth addrgenmode eui64 
9: eth2@if9: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN qlen 1000\    link/ether b2:03:d1:89:44:ad brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 0 \    macvlan mode bridge 
7: eth3@if4: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN qlen 1000\    link/ether b2:03:d1:89:44:ad brd ff:ff:ff:ff:ff:ff promiscuity 0 \    macvlan mode bridge 
`,
    output: `child eth0.50 eth0 macvlan
child eth0.50 mv1 ipvlan
`,
  },
  {
    name: 'a parent that was down stays up: a VLAN of others',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(idleSpec, `${idleHost}link eth0.9 eth0 vlan 9/802.1Q 1500 up found\n`),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'a parent that was down stays up: a container',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(idleSpec, `${idleHost}child eth0 eth0 macvlan\n`),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'a parent that was down stays up: a bridge',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(idleSpec, `${idleHost}port eth0 br0\n`),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'a parent that was down stays up: our own way in',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(idleSpec, `${idleHost}arrival eth0\n`),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'a parent that was down stays up: an address of others',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(idleSpec, `${idleHost}address eth0 192.0.9.9/24\n`),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'a parent that was down stays up: a route of others',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(
      idleSpec,
      `${idleHost}route eth0 203.0.113.0/24 - - static 100 203.0.113.0/24 dev eth0 proto static metric 100\n`,
    ),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'a parent that was down goes down: advertised addresses, routes of the kernel, links that are down and the other end of a veth do not count',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(
      idleSpec,
      `${idleHost}link eth0.9 eth0 vlan 9/802.1Q 1500 down found
address eth0 fe80::1/64
address eth0 2001:db8::7/64 advertised
route eth0 192.0.9.0/24 - - kernel 0 192.0.9.0/24 dev eth0 proto kernel
route eth0 ::/0 fe80::9 - ra 1024 ::/0 via fe80::9 dev eth0 proto ra
`
        .replace('link eth0 -', 'link eth0 eth0x')
        .replace('link lo', 'link eth0x eth0 - - 1500 up found\nlink lo'),
    ),
    output: `do link del dev eth0.5
do link set dev eth0 down
`,
  },
  {
    name: 'a parent that was down, and that another owner has to set down',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(
      idleSpec,
      `${idleHost}link eth0.9 eth0 vlan 9/802.1Q 1500 up made\nnote q eth0.9 used\nnote q eth0 down\n`,
    ),
    output: `do link del dev eth0.5
`,
  },
  {
    name: 'a parent that was down, and on which another owner has a link',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(idleSpec, `${idleHost}link eth0.9 eth0 vlan 9/802.1Q 1500 up made\nnote q eth0.9 used\n`),
    output: `do link del dev eth0.5
note eth0 down
note eth0 had 10.88.0.15/24
`,
  },
  {
    name: 'adopted links that were down: one goes down, one that others use stays up, and with it the parent',
    parts: ['spec', 'subnet', 'cutOff', 'removal'],
    input: on(
      vlanSpec,
      `${appliedHost.replaceAll('made', 'found')}address eth0.6 192.0.6.9/24
note p+s+t+192.0.2.1 eth0.5 down
note p+s+t+192.0.2.1 eth0.6 down
`,
    ),
    output: `do route del 198.51.100.0/24 dev eth0.5
do route del 2001:db8:77::/64 dev eth0.5 metric 1024
do addr del 192.0.2.5/24 dev eth0.5
do addr del 2001:db8:5::5/64 dev eth0.5
do link set dev eth0.5 down
`,
  },
  {
    name: 'undoing all of a trunk',
    parts: ['spec', 'subnet', 'cutOff', 'undo'],
    input: on(vlanSpec, emptyHost, appliedHost),
    output: `do link del dev eth0.5
do link del dev eth0.6
do link set dev eth0 down
`,
  },
  {
    name: "undoing a change: others' routes of two metrics come back, what another owner came to use stays",
    parts: ['spec', 'subnet', 'cutOff', 'undo'],
    input: on(
      vlanSpec,
      `${appliedHost}route eth0.5 203.0.113.0/24 192.0.2.9 - - 0 203.0.113.0/24 via 192.0.2.9 dev eth0.5
route eth0.5 203.0.113.0/24 192.0.2.8 - - 100 203.0.113.0/24 via 192.0.2.8 dev eth0.5 metric 100
`,
      `link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1300 down made
link eth0.6 eth0 vlan 6/802.1ad 1500 up made
address eth0 10.88.0.15/24
address eth0.5 192.0.2.5/24
address eth0.5 192.0.2.6/24
address eth0.5 192.0.2.7/24
sysctl eth0.5 ipv6 accept_ra 1
route eth0.5 198.51.100.0/24 192.0.2.254 - static 0 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
route eth0.5 203.0.113.128/25 192.0.2.9 - static 0 203.0.113.128/25 via 192.0.2.9 dev eth0.5 proto static
route eth0.5 2001:db8:78::/64 - - static 1024 2001:db8:78::/64 dev eth0.5 proto static metric 1024
note q+s+t+192.0.2.1 eth0.5 used
note q+s+t+192.0.2.1 eth0.5 address 192.0.2.7/24
`,
    ),
    output: `do link set dev eth0.5 mtu 1400
do link set dev eth0.5 up
set ipv6 eth0.5 accept_ra 0
do route del 203.0.113.128/25 dev eth0.5
do route del 2001:db8:78::/64 dev eth0.5 metric 1024
do addr del 192.0.2.6/24 dev eth0.5
do addr add 2001:db8:5::5/64 dev eth0.5
do route replace 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static metric 1024 pref medium
do route replace 203.0.113.0/24 via 192.0.2.9 dev eth0.5
do route replace 203.0.113.0/24 via 192.0.2.8 dev eth0.5 metric 100
`,
  },
  {
    name: 'undoing the replacement of a link that Docker had made anew, and one that got no farther than its removal',
    parts: ['spec', 'subnet', 'cutOff', 'undo'],
    input: on(
      vlanSpec.replace('5 802.1Q', '5 802.1ad'),
      `${remadeHost}route eth0.6 203.0.113.0/24 192.0.6.1 - - 0 203.0.113.0/24 via 192.0.6.1 dev eth0.6
`,
      `link eth0 - - - 1500 up found
link eth0.6 eth0 vlan 6/802.1ad 1500 down made
address eth0.6 192.0.6.9/24
route eth0.6 203.0.113.0/24 192.0.6.1 - - 0 203.0.113.0/24 via 192.0.6.1 dev eth0.6
`,
    ),
    output: `do link del dev eth0.6
do link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
do link set dev eth0.5 mtu 1500
do link set dev eth0.5 up
do link add link eth0 name eth0.6 type vlan protocol 802.1Q id 6
do link set dev eth0.6 mtu 1500
do link set dev eth0.6 up
do addr add 10.88.0.15/24 dev eth0
do addr add 192.0.6.9/24 dev eth0.6
do route replace 203.0.113.0/24 via 192.0.6.1 dev eth0.6
`,
  },
  {
    name: 'undoing links that became others by name, ID and parent',
    parts: ['spec', 'subnet', 'cutOff', 'undo'],
    input: on(
      othersSpec,
      `${twoLinks}route eth0.5 203.0.113.0/24 192.0.2.9 - - 0 203.0.113.0/24 via 192.0.2.9 dev eth0.5
`,
      `link eth0 - - - 1500 up found
link eth0.6 eth0 vlan 7/802.1Q 1500 up made
link plant eth0 vlan 5/802.1Q 1500 up made
`,
    ),
    output: `do link del dev eth0.6
do link del dev plant
do link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5
do link set dev eth0.5 alias vlan-trunk
do link set dev eth0.5 mtu 1400
do link set dev eth0.5 up
do link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
do link set dev eth0.6 alias vlan-trunk
do link set dev eth0.6 mtu 1500
do link set dev eth0.6 up
do addr add 192.0.2.5/24 dev eth0.5
do route replace 203.0.113.0/24 via 192.0.2.9 dev eth0.5
`,
  },
  {
    name: 'undoing a trunk, while another owner came to use its parent',
    parts: ['spec', 'subnet', 'cutOff', 'undo'],
    input: on(
      vlanSpec,
      emptyHost,
      `${appliedHost}link eth0.9 eth0 vlan 9/802.1Q 1500 up made\nnote q+s+t+192.0.2.1 eth0.9 used\n`,
    ),
    output: `do link del dev eth0.5
do link del dev eth0.6
`,
  },
  {
    name: "others' routes that the kernel took with our address",
    parts: ['spec', 'giveBack'],
    input: on(
      vlanSpec,
      `${appliedHost}route eth0.5 203.0.113.0/24 192.0.2.9 192.0.2.5 - 0 203.0.113.0/24 via 192.0.2.9 dev eth0.5 src 192.0.2.5
route eth0.5 198.51.100.0/24 192.0.2.9 - - 50 198.51.100.0/24 via 192.0.2.9 dev eth0.5 metric 50
route eth0.6 203.0.113.0/24 - - ra 0 203.0.113.0/24 dev eth0.6 proto ra
`,
      `link eth0.5 eth0 vlan 5/802.1Q 1400 up found
link eth0.6 eth0 vlan 6/802.1ad 1500 up found
`,
    ),
    output: `do route replace 203.0.113.0/24 via 192.0.2.9 dev eth0.5 src 192.0.2.5
do route replace 198.51.100.0/24 via 192.0.2.9 dev eth0.5 metric 50
`,
  },
  {
    name: 'what a rollback must bring back',
    parts: ['spec', 'facts'],
    input: on(vlanSpec, appliedHost),
    output: `link eth0 - - - 1500 up
link eth0.5 eth0 vlan 5/802.1Q 1400 up
link eth0.6 eth0 vlan 6/802.1ad 1500 up
address eth0 10.88.0.15/24
address eth0.5 192.0.2.5/24
address eth0.5 2001:db8:5::5/64
sysctl eth0.5 ipv6 accept_ra 0
sysctl eth0.6 ipv6 accept_ra 0
route eth0.5 198.51.100.0/24 192.0.2.254 - static 0 198.51.100.0/24 via 192.0.2.254 dev eth0.5 proto static
route eth0.5 2001:db8:77::/64 2001:db8:5::fe - static 1024 2001:db8:77::/64 via 2001:db8:5::fe dev eth0.5 proto static metric 1024 pref medium
`,
  },
  {
    name: 'an address that is still being asked for',
    parts: ['spec', 'tentative'],
    input: on(vlanSpec, 'address eth0.5 2001:db8:5::5/64 tentative\n'),
    output: '',
  },
  {
    name: 'addresses of which none is being asked for any more',
    parts: ['spec', 'tentative'],
    input: on(vlanSpec, 'address eth0.5 2001:db8:5::5/64 tentative dadfailed\naddress eth0.5 fe80::1/64 tentative\n'),
    output: '',
    status: 1,
  },
  {
    name: 'a host that forwards between two VLANs',
    parts: ['spec', 'routingWarning'],
    variables: { family: 'IPv4' },
    input: on(vlanSpec, `${emptyHost}link eth0.9 eth0 vlan 9/802.1Q 1500 up found\naddress eth0.9 192.0.9.1/24\n`),
    output:
      'warning: the host forwards IPv4 and has addresses on eth0.5, eth0.9: it is a router between these VLANs, unless a firewall holds that back\n',
  },
  {
    name: 'a host that forwards, with addresses of that family on one VLAN',
    parts: ['spec', 'routingWarning'],
    variables: { family: 'IPv6' },
    input: on(vlanSpec, `${emptyHost}link eth0.9 eth0 vlan 9/802.1Q 1500 up found\naddress eth0.9 fe80::9/64\n`),
    output: '',
  },
  {
    name: 'a trunk as options of NixOS, of which none makes a VLAN of 802.1ad',
    parts: ['spec', 'nixos'],
    input: on(vlanSpec, ''),
    output: `networking.vlans."eth0.5" = { id = 5; interface = "eth0"; };
networking.interfaces."eth0.5" = {
  useDHCP = false;
  mtu = 1400;
  ipv4.addresses = [ { address = "192.0.2.5"; prefixLength = 24; } ];
  ipv4.routes = [ { address = "198.51.100.0"; prefixLength = 24; via = "192.0.2.254"; } ];
  ipv6.addresses = [ { address = "2001:db8:5::5"; prefixLength = 64; } ];
  ipv6.routes = [ { address = "2001:db8:77::"; prefixLength = 64; via = "2001:db8:5::fe"; } ];
};
# no option makes eth0.6, VLAN 6 (802.1ad) on eth0
boot.kernel.sysctl."net.ipv6.conf.eth0/5.accept_ra" = 0;
`,
  },
  {
    name: 'a shim as options of NixOS',
    parts: ['spec', 'nixos'],
    input: on(routedShim, ''),
    output: `networking.macvlans."eth0.5-shim" = { interface = "eth0.5"; mode = "bridge"; };
networking.interfaces."eth0.5-shim" = {
  useDHCP = false;
  ipv4.addresses = [ { address = "192.0.2.250"; prefixLength = 32; } { address = "192.0.2.251"; prefixLength = 32; } ];
  ipv4.routes = [ { address = "192.0.2.64"; prefixLength = 26; options.src = "192.0.2.250"; } ];
};
boot.kernel.sysctl."net.ipv4.conf.eth0/5-shim.arp_ignore" = 1;
`,
  },
  {
    name: 'a trunk as sections of OpenWrt, with an MTU, addresses and routes, and without',
    parts: ['spec', 'openwrt'],
    input: on(vlanSpec, ''),
    output: `config device
  option name 'eth0.5'
  option type '8021q'
  option ifname 'eth0'
  option vid '5'
  option mtu '1400'
config interface 'eth0_5'
  option device 'eth0.5'
  option proto 'static'
  list ipaddr '192.0.2.5/24'
  list ip6addr '2001:db8:5::5/64'
config device
  option name 'eth0.6'
  option type '8021ad'
  option ifname 'eth0'
  option vid '6'
config interface 'eth0_6'
  option device 'eth0.6'
  option proto 'none'
config route
  option interface 'eth0_5'
  option target '198.51.100.0/24'
  option gateway '192.0.2.254'
config route6
  option interface 'eth0_5'
  option target '2001:db8:77::/64'
  option gateway '2001:db8:5::fe'
# in /etc/sysctl.conf: net.ipv6.conf.eth0/5.accept_ra=0
# in /etc/sysctl.conf: net.ipv6.conf.eth0/6.accept_ra=0
`,
  },
  {
    name: 'a shim as sections of OpenWrt',
    parts: ['spec', 'openwrt'],
    input: on(routedShim, ''),
    output: `config device
  option name 'eth0.5-shim'
  option type 'macvlan'
  option ifname 'eth0.5'
  option mode 'bridge'
config interface 'eth0_5_shim'
  option device 'eth0.5-shim'
  option proto 'static'
  list ipaddr '192.0.2.250/32'
  list ipaddr '192.0.2.251/32'
config route
  option interface 'eth0_5_shim'
  option target '192.0.2.64/26'
  option source '192.0.2.250'
# in /etc/sysctl.conf: net.ipv4.conf.eth0/5-shim.arp_ignore=1
`,
  },
  {
    name: 'an ipvlan shim, which neither of the two makes: NixOS',
    parts: ['spec', 'nixos'],
    input: on('owner o\nparent eth0\nshim s ipvlan l2/bridge\nsysctl s ipv4 arp_ignore 1\n', ''),
    output: '# no option makes s, ipvlan l2 bridge on eth0\n',
  },
  {
    name: 'an ipvlan shim, which neither of the two makes: OpenWrt',
    parts: ['spec', 'openwrt'],
    input: on(
      'owner o\nparent eth0\nshim s ipvlan l2/bridge\nroute s 192.0.2.64/26 - 192.0.2.250\nsysctl s ipv4 arp_ignore 1\n',
      '',
    ),
    output: '# netifd does not make s, ipvlan l2 bridge on eth0\n',
  },
  {
    name: 'at a boot: what others may still bring up is not recorded as down, and what was recorded stays',
    parts: plan,
    variables: { action: 'restore' },
    input: on(
      'owner p+s+t\nparent eth0\npersist unit\nvlan plant 5 802.1Q -\n',
      `link lo - - - 65536 up found
link eth0 - - - 1500 down found
link eth0.7 eth0 vlan 7/802.1Q 1500 down made
note p+s+t plant used
note p+s+t plant made eth0/vlan/5
note p+s+t old used
note p+s+t old departs
note p+s+t eth0.9 used
`,
    ),
    output: `note plant used
note old used
note old departs
note eth0.9 used
make link set dev eth0 up
note plant made eth0/vlan/5
make link add link eth0 name plant type vlan protocol 802.1Q id 5
make link set dev plant alias vlan-trunk
make link set dev plant mtu 1500
do link set dev plant up
`,
  },
  {
    name: 'what a trunk awaits at a boot: its parent with the largest MTU, and the link of others that it uses',
    parts: ['awaited'],
    input: on(`${vlanSpec}vlan eth0.7 7 802.1Q 1350\n`, ownRecord),
    output: '- eth0 1400\n+ eth0.6 0\n',
  },
  {
    name: 'what a shim awaits on a parent that the program or Docker makes',
    parts: ['awaited'],
    input: on(
      'owner o\nparent eth0.5 declared\npersist unit\nshim s macvlan bridge\n',
      's used\ns made eth0.5/macvlan/bridge\n',
    ),
    output: '~ eth0.5 0\n',
  },
  {
    name: 'VLANs that a network manager is to make: those of the spec that its owner has made',
    parts: ['managed'],
    input: on(
      `${vlanSpec}persist networkd\nvlan ../x 5 802.1Q -\nvlan plant 7 802.1Q 1350\n`,
      '../x made eth0/vlan/5\neth0.5 used\neth0.5 made eth0/vlan/5\neth0.6 used\nplant used\nplant made eth0/vlan/7\nold made eth0/vlan/9\n',
    ),
    output: 'eth0.5 5 802.1Q 1400 eth0\nplant 7 802.1Q 1350 eth0\n',
  },
  {
    name: 'what Docker would miss: VLANs whose parent is missing, and those whose name it does not make',
    parts: ['places'],
    variables: { present: ' lo eth0 eth0.5 ' },
    input: `eth0 down
eth0.5 used
eth0.5 made eth0/vlan/5
eth0.6 made eth0/vlan/6
plant7 made eth0/vlan/7
eth1.8 made eth1/vlan/8
eth1.9 used
s made eth1.8/macvlan/bridge
t made eth1.8/ipvlan/l2/bridge
`,
    output: 'plant7\neth1.8\n',
  },
  {
    name: 'a spec without the links that are missing, one of which begins as another does',
    parts: ['restorable'],
    variables: { absent: ' eth0.60 eth0.5 ' },
    input: `${vlanSpec}persist unit\nvlan eth0.60 60 802.1Q -\n`,
    output: `owner p+s+t+192.0.2.1
parent eth0
vlan eth0.6 6 802.1ad -
sysctl eth0.6 ipv6 accept_ra 0
persist unit
`,
  },
  {
    name: 'an MTU that is raised again takes along what we have on the link, as the kernel had lowered it, and nothing of others',
    parts: plan,
    variables: { action: 'apply' },
    input: on(
      'owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\n',
      `link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1300 up made
link shim eth0.5 macvlan bridge 1300 up made
link small eth0.5 macvlan bridge 1200 up made
link theirs eth0.5 macvlan bridge 1300 up found
note o eth0.5 used
note o eth0.5 made eth0/vlan/5
`,
    ),
    output: `note eth0.5 used
note eth0.5 made eth0/vlan/5
do link set dev eth0.5 mtu 1500
do link set dev shim mtu 1500
`,
  },
  {
    name: 'an address of others on a link of the spec, but for those that are known or come by themselves',
    parts: ['spec', 'drift'],
    input: on(
      vlanSpec,
      `${recordedHost}
address eth0 203.0.113.7/24
address eth0.5 203.0.113.8/24
address eth0.5 203.0.113.9/24
address eth0.5 2001:db8:99::1/64 advertised
address eth0.5 fe80::7/64
link eth0.7 eth0 vlan 7/802.1Q 1500 up made
address eth0.7 203.0.113.6/24
`,
      'known eth0.5 203.0.113.9/24',
    ),
    output: 'drift eth0.5 foreign none -- 203.0.113.8/24\n',
  },
  {
    name: 'what has changed on links that are there, each in its own words',
    parts: ['spec', 'drift'],
    input: on(vlanSpec, driftedHost, driftedPlan),
    output: `drift eth0 state up -- down
drift eth0.5 alias vlan-trunk -- none
drift eth0.5 MTU 1400 -- 1500
drift eth0.6 link VLAN 6 (802.1ad) on eth0 -- missing
drift eth0.5 sysctl ipv6 accept_ra 0 -- 1
drift eth0.5 state up -- down
drift eth0.5 address 2001:db8:5::5/64 -- missing
drift eth0.5 route 198.51.100.0/24 -- via 192.0.2.1
drift eth0.5 route 2001:db8:77::/64 -- missing
`,
  },
  {
    name: 'a link that another program made as another VLAN is told once',
    parts: ['spec', 'drift'],
    input: on(
      vlanSpec,
      remadeHost,
      `make link del dev eth0.6
make link add link eth0 name eth0.6 type vlan protocol 802.1ad id 6
make link set dev eth0.6 alias vlan-trunk
set ipv6 eth0.6 accept_ra 0
do link set dev eth0.6 up
note eth0.6 used
`,
    ),
    output: 'drift eth0.6 link VLAN 6 (802.1ad) on eth0 -- VLAN 6 (802.1Q) on eth0\n',
  },
  {
    name: 'nothing to do is no drift',
    parts: ['spec', 'drift'],
    input: on(vlanSpec, recordedHost, 'note eth0.5 used\nnote eth0.6 used\n'),
    output: '',
  },
  ...routingScenarios,
];
