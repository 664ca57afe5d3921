import { checkPhysicalNetworks, physicalNetworks } from '../../../../src/plan/layout/physicalNetwork';
import { Problems } from '../../../../src/plan/argument/problem';
import { lines } from '../text';

const use = (nic: string, label: string, path: string) => ({ nic, label, path });

test('an interface is on one switched network: the first name counts, another one is refused', () => {
  const problems = new Problems();
  const uses = [
    use('eth1', 'machine', 'trunks.a'),
    use('eth0', 'lan', 'trunks.b'),
    use('eth1', 'machine', 'networks.c'),
    use('eth1', 'lan', 'networks["d-1"]'),
  ];
  checkPhysicalNetworks(problems.at('hosts').at('n1'), uses);
  expect(lines(problems.list)).toEqual([
    'hosts.n1.networks["d-1"].physicalNetwork: must be "machine", as at hosts.n1.trunks.a, because both are on eth1, got "lan"',
  ]);
  expect([...physicalNetworks(uses)].sort()).toEqual([
    ['eth0', 'lan'],
    ['eth1', 'machine'],
  ]);
});
