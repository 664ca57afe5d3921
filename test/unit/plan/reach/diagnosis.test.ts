import { describeSilentGateways, diagnose, type LostWay } from '../../../../src/plan/reach/diagnosis';

const near = {
  container: 'running',
  link: 'eth0',
  hop: '10.0.0.2',
  neighbour: 'FAILED',
  parent: 'eth0.50',
  state: 'up',
  vlan: '50',
  mtu: '1500',
};
const far = {
  container: 'running',
  address: 'yes',
  at: 'eth0',
  back: 'eth0',
  mac: '02:00:00:00:00:02',
  parent: 'eth0.50',
  state: 'up',
  vlan: '50',
  received: '0',
};
const way: LostWay = {
  from: 'camera',
  to: 'recorder',
  address: '10.0.0.2',
  fromHost: 'n1',
  toHost: 'n2',
  isRefused: false,
  near,
  far,
};
const reachable = { ...near, neighbour: 'REACHABLE', mac: far.mac };

/** One way on which no packet came through, and what must be said of it. */
const cases: [string, Partial<LostWay>, string][] = [
  ['a source that is stopped', { near: { container: 'stopped' } }, 'camera is stopped on n1'],
  ['no route', { near: { container: 'running' } }, 'camera has no route to 10.0.0.2'],
  ['a parent interface that is down', { near: { ...near, state: 'down' } }, 'eth0.50 on n1 is down'],
  [
    'a parent interface without a carrier',
    { near: { ...near, state: 'lowerlayerdown' } },
    'eth0.50 on n1 has no carrier',
  ],
  ['nothing that listens', { port: 80, isRefused: true }, 'recorder answers, and nothing listens on its TCP port 80'],
  [
    'a port behind a firewall',
    { port: 80, near: { ...reachable, ping: 'yes' } },
    'recorder answers a ping: a firewall on the way drops TCP port 80',
  ],
  [
    'a datagram that is refused',
    { protocol: 'udp', port: 53, isRefused: true },
    'recorder answers, and nothing listens on its UDP port 53',
  ],
  [
    'datagrams behind a firewall',
    { protocol: 'udp', port: 53, near: { ...reachable, ping: 'yes' }, far: { ...far, listens: 'yes' } },
    'recorder answers a ping: a firewall on the way drops UDP port 53',
  ],
  [
    'datagrams that nothing listens for, and whose refusal is dropped',
    { protocol: 'udp', port: 53, near: { ...reachable, ping: 'yes' }, far: { ...far, listens: 'no' } },
    'recorder answers a ping, and nothing listens on its UDP port 53',
  ],
  [
    'datagrams to a machine outside',
    { protocol: 'udp', port: 53, toHost: undefined, far: undefined, near: { ...reachable, ping: 'yes' } },
    'that tells nothing of UDP, which a program need not answer',
  ],
  [
    'datagrams to a machine outside that is not there',
    { protocol: 'udp', port: 53, toHost: undefined, far: undefined },
    'nobody has 10.0.0.2 on the network of camera',
  ],
  [
    'datagrams without a switch port',
    { protocol: 'udp', port: 53 },
    'none comes in at eth0.50 of n2: a switch port on the way does not carry VLAN 50',
  ],
  [
    'a small MTU of its own',
    { packetSize: 9000, near: { ...reachable, largest: '1500' } },
    'none of 9000: the MTU of eth0 at its beginning is 1500',
  ],
  [
    'a small MTU on the way',
    { packetSize: 1500, near: { ...reachable, largest: '1400' } },
    'so that of a link, a switch or a gateway on the way is smaller',
  ],
  [
    'a gateway that is not there',
    { near: { ...near, hop: '10.0.0.1' } },
    'the gateway 10.0.0.1 does not answer camera',
  ],
  [
    'packets lost behind the gateway',
    { near: { ...reachable, hop: '10.0.0.1' } },
    'the gateway 10.0.0.1 answers, and the packet or its answer is lost behind it',
  ],
  ['an address that nobody has', { toHost: undefined, far: undefined }, 'nobody has 10.0.0.2 on the network of camera'],
  ['a host that does not answer', { far: undefined }, 'n2, the host of recorder, does not answer either'],
  ['a target that is stopped', { far: { container: 'stopped' } }, 'recorder is stopped on n2'],
  [
    'an address that the target has lost',
    { far: { ...far, address: 'no' } },
    'recorder does not have the address 10.0.0.2',
  ],
  ['the far parent interface down', { far: { ...far, state: 'down' } }, 'eth0.50 on n2 is down'],
  [
    'another VLAN ID',
    { far: { ...far, parent: 'eth0.51', vlan: '51' } },
    'eth0.50 is on VLAN 50, and eth0.51 of n2 on VLAN 51',
  ],
  [
    'an access port',
    { far: { ...far, parent: 'eth1', vlan: undefined } },
    'eth0.50 is on VLAN 50, and eth1 of n2 on no VLAN',
  ],
  [
    'a switch port without the VLAN',
    {},
    'none comes in at eth0.50 of n2: a switch port on the way does not carry VLAN 50',
  ],
  [
    'answers that are dropped',
    { far: { ...far, received: '5' } },
    'no answer of recorder comes back: a filter on n2, or port security',
  ],
  ['mode private', { toHost: 'n1', near: { ...near, mode: 'private' } }, 'are on a network of mode private'],
  ['mode vepa', { toHost: 'n1', near: { ...near, mode: 'vepa' } }, 'the switch port of n1 does not reflect frames'],
  [
    'the host beside its own container',
    { toHost: 'n1', near: { ...near, container: undefined } },
    'declare a HostShim for the network of recorder',
  ],
  [
    'an address that is given twice',
    { far: { ...far, mac: '02:00:00:00:00:03' }, near: reachable },
    'the address is given twice',
  ],
  [
    'a reverse path filter',
    { near: reachable, far: { ...far, back: 'eth1', rpfilter: '1' } },
    'so its reverse path filter (rp_filter 1) drops what comes in on eth0',
  ],
  [
    'another way back',
    { near: reachable, far: { ...far, back: 'eth1', rpfilter: '0' } },
    'recorder answers over eth1, not over eth0',
  ],
  [
    'a firewall at the target',
    { near: reachable },
    'recorder has the packet on its link, and n2 or recorder drops it: a firewall',
  ],
  [
    'a firewall of a machine outside',
    { toHost: undefined, far: undefined, near: reachable },
    'answers ARP, and drops the packet: its firewall',
  ],
];

test.each(cases)('%s', (_, differs, words) => {
  const given = { ...way, ...differs };
  // What is `undefined` above is what was not found out.
  expect(diagnose(JSON.parse(JSON.stringify(given)) as LostWay)).toContain(words);
});

describe('a gateway that does not answer a new container', () => {
  const silent = { network: 'dmz', container: 'web', host: 'n1', addresses: ['10.0.0.1'], near };

  test('with the likely causes', () =>
    expect(describeSilentGateways(silent)).toBe(
      'network dmz: its gateway 10.0.0.1 does not answer container web: it is not there, or a switch port on the way does not carry VLAN 50, or port security or a hypervisor drops frames of a second MAC address',
    ));

  const onNoVlan = Object.fromEntries(Object.entries(near).filter(([name]) => name !== 'vlan'));

  test('of both IP versions, on no VLAN', () =>
    expect(
      describeSilentGateways({
        ...silent,
        addresses: ['10.0.0.1', '2001:db8::1'],
        near: onNoVlan,
      }),
    ).toContain(
      'its gateways 10.0.0.1 and 2001:db8::1 do not answer container web: they are not there, or the switch port is in another VLAN',
    ));

  test('by an interface that is down', () =>
    expect(describeSilentGateways({ ...silent, near: { ...near, state: 'lowerlayerdown' } })).toBe(
      'network dmz: its gateway 10.0.0.1 does not answer container web: eth0.50 on n1 has no carrier: its parent interface is down, or its cable or switch port',
    ));
});
