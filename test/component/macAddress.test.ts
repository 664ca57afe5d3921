import { Host, IpvlanNetwork, MacvlanNetwork, NetworkContainer } from 'vlan-trunk';
import { declaredAs, recordDeclarations } from './declare';

recordDeclarations();

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const subnets = [{ subnet: '10.0.0.0/24', gateway: 'none' }];
const at = (name: string) => {
  const host = new Host(name, { address: `192.0.2.${name.length}`, hostKey, site: name });
  return { host, lan: new MacvlanNetwork(`${name}-lan`, { host, name: 'lan', parentInterface: 'eth0', subnets }) };
};
const one = at('n1');
const two = at('n22');
const macOf = async (name: string) => {
  const { inputs } = await declaredAs(`${name}-container`);
  return (inputs.networksAdvanced as { macAddress?: string }[]).map(({ macAddress }) => macAddress);
};
const declare = (id: string, { lan }: ReturnType<typeof at>, macAddress: string, name = 'web') =>
  new NetworkContainer(id, { name, image: 'busybox', attachments: [{ network: lan, macAddress }] });

test('one that is given goes to the provider as Docker shows it, and the component shows it as it is given', async () => {
  declare('given', one, '02-00-5E-10-00-0A', 'given');
  expect(await macOf('given')).toEqual(['02:00:5e:10:00:0a']);
  expect((await declaredAs('given')).inputs.attachments).toMatchObject([{ macAddress: '02-00-5E-10-00-0A' }]);
});

test('a derived one is that of project, stack, host, container and network, and no other', async () => {
  declare('web', one, 'derived');
  declare('other', one, 'derived', 'db');
  declare('elsewhere', two, 'derived');
  const [web, other, elsewhere] = [await macOf('web'), await macOf('other'), await macOf('elsewhere')].flat();
  // Of ["project","stack","n1","web","lan"]: another one would take its address away from each user's container.
  expect(web).toBe('5e:1b:ae:6f:fc:1c');
  expect(new Set([web, other, elsewhere]).size).toBe(3);
});

test('where none is given, the provider is asked for none', async () => {
  new NetworkContainer('plain', { image: 'busybox', attachments: [{ network: one.lan }] });
  expect(await macOf('plain')).toEqual([undefined]);
});

test('what is wrong is refused, also on ipvlan', () => {
  expect(() => declare('wrong', one, '01:00:5e:10:00:01', 'wrong')).toThrow(
    'attachments[0].macAddress: must be the MAC address of one machine',
  );
  const { host } = at('n333');
  const network = new IpvlanNetwork('flat', { host, parentInterface: 'eth1', subnets });
  const attachments = [{ network, macAddress: 'derived' }];
  expect(() => new NetworkContainer('w', { image: 'busybox', attachments })).toThrow('must be left out: on ipvlan');
});
