import type { Scenario } from './scenario';

const on = (...parts: string[]) => parts.join('--\n');

const spec = `owner p+s+t
parent eth0
vlan eth0.5 5 802.1Q -
qos eth0.5 egress 6 5
qos eth0.5 egress 4294967295 7
qos eth0.5 ingress 5 6
`;
const plan = ['spec', 'leaving', 'subnet', 'cutOff', 'plan'];
const undo = ['spec', 'subnet', 'cutOff', 'undo'];
const nic = 'link eth0 - - - 1500 up found\n';
const link = (alias: string) => `${nic}link eth0.5 eth0 vlan 5/802.1Q 1500 up ${alias}\n`;
const record = 'note p+s+t eth0.5 used\nnote p+s+t eth0.5 made eth0/vlan/5\n';
const applied = `${link('made')}qos eth0.5 egress 6 5\nqos eth0.5 egress 4294967295 7\nqos eth0.5 ingress 5 6\n${record}`;
/** Changed by hand: an entry that leads elsewhere, one that is gone, one too many. */
const drifted = `${link('made')}qos eth0.5 egress 6 1\nqos eth0.5 egress 0 3\nqos eth0.5 ingress 5 6\n${record}`;
const mending = 'do link set dev eth0.5 type vlan egress-qos-map 6:5 4294967295:7 0:0\n';
const kept = 'note eth0.5 used\nnote eth0.5 made eth0/vlan/5\n';

/** Maps of priorities of VLANs. */
export const qosScenarios: Scenario[] = [
  {
    name: 'maps of a VLAN, on one line and on lines of their own as iproute2 up to 5.10 prints them',
    parts: ['observeLinks'],
    input: String.raw`3: eth0.5@eth0: <BROADCAST,UP> mtu 1400 qdisc noqueue state UP qlen 1000\    link/ether 72:2b:7f:13:52:09 brd ff:ff:ff:ff:ff:ff maxmtu 65535 \    vlan protocol 802.1Q id 5 <REORDER_HDR> \      ingress-qos-map { 5:4294967295 } \      egress-qos-map { 0:1 6:5 } addrgenmode eui64 \    alias vlan-trunk
4: eth0.6@eth0: <BROADCAST,UP> mtu 1400 qdisc noqueue state UP qlen 1000\    link/ether 72:2b:7f:13:52:09 brd ff:ff:ff:ff:ff:ff maxmtu 65535 \    vlan protocol 802.1Q id 6 <REORDER_HDR> 
      ingress-qos-map { 5:6 } 
      egress-qos-map { 6:5 } addrgenmode eui64 \    alias vlan-trunk
5: eth0.7@eth0: <BROADCAST,UP> mtu 1400 qdisc noqueue state UP qlen 1000\    link/ether 72:2b:7f:13:52:09 brd ff:ff:ff:ff:ff:ff maxmtu 65535 \    vlan protocol 802.1Q id 7 <REORDER_HDR> 
      egress-qos-map { 6:7 } addrgenmode eui64 
6: eth9: <BROADCAST> mtu 1500 qdisc noop state DOWN qlen 1000\    link/ether 52:54:00:88:00:05 brd ff:ff:ff:ff:ff:ff link-netns a egress-qos-map { 1:1 } promiscuity 0 
-- complete
`,
    output: `link eth0.5 eth0 vlan 5/802.1Q 1400 up made
qos eth0.5 egress 0 1
qos eth0.5 egress 6 5
qos eth0.5 ingress 5 4294967295
link eth0.6 eth0 vlan 6/802.1Q 1400 up made
qos eth0.6 egress 6 5
qos eth0.6 ingress 5 6
link eth0.7 eth0 vlan 7/802.1Q 1400 up found
qos eth0.7 egress 6 7
link eth9 - - - 1500 down found
`,
  },
  {
    name: 'maps are well-formed',
    parts: ['wellFormed'],
    input: spec,
    output: '',
  },
  ...['qos eth0.5 egress 6:5', 'qos eth0.5 both 6 5', 'qos eth0.5 egress 6 $(reboot)', 'qos -x egress 6 5'].map(
    (line) => ({
      name: `${line} is not`,
      parts: ['wellFormed'],
      input: `owner p+s+t\n${line}\n`,
      output: `line 2: ${line}\n`,
    }),
  ),
  {
    name: 'a new link has its maps from the first frame on',
    parts: plan,
    input: on(spec, nic),
    output: `note eth0.5 used
note eth0.5 made eth0/vlan/5
make link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5 egress-qos-map 6:5 4294967295:7 ingress-qos-map 5:6
make link set dev eth0.5 alias vlan-trunk
make link set dev eth0.5 mtu 1500
do link set dev eth0.5 up
`,
  },
  { name: 'maps as declared', parts: plan, input: on(spec, applied), output: kept },
  {
    name: 'entries are changed in place, and one that is declared no more leads to 0',
    parts: plan,
    input: on(spec, drifted),
    output: kept + mending,
  },
  {
    name: 'maps that are declared no more',
    parts: plan,
    input: on('owner p+s+t\nparent eth0\nvlan eth0.5 5 802.1Q -\n', applied),
    output: `${kept}do link set dev eth0.5 type vlan egress-qos-map 6:0 4294967295:0
do link set dev eth0.5 type vlan ingress-qos-map 5:0
`,
  },
  {
    name: 'a link that Docker made anew gets its maps again',
    parts: plan,
    input: on(spec, link('found') + record),
    output: `${kept}do link set dev eth0.5 alias vlan-trunk
do link set dev eth0.5 type vlan egress-qos-map 6:5 4294967295:7
do link set dev eth0.5 type vlan ingress-qos-map 5:6
`,
  },
  {
    name: 'a link that was there before keeps its own maps',
    parts: plan,
    input: on('owner p+s+t\nparent eth0\nvlan eth0.5 5 802.1Q -\n', `${link('found')}qos eth0.5 egress 6 1\n`),
    output: 'note eth0.5 used\n',
  },
  {
    name: 'a link that was there before, with other maps than declared',
    parts: plan,
    input: on(spec, `${link('found')}qos eth0.5 egress 6 1\n`),
    output: `problem eth0.5 was not made by vlan-trunk and has egress-qos-map 6:1, declared is 6:5 4294967295:7: leave egressQosMap out to use it as it is
problem eth0.5 was not made by vlan-trunk and has no ingress-qos-map, declared is 5:6: leave ingressQosMap out to use it as it is
note eth0.5 used
`,
  },
  {
    name: 'entries of a map that have changed, each in its own words',
    parts: ['spec', 'drift'],
    input: on(spec, drifted, kept + mending),
    output: `drift eth0.5 egress-qos-map 6:5 -- 6:1
drift eth0.5 egress-qos-map 4294967295:7 -- 4294967295:0
drift eth0.5 egress-qos-map 0:0 -- 0:3
`,
  },
  {
    name: 'undoing a change of maps',
    parts: undo,
    input: on(spec, drifted, applied),
    output: 'do link set dev eth0.5 type vlan egress-qos-map 6:1 4294967295:0 0:3\n',
  },
  {
    name: 'undoing the removal of a link with maps',
    parts: undo,
    input: on('owner p+s+t\nparent eth0\n', applied, nic),
    output: `do link add link eth0 name eth0.5 type vlan protocol 802.1Q id 5 egress-qos-map 6:5 4294967295:7 ingress-qos-map 5:6
do link set dev eth0.5 alias vlan-trunk
do link set dev eth0.5 mtu 1500
do link set dev eth0.5 up
`,
  },
  {
    name: 'maps that a rollback must bring back',
    parts: ['spec', 'facts'],
    input: on(spec, applied),
    output: `link eth0 - - - 1500 up
link eth0.5 eth0 vlan 5/802.1Q 1500 up
qos eth0.5 egress 6 5
qos eth0.5 egress 4294967295 7
qos eth0.5 ingress 5 6
`,
  },
  {
    name: 'maps for OpenWrt',
    parts: ['spec', 'openwrt'],
    input: spec,
    output: `config device
  option name 'eth0.5'
  option type '8021q'
  option ifname 'eth0'
  option vid '5'
  list ingress_qos_mapping '5:6'
  list egress_qos_mapping '6:5'
  list egress_qos_mapping '4294967295:7'
config interface 'eth0_5'
  option device 'eth0.5'
  option proto 'none'
`,
  },
  {
    name: 'maps on NixOS, which has no option for them',
    parts: ['spec', 'nixos'],
    input: spec,
    output: `networking.vlans."eth0.5" = { id = 5; interface = "eth0"; };
# no option gives eth0.5 its egress-qos-map 6:5 4294967295:7 ingress-qos-map 5:6
networking.interfaces."eth0.5" = {
  useDHCP = false;
};
`,
  },
  {
    name: 'a spec without a link that is missing has no maps for it',
    parts: ['restorable'],
    variables: { absent: ' eth0.5 ' },
    input: spec,
    output: 'owner p+s+t\nparent eth0\n',
  },
];
