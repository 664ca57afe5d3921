import { holdBack } from '../../../../src/plan/network/heldBack';
import { unknown as notKnown } from '../../../../src/plan/argument/known';

const subnet = { subnet: '192.168.50.0/24', gateway: '192.168.50.1' };

test.each<[string, object, unknown, unknown]>([
  ['an address of the subnet', subnet, ['192.168.50.250'], { shim: '192.168.50.250' }],
  [
    'two, and one of another subnet',
    subnet,
    ['192.168.50.250', '10.0.0.1', '192.168.50.251'],
    { shim: '192.168.50.250', 'shim-2': '192.168.50.251' },
  ],
  ['an address in its one form', { subnet: '2001:db8::/64' }, ['2001:DB8:0::FA'], { shim: '2001:db8::fa' }],
  [
    'beside others, under a name that is free',
    { ...subnet, auxiliaryAddresses: { shim: '192.168.50.9' } },
    ['192.168.50.250'],
    { shim: '192.168.50.9', 'shim-2': '192.168.50.250' },
  ],
  [
    'one that has a name already',
    { ...subnet, auxiliaryAddresses: { nas: '192.168.50.250' } },
    ['192.168.50.250'],
    { nas: '192.168.50.250' },
  ],
  ['one address twice', subnet, ['192.168.50.250', '192.168.50.250'], { shim: '192.168.50.250' }],
  ['nothing for an address of another subnet', subnet, ['10.0.0.1'], undefined],
  ['not the gateway', subnet, ['192.168.50.1'], undefined],
  ['not an edge', subnet, ['192.168.50.255'], undefined],
  ['nothing where there is no subnet', { subnet: 'x' }, ['192.168.50.250'], undefined],
  ['what is no list of names is left for the check', { ...subnet, auxiliaryAddresses: 'x' }, ['192.168.50.250'], 'x'],
  ['what is not known yet', { ...subnet, auxiliaryAddresses: notKnown }, ['192.168.50.250'], notKnown],
])('holds back %s', (_, given, addresses, expected) => expect(holdBack(given, addresses)).toEqual(expected));
