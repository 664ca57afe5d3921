import { driftSentence, readHistory, repetition } from '../../../src/host/drift';

test('the last revision, what was healed before, and each drift', () => {
  const words = [
    'warning: a router',
    'departs eth0.70',
    'revision 20261126T101500Z',
    'healed 2 20261101T000000Z',
    'manager eth0 belongs to ifupdown (/etc/network/interfaces)',
    'drift eth0.50 link VLAN 50 (802.1Q) on eth0 -- missing',
    'drift eth0.60 MTU 1400 -- 1500',
    'staged',
  ];
  expect(readHistory(words)).toEqual({
    revision: '20261126T101500Z',
    healed: { count: 2, since: '20261101T000000Z' },
    departing: ['eth0.70'],
    manager: 'eth0 belongs to ifupdown (/etc/network/interfaces)',
    drift: [
      { subject: 'eth0.50', kind: 'link', expected: 'VLAN 50 (802.1Q) on eth0', found: 'missing' },
      { subject: 'eth0.60', kind: 'MTU', expected: '1400', found: '1500' },
    ],
  });
});

test.each([
  [{}, 'has drifted 3 times since 2026-11-28 03:52:30 UTC'],
  [
    { manager: 'eth0 belongs to NetworkManager' },
    'has drifted 3 times since 2026-11-28 03:52:30 UTC; eth0 belongs to NetworkManager, which may undo it',
  ],
  [{ healed: { count: 1, since: '-' } }, 'has drifted 2 times'],
  [{ healed: undefined, manager: 'eth0 belongs to NetworkManager' }, undefined],
])('what returns: %j', (more, words) => {
  const healed = { count: 2, since: '20261128T035230Z' };
  expect(repetition({ healed, manager: undefined, ...more })).toBe(words);
});

test('a host that knows of no apply', () => {
  expect(readHistory(['kept'])).toEqual({
    revision: undefined,
    healed: undefined,
    manager: undefined,
    drift: [],
    departing: [],
  });
});

test.each([
  ['link', 'VLAN 50 (802.1Q) on eth0', 'missing', 'eth0.50 is missing'],
  [
    'link',
    'VLAN 50 (802.1ad) on eth0',
    'VLAN 50 (802.1Q) on eth0',
    'eth0.50 was made anew by another program as VLAN 50 (802.1Q) on eth0, declared is VLAN 50 (802.1ad) on eth0',
  ],
  ['state', 'up', 'down', 'eth0.50 is down'],
  ['persistence', 'networkd', 'missing', 'what brings links on eth0.50 back after a reboot (networkd) is missing'],
  ['MTU', '1400', '1500', 'eth0.50 has MTU 1500, declared is 1400'],
  ['alias', 'vlan-trunk', 'none', 'eth0.50 was made anew by another program'],
  ['address', '192.0.2.5/24', 'missing', 'eth0.50 has lost the address 192.0.2.5/24'],
  ['route', '198.51.100.0/24', 'missing', 'eth0.50 has lost the route to 198.51.100.0/24'],
  ['route', '198.51.100.0/24', 'via 192.0.2.1', 'the route to 198.51.100.0/24 over eth0.50 is via 192.0.2.1'],
  ['routing', 'isolated', 'missing', "the rules for routing: 'isolated' of eth0.50 are missing"],
  ['sysctl', 'ipv6 accept_ra 0', '1', 'eth0.50 has ipv6 accept_ra = 1, declared is 0'],
])('%s in words', (kind, expected, found, sentence) => {
  expect(driftSentence({ subject: 'eth0.50', kind, expected, found })).toBe(sentence);
});
