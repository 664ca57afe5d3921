import { unknown } from '../../../../src/plan/argument/known';
import { Problems } from '../../../../src/plan/argument/problem';
import { readProbe } from '../../../../src/plan/reach/probe';
import { addressesTo } from '../../../../src/plan/reach/targetAddress';
import { lines } from '../text';

function read(value: Record<string, unknown>) {
  const problems = new Problems();
  const plan = readProbe(problems, value);
  return { plan, problems: lines(problems.list) };
}

test('what is asked, with its defaults', () => {
  expect(read({}).plan).toEqual({ protocol: 'icmp', isReachable: true });
  expect(read({ protocol: 'tcp', port: 443, reachable: false }).plan).toEqual({
    protocol: 'tcp',
    port: 443,
    isReachable: false,
  });
  expect(read({ protocol: 'udp', port: 53 }).plan).toEqual({ protocol: 'udp', port: 53, isReachable: true });
  expect(read({ packetSize: 9000 }).plan).toEqual({ protocol: 'icmp', isReachable: true, packetSize: 9000 });
});

test('a value that is not known yet skips the check, and makes no plan', () => {
  expect(read({ protocol: 'tcp', port: unknown })).toEqual({ plan: undefined, problems: [] });
});

test.each<[Record<string, unknown>, string[]]>([
  [{ protocol: 'sctp' }, ['protocol: must be one of icmp, tcp, udp, got "sctp"']],
  [{ protocol: 'udp' }, ['port: must be given with protocol udp']],
  [{ protocol: 'udp', port: 53, packetSize: 1400 }, ['packetSize: needs protocol icmp']],
  [{ protocol: 'tcp' }, ['port: must be given with protocol tcp']],
  [{ protocol: 'tcp', port: 65536 }, ['port: must be an integer from 1 to 65535, got 65536']],
  [{ port: 80 }, ['port: needs protocol tcp or udp']],
  [
    { protocol: 'tcp', port: 80, packetSize: 1400 },
    ['packetSize: needs protocol icmp: TCP chooses the sizes of its packets itself'],
  ],
  [{ packetSize: 67 }, ['packetSize: must be an integer from 68 to 65535, got 67']],
  [{ packetSize: 1400, reachable: false }, ['packetSize: has no meaning where nothing may be reached']],
  [{ reachable: 'no' }, ['reachable: must be true or false, got "no"']],
])('refuses %j', (value, problems) => {
  expect(read(value)).toEqual({ plan: undefined, problems });
});

describe('the addresses by which a machine is to be reached', () => {
  test.each<[string, string[] | undefined, string[], string[]]>([
    [
      'those in a subnet of the source',
      ['10.0.0.1/24', '2001:db8::1/64'],
      ['10.0.0.2/24', '10.0.1.2/24', '2001:db8::2/64'],
      ['10.0.0.2', '2001:db8::2'],
    ],
    ['without one, all of its IP versions', ['10.9.0.1/24'], ['10.0.0.2/24', '2001:db8::2/64'], ['10.0.0.2']],
    ['all, where the source is a host', undefined, ['10.0.0.2/24', '2001:db8::2/64'], ['10.0.0.2', '2001:db8::2']],
    ['a name, which is resolved where it is used', ['10.9.0.1/24'], ['recorder.example'], ['recorder.example']],
    ['none, where they have no IP version in common', ['10.9.0.1/24'], ['2001:db8::2/64'], []],
  ])('%s', (_, from, to, expected) => {
    expect(addressesTo(from, to)).toEqual(expected);
  });
});
