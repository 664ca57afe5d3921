import type { ExistingContainer } from '../../../src/host/existingContainer';
import { readExistingNetwork } from '../../../src/host/existingNetwork';
import { foreignAddresses } from '../../../src/host/foreignAddress';

const lan = readExistingNetwork({
  ...{ Name: 'lan', Driver: 'macvlan', Scope: 'local' },
  IPAM: { Driver: 'default', Config: [{ Subnet: '10.0.0.0/24' }] },
});
const container = (name: string, ...addresses: ExistingContainer['addresses']): ExistingContainer => ({
  ...{ name, image: 'busybox', owner: '', project: undefined, addresses },
});

test('each address has its container in words, its network, and the subnets that it is shared by', () => {
  const plc = container(
    'plc',
    { network: 'lan', text: '10.0.0.5', isHeld: true },
    { network: 'gone', text: '2001:db8::5', isHeld: false },
    { network: 'lan', text: 'what an Engine never gives', isHeld: true },
  );
  const holder = 'container plc (busybox), which is on the host and not of this stack';
  expect(foreignAddresses([plc, container('web')], lan === undefined ? [] : [lan])).toMatchObject([
    { address: { text: '10.0.0.5' }, container: 'plc', holder, network: 'lan', pools: ['10.0.0.0/24'], isHeld: true },
    { address: { text: '2001:db8::5' }, network: 'gone', pools: [], isHeld: false },
  ]);
});
