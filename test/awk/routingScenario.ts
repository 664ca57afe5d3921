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
  ...['routing', 'routing unmanaged', 'routing isolated between', 'routing isolated;reboot'].map((line) => ({
    name: `${JSON.stringify(line)} is no line that a controller sends`,
    parts: ['wellFormed'],
    input: `owner o\n${line}\n`,
    output: `line 2: ${line}\n`,
  })),
  { name: 'routing is a line that a controller sends', parts: ['wellFormed'], input: between, output: '' },
  {
    name: 'routing stays where a link of that name is left out',
    parts: ['restorable'],
    variables: { absent: ' between ' },
    input: between,
    output: between,
  },
];
