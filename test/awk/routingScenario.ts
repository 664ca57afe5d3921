import type { Scenario } from './scenario';

const record = (routing: string) => `eth0 down
eth0.5 used
eth0.5 made eth0/vlan/5
eth0.5 routing ${routing}
eth0.6 used
eth0.6 routing ${routing}
`;
/** One link leaves while the others become something else. */
const mixed = `${record('between')}eth0.7 used
eth0.7 routing isolated
eth0.7 departs
`;
const none = 'eth0 down\neth0.5 used\n';
/** What a group has with a shim on one of its VLANs. */
const withShim =
  'eth0.5 routing isolated eth0.5\neth0.5-shim routing isolated eth0.5\neth0.6 routing isolated eth0.6\n';

const rules = (form: string, input: string, output: string, jumps = '0'): Scenario => ({
  name: `${form}, ${input === none ? 'no link' : input === mixed ? 'both' : (/routing (\S+)/.exec(input)?.[1] ?? '')}, ${jumps} jumps`,
  parts: ['routing'],
  variables: { form, name: 'vt_7', jumps },
  input,
  output,
});

const host = (value: number, more = '') => `link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1500 up made
link eth0.6 eth0 vlan 6/802.1Q 1500 up found
sysctl eth0.5 ipv4 forwarding ${value}
sysctl eth0.6 ipv4 forwarding ${value}
note o eth0.5 used
note o eth0.5 made eth0/vlan/5
note o eth0.6 used
${more}`;
const links = `vlan eth0.5 5 802.1Q -
vlan eth0.6 6 802.1Q -
`;
const between = `owner o
parent eth0
routing between
${links}sysctl eth0.5 ipv4 forwarding 1
sysctl eth0.6 ipv4 forwarding 1
`;
const on = (spec: string, observation: string) => `${spec}--\n${observation}`;
const plan = ['spec', 'leaving', 'subnet', 'cutOff', 'plan'];
const noted = (routing: string, ...more: string[]) => `note eth0.5 used
note eth0.6 used
note eth0.5 routing ${routing}
note eth0.5 made eth0/vlan/5
note eth0.6 routing ${routing}
${more.map((line) => `${line}\n`).join('')}`;

/** Of what a host routes from and to its links: the rules as text, and what is recorded. */
export const routingScenarios: Scenario[] = [
  rules(
    'nft',
    record('isolated'),
    `table inet vt_7
delete table inet vt_7
table inet vt_7 {
  set links { type ifname; elements = { "eth0.5", "eth0.6" } }
  set itself { type ifname . ifname; elements = { "eth0.5" . "eth0.5", "eth0.6" . "eth0.6" } }
  chain forward {
    type filter hook forward priority -5; policy accept;
    iifname . oifname @itself accept
    iifname @links drop
    oifname @links drop
  }
}
`,
  ),
  rules(
    'nft',
    mixed,
    `table inet vt_7
delete table inet vt_7
table inet vt_7 {
  set links { type ifname; elements = { "eth0.7", "eth0.5", "eth0.6" } }
  set itself { type ifname . ifname; elements = { "eth0.7" . "eth0.7" } }
  set between { type ifname; elements = { "eth0.5", "eth0.6" } }
  chain forward {
    type filter hook forward priority -5; policy accept;
    iifname . oifname @itself accept
    iifname @between oifname @between accept
    iifname @links drop
    oifname @links drop
  }
}
`,
  ),
  rules(
    'nft',
    withShim,
    `table inet vt_7
delete table inet vt_7
table inet vt_7 {
  set links { type ifname; elements = { "eth0.5", "eth0.5-shim", "eth0.6" } }
  set itself { type ifname . ifname; elements = { "eth0.5" . "eth0.5", "eth0.5" . "eth0.5-shim", "eth0.5-shim" . "eth0.5", "eth0.5-shim" . "eth0.5-shim", "eth0.6" . "eth0.6" } }
  chain forward {
    type filter hook forward priority -5; policy accept;
    iifname . oifname @itself accept
    iifname @links drop
    oifname @links drop
  }
}
`,
  ),
  rules(
    'mangle',
    withShim.replace(/.*[.]6\n$/, ''),
    `*mangle
:vt_7 - [0:0]
:vt_7-from - [0:0]
:vt_7-to - [0:0]
-A vt_7 -i eth0.5 -o eth0.5 -j RETURN
-A vt_7 -i eth0.5 -o eth0.5-shim -j RETURN
-A vt_7 -i eth0.5-shim -o eth0.5 -j RETURN
-A vt_7 -i eth0.5-shim -o eth0.5-shim -j RETURN
-A vt_7 -i eth0.5 -j DROP
-A vt_7 -o eth0.5 -j DROP
-A vt_7 -i eth0.5-shim -j DROP
-A vt_7 -o eth0.5-shim -j DROP
-I FORWARD -j vt_7
COMMIT
`,
  ),
  rules('nft', none, 'table inet vt_7\ndelete table inet vt_7\n'),
  rules(
    'mangle',
    mixed,
    `*mangle
:vt_7 - [0:0]
:vt_7-from - [0:0]
:vt_7-to - [0:0]
-D FORWARD -j vt_7
-A vt_7 -i eth0.7 -o eth0.7 -j RETURN
-A vt_7 -i eth0.5 -j vt_7-from
-A vt_7 -o eth0.5 -j vt_7-to
-A vt_7 -i eth0.6 -j vt_7-from
-A vt_7 -o eth0.6 -j vt_7-to
-A vt_7 -i eth0.7 -j DROP
-A vt_7 -o eth0.7 -j DROP
-A vt_7-from -o eth0.5 -j RETURN
-A vt_7-to -i eth0.5 -j RETURN
-A vt_7-from -o eth0.6 -j RETURN
-A vt_7-to -i eth0.6 -j RETURN
-A vt_7-from -j DROP
-A vt_7-to -j DROP
-I FORWARD -j vt_7
COMMIT
`,
    '1',
  ),
  rules(
    'mangle',
    none,
    `*mangle
:vt_7 - [0:0]
:vt_7-from - [0:0]
:vt_7-to - [0:0]
-D FORWARD -j vt_7
-D FORWARD -j vt_7
-X vt_7
-X vt_7-from
-X vt_7-to
COMMIT
`,
    '2',
  ),
  rules(
    'filter',
    mixed,
    `*filter
:vt_7 - [0:0]
:vt_7-from - [0:0]
-A vt_7 -i eth0.5 -j vt_7-from
-A vt_7 -i eth0.6 -j vt_7-from
-A vt_7-from -o eth0.5 -j ACCEPT
-A vt_7-from -o eth0.6 -j ACCEPT
-I FORWARD -j vt_7
COMMIT
`,
  ),
  rules('filter', record('isolated'), '*filter\n:vt_7 - [0:0]\n:vt_7-from - [0:0]\n-X vt_7\n-X vt_7-from\nCOMMIT\n'),
  ...[
    { byIptables: '', output: 'chain FORWARD of table ip filter, chain filter_FORWARD of table inet firewalld' },
    { byIptables: 'yes', output: 'chain filter_FORWARD of table inet firewalld' },
  ].map(({ byIptables, output }) => ({
    name: `chains that drop in the end${byIptables === '' ? '' : ', but for those of iptables'}`,
    parts: ['forwardChains'],
    variables: { byIptables },
    input: `table ip filter {
	chain FORWARD {
		type filter hook forward priority filter; policy drop;
	}
	chain INPUT {
		type filter hook input priority filter; policy drop;
	}
	chain DOCKER {
	}
}
table inet firewalld {
	chain filter_FORWARD {
		type filter hook forward priority filter + 10; policy drop;
	}
}
table inet vlan_trunk_1 {
	chain forward {
		type filter hook forward priority filter - 5; policy accept;
	}
}
table arp x {
	chain f {
		type filter hook forward priority filter; policy drop;
	}
}
`,
    output,
  })),
  {
    name: 'a group is the links of its owner, and shims of others on them',
    parts: ['routingGroup'],
    variables: { owner: 'p+s+shim+a', group: 'p+s+t' },
    input: `eth0.5-shim used
eth0.5-shim made eth0.5/macvlan/bridge
eth0.5-shim routing between p+s+t
--
note p+s+t eth0.5 used
note p+s+t eth0.5 made eth0/vlan/5
note p+s+t eth0.5 routing between
note p+s+t eth0.5 had 192.0.2.1/24
note p+s+shim+b b6 routing between p+s+t
note p+s+shim+b b6 made eth0.6/ipvlan/l2/bridge
note p+s+shim+c eth0.7-shim routing between p+s+u
note p+s+u eth0.7 routing between
note p+s+shim+a old routing between p+s+t
`,
    output: `eth0.5-shim routing between eth0.5
eth0.5 routing between eth0.5
b6 routing between b6
`,
  },
  {
    name: 'a group of a word of its own, and none of that word',
    parts: ['routingGroup'],
    variables: { owner: 'p+s+v', group: 'p+s+vlans+n1' },
    input: `eth0.5 routing between p+s+vlans+n1
eth0.8 routing isolated
--
note p+s+w eth0.6 routing between p+s+vlans+n1
note p+s+x eth0.7 routing between
`,
    output: 'eth0.5 routing between eth0.5\neth0.6 routing between eth0.6\n',
  },
  {
    name: 'forwarding ends where no record needs it any more',
    parts: ['forwardingEnd'],
    variables: { owner: 'o' },
    input: `eth0.5 forwards ipv4/forwarding
--
link eth0.5 eth0 vlan 5/802.1Q 1500 up made
note o eth0.8 forwards ipv4/forwarding
note p eth0.7 forwards ipv4/forwarding
note p eth0.7 used
--
eth0.5 used
eth0.5 forwards ipv4/forwarding
eth0.5 forwards ipv6/forwarding
eth0.7 forwards ipv4/forwarding
eth0.8 forwards ipv4/forwarding
`,
    output: 'eth0.5 ipv6/forwarding\neth0.8 ipv4/forwarding\n',
  },
  {
    name: 'isolated is recorded, and takes nothing but that',
    parts: plan,
    input: on(`owner o\nparent eth0\nrouting isolated\n${links}`, host(0, 'note o eth0.5 routing between\n')),
    output: noted('isolated'),
  },
  {
    name: 'between switches forwarding on, also on a link of others, and records where it was off',
    parts: plan,
    input: on(between, host(0)),
    output: `note eth0.5 used
note eth0.6 used
note eth0.5 routing between
note eth0.5 made eth0/vlan/5
note eth0.6 routing between
set ipv4 eth0.5 forwarding 1
note eth0.5 forwards ipv4/forwarding
set ipv4 eth0.6 forwarding 1
note eth0.6 forwards ipv4/forwarding
`,
  },
  {
    name: 'between on a host that forwards anyway records what this owner or another one has switched on',
    parts: plan,
    input: on(between, host(1, 'note o eth0.6 forwards ipv4/forwarding\n')),
    output: noted('between', 'note eth0.6 forwards ipv4/forwarding'),
  },
  {
    name: 'and what another owner has',
    parts: plan,
    input: on(between, host(1, 'note p eth0.6 used\nnote p eth0.6 forwards ipv4/forwarding\n')),
    output: noted('between', 'note eth0.6 forwards ipv4/forwarding'),
  },
  {
    name: 'between is forgotten where it is declared no more',
    parts: plan,
    input: on(
      `owner o\nparent eth0\n${links}`,
      host(1, 'note o eth0.5 routing between\nnote o eth0.5 forwards ipv4/forwarding\n'),
    ),
    output: 'note eth0.5 used\nnote eth0.6 used\nnote eth0.5 made eth0/vlan/5\n',
  },
  {
    name: 'two owners that contradict each other',
    parts: plan,
    input: on(between, host(1, 'note p eth0.5 used\nnote p eth0.5 routing isolated\n')),
    output: noted('between').replace(
      'note eth0.5 made',
      "problem eth0.5: routing is 'isolated' by another component or stack, declared is 'between'\nnote eth0.5 made",
    ),
  },
  {
    name: 'a shim is recorded in the group of its trunk',
    parts: plan,
    input: on(
      'owner q\nparent eth0.5 declared\nrouting between p+s+t\nshim eth0.5-shim macvlan bridge\nsysctl eth0.5-shim ipv4 forwarding 1\n',
      host(1, 'note p+s+t eth0.5 routing between\n'),
    ),
    output: `note eth0.5-shim used
note eth0.5-shim routing between p+s+t
note eth0.5-shim made eth0.5/macvlan/bridge
make link add link eth0.5 name eth0.5-shim type macvlan mode bridge 
make link set dev eth0.5-shim alias vlan-trunk
make link set dev eth0.5-shim mtu 1500
set ipv4 eth0.5-shim forwarding 1
note eth0.5-shim forwards ipv4/forwarding
do link set dev eth0.5-shim up
`,
  },
  {
    name: 'a record keeps the group of a link that is declared no more',
    parts: plan,
    input: on(
      'owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\n',
      host(1, 'note o eth0.6 routing between p+s+vlans+n1\n'),
    ),
    output: `note eth0.5 used
note eth0.6 used
note eth0.6 departs
note eth0.6 routing between p+s+vlans+n1
note eth0.5 made eth0/vlan/5
`,
  },
  ...[
    { action: 'check', more: '', refused: false },
    { action: 'apply', more: '', refused: true },
    { action: 'check', more: 'address eth0.6 192.0.2.1/24\n', refused: true },
  ].map(({ action, more, refused }) => ({
    name: `a gateway on the VLAN of its shim, ${action}${more === '' ? '' : ', and on another link'}`,
    parts: plan,
    variables: { action },
    input: on(
      'owner q\nparent eth0.5 declared\nshim s macvlan bridge\naddress s 192.0.2.1/24\n',
      `${host(0)}link s eth0.5 macvlan bridge 1500 up made
address eth0.5 192.0.2.1/24
note p+s+t eth0.5 address 192.0.2.1/24
note q s used
${more}`,
    ),
    output: `${
      refused
        ? `problem 192.0.2.1/24 is already on ${more === '' ? 'eth0.5' : 'eth0.6'}, declared is s
`
        : ''
    }note s used
note s made eth0.5/macvlan/bridge
do addr add 192.0.2.1/24 dev s
note s address 192.0.2.1/24
`,
  })),
  {
    name: 'a shim on a VLAN that another stack isolates is told',
    parts: plan,
    input: on(
      'owner o\nparent eth0.6\nshim s macvlan bridge\n',
      `link eth0 - - - 1500 up found
link eth0.6 eth0 vlan 6/802.1Q 1500 up made
link s eth0.6 macvlan bridge 1500 up made
note p eth0.6 routing isolated
`,
    ),
    output: `note s used
warning routing: 'isolated' of eth0.6, which another component or stack declares, does not hold for s: give its network the VLAN of that trunk, and not its name
note s made eth0.6/macvlan/bridge
`,
  },
  {
    name: 'a warning of routing by shims, of which a VLAN that has its link and a shim is one',
    parts: ['spec', 'routingWarning'],
    variables: { family: 'IPv4' },
    input: on(
      'owner o\nparent eth0.5 declared\nshim s macvlan bridge\naddress s 192.0.2.1/24\n',
      `${host(1)}link t eth0.6 ipvlan l2/bridge 1500 up made
link u eth0 macvlan bridge 1500 up made
address eth0.5 192.0.2.2/32
address t 198.51.100.1/24
address u 203.0.113.1/24
address eth0.6 198.51.100.2/32
`,
    ),
    output:
      'warning: the host forwards IPv4 and has addresses on s, t: it is a router between these VLANs, unless a firewall holds that back\n',
  },
  {
    name: 'no warning of routing by shims on what is no VLAN, or on one VLAN',
    parts: ['spec', 'routingWarning'],
    variables: { family: 'IPv4' },
    input: on(
      'owner o\nparent eth0.5 declared\nshim s macvlan bridge\naddress s 192.0.2.1/24\n',
      `${host(1)}link u eth0 macvlan bridge 1500 up made
address eth0.5 192.0.2.2/32
address u 203.0.113.1/24
`,
    ),
    output: '',
  },
  ...['isolated', 'between'].map((routing) => ({
    name: `no warning of routing where it is ${routing}`,
    parts: ['spec', 'routingWarning'],
    variables: { family: 'IPv4' },
    input: on(
      `owner o\nparent eth0\nrouting ${routing}\n${links}address eth0.5 192.0.2.1/24\naddress eth0.6 198.51.100.1/24\n`,
      host(1),
    ),
    output: '',
  })),
  {
    name: 'no warning of routing to a link that another owner isolates',
    parts: ['spec', 'routingWarning'],
    variables: { family: 'IPv4' },
    input: on(
      'owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\naddress eth0.5 192.0.2.1/24\n',
      `${host(1)}address eth0.6 198.51.100.1/24\nnote p eth0.6 routing isolated\n`,
    ),
    output: '',
  },
  ...[
    'routing',
    'routing unmanaged',
    'routing isolated between',
    'routing isolated;reboot',
    'routing between a+b c',
    'routing between a+$(b)',
  ].map((line) => ({
    name: `${JSON.stringify(line)} is no line that a controller sends`,
    parts: ['wellFormed'],
    input: `owner o\n${line}\n`,
    output: `line 2: ${line}\n`,
  })),
  ...[between, between.replace('routing between', 'routing between p+s%2e+vlans+n1')].map((input) => ({
    name: `${input.split('\n')[2]} is a line that a controller sends`,
    parts: ['wellFormed'],
    input,
    output: '',
  })),
  {
    name: 'routing stays where a link of that name is left out',
    parts: ['restorable'],
    variables: { absent: ' between ' },
    input: between,
    output: between,
  },
];
