import type { Scenario } from './scenario';

/** A host that is reached at 192.0.2.5, by a VLAN of ours, from 203.0.113.9 over the gateway 192.0.2.254. */
const spec = `owner o
parent eth0
vlan eth0.5 5 802.1Q 1400
vlan eth0.6 6 802.1Q -
address eth0.5 192.0.2.5/24
route eth0.5 203.0.113.0/24 192.0.2.254 -
`;
const host = `link lo - - - 65536 up found
link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1400 up made
link eth0.6 eth0 vlan 6/802.1Q 1500 up made
address lo 127.0.0.1/8
address eth0.5 192.0.2.5/24
route eth0.5 203.0.113.0/24 192.0.2.254 - static 0 203.0.113.0/24 via 192.0.2.254 dev eth0.5 proto static
note o eth0.5 used
note o eth0.6 used
note o eth0.5 address 192.0.2.5/24
note o eth0.5 route 203.0.113.0/24
arrival eth0.5 192.0.2.254
`;
/** The same from a machine on the VLAN. */
const near = host.replace(' 192.0.2.254\n', ' -\n');
const ends = { action: 'check', peer: '203.0.113.9', self: '192.0.2.5' };
const nearEnds = { ...ends, peer: '192.0.2.9' };

const on = (...parts: string[]) => parts.join('--\n');
const plan = ['spec', 'leaving', 'subnet', 'cutOff', 'plan'];
const removal = ['spec', 'subnet', 'cutOff', 'removal'];
const tail = ': it would be cut off. Reach it by another address first\n';
const says = (problem: string) => expect.stringContaining(`problem ${problem}${tail}`) as string;
const saysNothing = expect.not.stringContaining('problem') as string;

const changes: [string, string, string, Record<string, string>, string][] = [
  [
    'the link is declared no more',
    spec.replace(/^.* eth0\.5 .*\n/gm, ''),
    host,
    ends,
    'eth0.5 is declared no more, and this host is reached over it',
  ],
  [
    'what it sits on is declared no more',
    spec.replace(/^.* eth0\.5 .*\n/gm, ''),
    `${host.replace(/^arrival .*\n/m, '')}link br0 - - - 1500 up found\nport eth0.5 br0\narrival br0 -\n`,
    { ...ends, self: '198.51.100.5' },
    'eth0.5 is declared no more, and this host is reached over it, by br0',
  ],
  [
    'the link becomes another one',
    spec.replace(/eth0\.5 /g, 'plant '),
    host,
    ends,
    'eth0.5 is declared as another link, and this host is reached over it',
  ],
  [
    'the parent is another one',
    spec.replace('parent eth0', 'parent eth1'),
    `${host}link eth1 - - - 1500 up found\n`,
    ends,
    'eth0.5 is declared as another link, and this host is reached over it',
  ],
  [
    'a link that another program made is made anew',
    spec.replace('5 802.1Q', '5 802.1ad'),
    `${host.replace('up made', 'up found')}note o eth0.5 made eth0/vlan/5\n`,
    ends,
    'eth0.5 is to be made anew, and this host is reached over it',
  ],
  [
    'the address is declared no more',
    spec.replace(/^address .*\n/m, 'address eth0.5 192.0.2.6/24\n'),
    host,
    ends,
    '192.0.2.5/24 on eth0.5 is the address by which this host is reached, and is declared no more',
  ],
  [
    'the address that leads to the gateway is declared no more',
    spec.replace(/^address .*\n/m, 'address eth0.5 192.0.2.5/32\n'),
    host.replace('address lo', 'address eth0.5 192.0.2.5/32\naddress lo'),
    { ...ends, self: '198.51.100.5' },
    '192.0.2.5/24 on eth0.5 is declared no more, and leads to 192.0.2.254, over which this host is reached',
  ],
  [
    'the route is declared no more',
    spec.replace(/^route .*\n/m, ''),
    host,
    ends,
    'the route to 203.0.113.0/24 over eth0.5 is declared no more, and leads to 203.0.113.9, from where this host is reached',
  ],
  [
    'an MTU below the least',
    spec.replace('1400', '500'),
    host,
    ends,
    'eth0.5 is declared with MTU 500, below the 576 that IPv4 asks for, and this host is reached over it',
  ],
  [
    'an MTU below the least of IPv6',
    spec.replace('1400', '1200'),
    `${host}address eth0.5 2001:db8::5/64\n`,
    { ...ends, peer: '2001:db8::9', self: '2001:db8::5' },
    'eth0.5 is declared with MTU 1200, below the 1280 that IPv6 asks for, and this host is reached over it',
  ],
  [
    "a VLAN on a bridge's port, whose frames the bridge needs",
    'owner n\nparent eth1\nvlan eth1.9 9 802.1Q -\n',
    `${host.replace(/^arrival .*\n/m, '')}link eth1 - - - 1500 up found
link br1 - - - 1500 up found
link br1.9 br1 vlan 9/802.1Q 1500 up found
port eth1 br1
arrival br1.9 -
`,
    ends,
    'eth1.9 on eth1 would take the frames of br1.9 away, which is on br1, and this host is reached over it',
  ],
  [
    'the address of the gateway',
    spec.replace('address', 'address eth0.6 192.0.2.254/32\naddress'),
    host,
    ends,
    '192.0.2.254/32 on eth0.6 is the gateway over which this host reaches 203.0.113.9',
  ],
];

const rightChanges: [string, string, string, Record<string, string>][] = [
  ['nothing changes', spec, host, ends],
  ['a link that carries nothing of ours goes', spec.replace(/^.* eth0\.6 .*\n/m, ''), host, ends],
  ['another owner uses the link too', spec.replace(/^.* eth0\.5 .*\n/gm, ''), `${host}note p eth0.5 used\n`, ends],
  ['an MTU that is large enough', spec.replace('1400', '1300'), host, ends],
  ['an MTU below the least, on another link', spec.replace('802.1Q -', '802.1Q 400'), host, ends],
  [
    'an address goes, and another one leads to where we come from',
    spec.replace(/^address .*\n/m, 'address eth0.5 192.0.2.6/24\n').replace(/^route .*\n/m, ''),
    near.replace(/^route.*\n/m, '').replace('address lo', 'address eth0.5 192.0.2.6/24\naddress lo'),
    { ...nearEnds, self: '192.0.2.6' },
  ],
  [
    'a VLAN of another ID on the port of a bridge',
    'owner n\nparent eth1\nvlan eth1.8 8 802.1Q -\n',
    `${host}link eth1 - - - 1500 up found
link br1 - - - 1500 up found
link br1.9 br1 vlan 9/802.1Q 1500 up found
port eth1 br1
`,
    ends,
  ],
  ['a route that leads elsewhere goes', spec.replace(/^route .*\n/m, ''), near, { ...nearEnds, self: '192.0.2.5' }],
];

const ofRemoval = 'owner o\nparent eth0\nvlan eth0.5 - - -\nvlan eth0.6 - - -\n';
const riskPlan = `note eth0.6 used
make link set dev eth0 up
make link add link eth0 name eth0.7 type vlan protocol 802.1Q id 7
make link set dev eth0.7 alias vlan-trunk
make link set dev eth0.7 mtu 1500
make link add link eth1 name eth1.9 type vlan protocol 802.1Q id 9
make link del dev eth0.8
do link set dev eth0.7 up
do link set dev eth0.5 alias vlan-trunk
do link set dev eth0.5 mtu 1300
do link set dev eth0.6 mtu 1300
do addr add 192.0.2.6/24 dev eth0.7
do route del 203.0.113.0/24 dev eth0.5
`;

/** Each named after what uses it. */
const usedLinks = ['idle', 'address', 'route', 'bridged', 'way', 'eth0.20'];

/** What a change may not take from under a connection, and what is undone with one that slips through. */
export const cutOffScenarios: Scenario[] = [
  ...changes.map(([name, input, facts, variables, problem]) => ({
    name: `cut off: ${name}`,
    parts: plan,
    variables,
    input: on(input, facts),
    output: says(problem),
  })),
  ...rightChanges.map(([name, input, facts, variables]) => ({
    name: `not cut off: ${name}`,
    parts: plan,
    variables,
    input: on(input, facts),
    output: saysNothing,
  })),
  {
    name: 'cut off: the link is removed',
    parts: removal,
    variables: { ...ends, action: 'remove' },
    input: on(ofRemoval, host),
    output: says('eth0.5 is to be removed, and this host is reached over it'),
  },
  {
    name: 'cut off: an address is removed from a link that was there before',
    parts: removal,
    variables: { ...ends, action: 'remove' },
    input: on(ofRemoval, host.replace('up made', 'up foreign')),
    output: says('192.0.2.5/24 on eth0.5 is the address by which this host is reached, and is declared no more'),
  },
  {
    name: 'not cut off: all of it is removed, while another link leads to where we come from',
    parts: removal,
    variables: { ...ends, action: 'remove', self: '10.88.0.15' },
    input: on(ofRemoval, host.replace('arrival eth0.5 192.0.2.254', 'arrival eth0 -')),
    output: 'do link del dev eth0.5\ndo link del dev eth0.6\n',
  },
  {
    name: 'the steps that may cut a host off, and none of those that make links only',
    parts: ['spec', 'subnet', 'cutOff', 'risk'],
    input: on(spec, `${host}link eth1 - - - 1500 up found\nport eth1 br1\n`, riskPlan),
    output: `make link set dev eth0 up
make link add link eth1 name eth1.9 type vlan protocol 802.1Q id 9
make link del dev eth0.8
do link set dev eth0.5 mtu 1300
do addr add 192.0.2.6/24 dev eth0.7
do route del 203.0.113.0/24 dev eth0.5
`,
  },
  {
    name: 'a link that is taken away, where this host itself uses it',
    parts: ['spec', 'subnet', 'cutOff', 'risk'],
    variables: { self: '10.88.0.15' },
    input: on(
      spec,
      `link eth0 - - - 1500 up found
${usedLinks.map((link, index) => `link ${link} eth0 vlan 1${index}/802.1Q 1500 up made\n`).join('')}link eth0.21 eth0.20 vlan 21/802.1Q 1500 up found
address address fe80::1/64
address address 192.0.2.1/24
address idle fe80::2/64
route route 198.51.100.0/24 - - static 5 198.51.100.0/24 dev route metric 5
port bridged br1
arrival way -
`,
      usedLinks.map((link) => `do link del dev ${link}\n`).join(''),
    ),
    output: usedLinks
      .filter((link) => link !== 'idle')
      .map((link) => `do link del dev ${link}\n`)
      .join(''),
  },
  {
    name: 'a link that is taken away, and whoever has come by a link-local address',
    parts: ['spec', 'subnet', 'cutOff', 'risk'],
    variables: { peer: 'fe80::9' },
    input: on(
      spec,
      'link eth0 - - - 1500 up found\nlink idle eth0 vlan 9/802.1Q 1500 up made\n',
      'do link del dev idle\n',
    ),
    output: 'do link del dev idle\n',
  },
  {
    name: 'a parent that is set up, also without addresses, and no new link on it',
    parts: ['spec', 'subnet', 'cutOff', 'risk'],
    input: on(
      'owner o\nparent eth9\nvlan eth9.5 5 802.1Q -\n',
      'link eth9 - - - 1500 down found\n',
      `make link set dev eth9 up
make link add link eth9 name eth9.5 type vlan protocol 802.1Q id 5
make link set dev eth9.5 mtu 1500
do link set dev eth9.5 up
`,
    ),
    output: 'make link set dev eth9 up\n',
  },
  {
    name: 'the links whose routes are kept: those on the way, and the parent',
    parts: ['spec', 'subnet', 'cutOff', 'wayLinks'],
    variables: { self: '10.88.0.15' },
    input: on(
      spec,
      `link eth0 - - - 1500 up found
link eth0.5 eth0 vlan 5/802.1Q 1400 up made
link eth0.6 eth0 vlan 6/802.1Q 1500 up made
link eth1 - - - 1500 up found
link eth2 - - - 1500 up found
link eth3 - - - 1500 up found
link br1 - - - 1500 up found
address eth2 10.88.0.15/24
port eth1 br1
arrival br1 -
`,
    ),
    output: 'eth0\neth1\neth2\nbr1\n',
  },
  ...(['', '1'] as const).map((guarded) => ({
    name: guarded === '' ? 'undoing a change that is not armed' : 'undoing one that is armed: the way back comes back',
    parts: ['spec', 'subnet', 'cutOff', 'undo'],
    variables: { guarded, self: '10.88.0.15' },
    input: on(
      'owner o\nparent eth0\nvlan eth0.5 5 802.1Q -\n',
      `link eth0 - - - 1500 up found
link eth1 - - - 1500 up found
address eth1 10.88.0.15/24
address eth1 10.88.0.16/24
arrival eth1 10.88.0.1
way eth1 0.0.0.0/0 100 0.0.0.0/0 via 10.88.0.1 dev eth1 metric 100
way eth1 10.9.0.0/16 0 10.9.0.0/16 via 10.88.0.2 dev eth1
`,
      `link eth0 - - - 1500 up found
link eth1 - - - 1400 down found
address eth1 10.88.0.15/24
address eth1 10.88.0.17/24
way eth1 10.9.0.0/16 0 10.9.0.0/16 via 10.88.0.2 dev eth1
`,
    ),
    output:
      guarded === ''
        ? `do route replace 0.0.0.0/0 via 10.88.0.1 dev eth1 metric 100
`
        : `do link set dev eth1 mtu 1500
do link set dev eth1 up
do addr add 10.88.0.16/24 dev eth1
do route replace 0.0.0.0/0 via 10.88.0.1 dev eth1 metric 100
`,
  })),
];
