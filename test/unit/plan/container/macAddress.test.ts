import { Problems } from '../../../../src/plan/argument/problem';
import { macAddressOf, readMacAddress } from '../../../../src/plan/container/macAddress';
import { planContainer } from '../../../../src/plan/container/containerPlan';
import { engine } from '../../../../src/plan/network/engineVersion';
import { planNetwork } from '../../../../src/plan/network/network';
import { planHost } from '../../../../src/plan/layout/placement';
import { checkMacAddresses } from '../../../../src/plan/layout/sharedMacAddress';
import { lines } from '../text';

const subnets = [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }];
const network = planNetwork({ driver: 'macvlan', parentInterface: 'eth0.50', subnets });
const passthru = planNetwork({ driver: 'macvlan', parentInterface: 'eth1', subnets, mode: 'passthru' });
const ipvlan = planNetwork({ driver: 'ipvlan', parentInterface: 'eth0.51', subnets, mode: 'l2' });
const read = (value: unknown, where = network) => {
  const problems = new Problems().at('macAddress');
  return [readMacAddress(problems, value, where), ...lines(problems.list)];
};

test.each([
  ['02:00:5e:10:00:01', '02:00:5e:10:00:01'],
  ['02-00-5E-10-00-0A', '02:00:5e:10:00:0a'],
  ['derived', 'derived'],
])('%s is taken', (given, text) => expect(read(given)).toEqual([text]));

const form = "must be a MAC address such as '02:00:5e:10:00:01', or 'derived'";
const group = 'must be the MAC address of one machine, not of a group: its first byte must be even';
test.each([
  ['02:00:5e:10:00', `${form}, got "02:00:5e:10:00"`],
  ['0200.5e10.0001', `${form}, got "0200.5e10.0001"`],
  [7, `${form}, got 7`],
  ['01:00:5E:10:00:01', `${group}, got "01:00:5e:10:00:01"`],
  ['ff:ff:ff:ff:ff:ff', `${group}, got "ff:ff:ff:ff:ff:ff"`],
  ['00:00:00:00:00:00', 'must not be all zeros, got "00:00:00:00:00:00"'],
])('%s is refused', (given, problem) => expect(read(given)).toEqual([undefined, `macAddress: ${problem}`]));

test('on ipvlan, and in mode passthru, each is refused', () => {
  expect(read('derived', ipvlan)[1]).toContain('on ipvlan all containers have the MAC address of the parent interface');
  expect(read('02:00:5e:10:00:01', passthru)[1]).toContain('it would become that of the parent interface');
});

test('one that is made of a digest is locally administered, and of one machine', () => {
  expect(macAddressOf(Uint8Array.from([0xff, 1, 2, 3, 4, 0xa5, 9]))).toBe('fe:01:02:03:04:a5');
  expect(macAddressOf(new Uint8Array(32))).toBe('02:00:00:00:00:00');
});

test('it needs an Engine that heeds it', () => {
  const { endpoints, needs } = planContainer({ attachments: [{ network, macAddress: '02-00-5E-10-00-01' }] });
  expect(endpoints).toEqual([{ driverOptions: [], macAddress: '02:00:5e:10:00:01' }]);
  expect(needs).toEqual([{ path: 'attachments[0].macAddress', engine: engine(29, 3) }]);
});

describe('over the program', () => {
  const host = (name: string, ...macs: (string | undefined)[]) =>
    planHost(
      [network],
      macs.map((macAddress) => ({ attachments: [{ network, ...(macAddress !== undefined && { macAddress }) }] })),
      { host: name, networks: ['lan'], containers: macs.map((_, index) => `c${index}`) },
    );
  const one = '02:00:5e:10:00:01';

  test('each is given once', () => {
    expect(checkMacAddresses([host('n1', one, undefined), host('n2', undefined, '02:00:5e:10:00:02')])).toEqual([]);
    expect(lines(checkMacAddresses([host('n1', one), host('n2', '02:00:5e:10:00:02', one.toUpperCase())]))).toEqual([
      `hosts.n2.containers.c1.attachments[0].macAddress: must be given once, got "${one}" also at hosts.n1.containers.c0.attachments[0].macAddress`,
    ]);
  });

  test('what is wrong is reported by its own check', () => {
    const [first, second] = [
      host('n1', '01:00:5e:10:00:01', 'x', 'derived'),
      host('n2', '01:00:5e:10:00:01', 'derived'),
    ];
    expect(checkMacAddresses([first, second])).toEqual([]);
  });
});
