import * as pulumi from '@pulumi/pulumi';
import { Host, MacvlanNetwork, NetworkContainer, type NetworkContainerArgs } from 'vlan-trunk';
import { resolveEnd } from '../../src/components/reachEnd';
import { declaredAs, recordDeclarations, valueOf } from './declare';

recordDeclarations();

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const host = new Host('n1', { address: '192.0.2.1', hostKey });
const elsewhere = new Host('n2', { address: '192.0.2.2', hostKey });
const network = new MacvlanNetwork('lan', {
  host,
  parentInterface: 'eth0',
  subnets: [{ subnet: '10.0.0.0/24', gateway: 'none' }],
});
const image = 'busybox';
const vpn = new NetworkContainer('vpn', { image, attachments: [{ network, ipv4Address: '10.0.0.5' }] });
const declared = (name: string, args: Partial<NetworkContainerArgs>) =>
  new NetworkContainer(name, { image, networkOf: vpn, ...args });

test('a container in the namespace of another one has its network mode by its ID, its host, and no network of its own', async () => {
  const web = declared('web', { command: ['httpd'] });
  const { inputs } = await declaredAs('web-container');
  expect(inputs).toMatchObject({ networkMode: 'container:vpn-container-id', networksAdvanced: [], command: ['httpd'] });
  expect(web.host).toBe(host);
  const { inputs: shown } = await declaredAs('web');
  expect(shown).toMatchObject({ networkOf: 'vpn' });
  expect(shown).not.toHaveProperty('attachments');
  expect((await declaredAs('vpn-container')).inputs.networkMode).toBeUndefined();
});

test('one in the namespace of such a one is in that of the first', async () => {
  declared('third', { networkOf: declared('second', {}) });
  expect((await declaredAs('third-container')).inputs.networkMode).toBe('container:vpn-container-id');
});

test('packets to it go to the addresses of the first', async () => {
  const { container } = vpn as { container: { networkDatas: unknown } };
  container.networkDatas = pulumi.output([{ ipAddress: '10.0.0.5', ipPrefixLength: 24 }]);
  const end = await valueOf(resolveEnd(declared('target', {})));
  expect(end).toMatchObject({ container: 'target', addresses: ['10.0.0.5/24'], id: 'target-container-id' });
});

test.each<[string, Partial<NetworkContainerArgs>, string]>([
  ['no container', { networkOf: 'vpn' as never }, 'networkOf: must be a NetworkContainer, got "vpn"'],
  [
    'an output',
    { networkOf: pulumi.output('vpn') as never },
    'networkOf: must be a NetworkContainer itself, got an output',
  ],
  ['a container of another host', { host: elsewhere }, 'networkOf: is on another host than this container'],
  ['networks beside it', { attachments: [{ network }] }, 'attachments: must be left out'],
  ['ports', { ports: [{ internal: 80 }] }, 'ports: must be left out'],
  ['a name of its own', { hostname: 'web' }, 'hostname: must be left out'],
  ['neither', { networkOf: undefined }, 'attachments: must hold at least one network, or networkOf must be given'],
])('%s: refused', (what, args, problem) => {
  expect(() => declared(`wrong ${what}`, args)).toThrow(problem);
});
