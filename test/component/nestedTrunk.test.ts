import { declaredAs, declaredBelow, noteOptions, orderOf, recordDeclarations } from './declare';

recordDeclarations();

import { Host, MacvlanNetwork, NetworkContainer, type Vlan, VlanInterface, VlanTrunk } from 'vlan-trunk';
import { Program } from '../../src/components/program';

/** A trunk on a VLAN of another trunk. */

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const host = new Host('n1', { address: '192.0.2.1', hostKey });
const outer = new VlanTrunk('outer', {
  host,
  parentInterface: 'eth0',
  vlans: [100, 200].map((vlanId) => ({ vlanId, protocol: '802.1ad' as const })),
});
const inner = new VlanTrunk('inner', { host, parentInterface: outer.vlan(100), vlans: [{ vlanId: 50 }] }, noteOptions);

test('is made on the outer link, which need not be there at the check', async () => {
  expect(inner.vlan(50)).toMatchObject({ parentInterface: 'eth0.100', interfaceName: 'eth0.100.50' });
  expect((await declaredAs('inner-links')).inputs.stdin).toBe(
    [
      'owner project+stack+inner',
      'parent eth0.100 declared',
      'persist unit',
      'vlan eth0.100.50 50 802.1Q -',
      'sysctl eth0.100.50 ipv6 accept_ra 0',
      '',
    ].join('\n'),
  );
});

test('goes before the outer links, and is replaced with the outer VLAN', async () => {
  await declaredAs('inner-links');
  const removal = declaredBelow('inner-removal-')[0];
  expect(removal?.inputs.triggers).toEqual(['192.0.2.1', 'eth0.100']);
  expect((await orderOf(removal?.name ?? '')).dependsOn).toEqual(['outer-links', 'outer-sweep', 'outer.100/802.1ad']);
});

test('carries containers that the engine deletes one by one, before the links below them', async () => {
  const together = async (name: string, vlan: Vlan, prefix: string) => {
    const network = new MacvlanNetwork(name, {
      parentInterface: vlan,
      subnets: [{ subnet: `${prefix}.0/24`, gateway: 'none' }],
    });
    new NetworkContainer(`c-${name}`, { image: 'busybox', attachments: [{ network }] }, noteOptions);
    await declaredAs(`c-${name}-container`);
    return (await orderOf(`c-${name}-container`)).deletedWith;
  };
  expect(await together('on-outer', outer.vlan(200), '10.0.1')).toBe('n1-owner-containers');
  expect(await together('on-inner', inner.vlan(50), '10.0.2')).toBeUndefined();
});

test('a VLAN interface may be on a VLAN, too', async () => {
  const { vlan } = new VlanInterface('single', { host, parentInterface: outer.vlan(200), vlanId: 50 });
  expect(vlan.interfaceName).toBe('eth0.200.50');
  expect((await declaredAs('single-links')).inputs.stdin).toContain('parent eth0.200 declared\n');
});

test('is refused on a VLAN of another host', () => {
  const other = new Host('n9', { address: '192.0.2.9', hostKey });
  expect(
    () => new VlanTrunk('bad', { host: other, parentInterface: outer.vlan(100), vlans: [{ vlanId: 50 }] }),
  ).toThrow('parentInterface: VLAN 100 is on another host than the trunk');
});

test('one address on one inner VLAN ID of two hosts clashes below the same outer VLAN only', () => {
  const clashes = () =>
    Program.current()
      .layout.problems()
      .filter(({ message }) => message.includes('must be given once'));
  const declare = (name: string, address: string, outerId: number) => {
    const far = new Host(name, { address, hostKey });
    const trunk = new VlanTrunk(`${name}-outer`, {
      host: far,
      parentInterface: 'eth0',
      vlans: [{ vlanId: outerId, protocol: '802.1ad' }],
    });
    const { vlan } = new VlanInterface(`${name}-inner`, {
      host: far,
      parentInterface: trunk.vlan(outerId),
      vlanId: 50,
      addresses: ['10.0.0.9/24'],
    });
    new MacvlanNetwork(`${name}-lan`, { parentInterface: vlan, subnets: [{ subnet: '10.0.0.0/24', gateway: 'none' }] });
  };
  declare('a', '192.0.2.21', 100);
  declare('b', '192.0.2.22', 200);
  expect(clashes()).toEqual([]);
  declare('c', '192.0.2.23', 200);
  expect(clashes().map(({ path }) => path)).toEqual(['hosts.c.trunks["c-inner"].vlans[0].addresses[0]']);
});
