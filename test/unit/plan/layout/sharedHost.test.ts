import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { checkSharedHosts } from '../../../../src/plan/layout/sharedHost';
import { lines } from '../text';

const check = (...targets: unknown[]): string[] =>
  lines(checkSharedHosts(targets.map((target, index) => ({ name: `n${index + 1}`, target }))));
const address = '192.0.2.1';
const jump = (name: unknown) => ({ address, proxy: { address: name } });

test.each<[string, unknown[]]>([
  ['two addresses', [{ address }, { address: '192.0.2.2' }]],
  ['two ports, which may lead to two machines', [{ address }, { address, port: 2222 }]],
  ['one private address behind two jump hosts', [jump('j1'), jump('j2')]],
  ['one behind a jump host and one in front', [{ address }, jump('j1')]],
  ['a host that is another one’s jump host', [{ address: 'j1' }, jump('j1')]],
  [
    'what is not known yet',
    [
      { address },
      { address: notKnown },
      { address, port: notKnown },
      { address, proxy: notKnown },
      jump(notKnown),
      jump(notKnown),
    ],
  ],
  [
    'garbage',
    [undefined, null, 5, notKnown, {}, { address, proxy: null }, { address, proxy: 5 }, { address: 5 }, { address: 5 }],
  ],
])('accepts %s', (_, targets) => expect(check(...targets)).toEqual([]));

const refusal = (found: string) =>
  `hosts.n2.address: must be another machine than hosts.n1, which has the same address and port: declare the host once, for all that is on it, got "${found}"`;
test.each<[string, unknown[], string]>([
  [
    'one address, by two users',
    [
      { address, user: 'root' },
      { address, user: 'ops' },
    ],
    address,
  ],
  ['one address and port, once by default', [{ address, port: 22 }, { address }], address],
  ['one IPv6 address in two spellings', [{ address: '2001:db8::1' }, { address: '2001:DB8:0::1' }], '2001:DB8:0::1'],
  ['one DNS name in two spellings', [{ address: 'n1.example' }, { address: 'N1.example.' }], 'N1.example.'],
  ['one address behind one jump host', [jump('j1'), jump('j1')], address],
])('refuses %s', (_, targets, found) => expect(check(...targets)).toEqual([refusal(found)]));
