import { capture } from '../../lab/lab';
import { TestNic } from './nic';

/** Maps of priorities on real links, and the priority in the tags of real frames. */

const host = 'n5';
const wire = new TestNic(host, 'eth0');
const nics: TestNic[] = [];
async function newNic(): Promise<TestNic> {
  const nic = new TestNic(host, `vq${nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

afterAll(async () => {
  await wire.remove();
  for (const nic of nics) await nic.unplug();
});

/** As the kernel has them now. */
const maps = async (nic: TestNic, suffix = '.50') => (await nic.link(suffix)).match(/\w+-qos-map [{][^}]*[}]/g) ?? [];
const indexOf = (link: string) => link.split(':')[0];

test('maps are set, changed in place entry by entry, and taken away with their declaration', async () => {
  const nic = await newNic();
  const apply = async (more: object) =>
    expect(await nic.run('apply', [{ vlanId: 50, ...more }])).toMatchObject({ code: 0 });
  await apply({ egressQosMap: { 0: 0, 6: 5, 4294967295: 7 }, ingressQosMap: { 5: 6, 7: 4294967295 } });
  const made = await nic.link('.50');
  expect((await maps(nic)).sort()).toEqual([
    'egress-qos-map { 6:5 4294967295:7 }',
    'ingress-qos-map { 5:6 7:4294967295 }',
  ]);
  await apply({ egressQosMap: { 6: 3, 1: 1 }, ingressQosMap: { 5: 6 } });
  expect((await maps(nic)).sort()).toEqual(['egress-qos-map { 1:1 6:3 }', 'ingress-qos-map { 5:6 }']);
  // As many entries as are accepted, in place of as many others.
  const many = (from: number) => Object.fromEntries(Array.from({ length: 32 }, (_, index) => [from + index, 7]));
  const all = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [index, 4294967295]));
  await apply({ egressQosMap: many(4_000_000_000), ingressQosMap: all });
  await apply({ egressQosMap: many(4_100_000_000) });
  expect((await maps(nic)).map((map) => map.split(' ').length - 3)).toEqual([32]);
  await apply({});
  expect(await maps(nic)).toEqual([]);
  expect(indexOf(await nic.link('.50'))).toBe(indexOf(made));
});

test('a change that fails is undone, maps included', async () => {
  const nic = await newNic();
  await nic.run('apply', [{ vlanId: 50, egressQosMap: { 1: 1, 6: 5 } }]);
  // A name that is free to look at and taken when used.
  await nic.sh(`ip link property add dev ${nic.name}x altname ${nic.name}.61`);
  const { code, text } = await nic.run('apply', [{ vlanId: 50, egressQosMap: { 6: 2, 7: 3 } }, { vlanId: 61 }]);
  expect({ code, text }).toEqual({
    code: 1,
    text: expect.stringContaining('undone: the links are as they were') as string,
  });
  expect(await maps(nic)).toEqual(['egress-qos-map { 1:1 6:5 }']);
});

test('a link that was there before keeps its own maps, and is refused where others are declared', async () => {
  const nic = await newNic();
  await nic.sh(`ip link add link ${nic.name} name ${nic.name}.50 type vlan id 50 egress-qos-map 6:1`);
  expect(await nic.run('apply', [{ vlanId: 50 }])).toMatchObject({ code: 0 });
  expect(await maps(nic)).toEqual(['egress-qos-map { 6:1 }']);
  expect(await nic.run('apply', [{ vlanId: 50, egressQosMap: { 6: 5 } }])).toEqual({
    code: 1,
    text: expect.stringContaining(
      `${nic.name}.50 was not made by vlan-trunk and has egress-qos-map 6:1, declared is 6:5: leave egressQosMap out to use it as it is\n`,
    ) as string,
  });
  expect(await nic.run('apply', [{ vlanId: 50, egressQosMap: { 6: 1 } }])).toMatchObject({ code: 0 });
  await nic.remove();
  expect(await maps(nic)).toEqual(['egress-qos-map { 6:1 }']);
});

test('a frame that comes in with a PCP gets the priority of the ingress map, and with that the PCP of the egress map', async () => {
  const nic = await newNic();
  await nic.run('apply', [{ vlanId: 50, ingressQosMap: { 5: 6 } }]);
  await wire.run('apply', [{ vlanId: 251, egressQosMap: { 6: 3 } }]);
  // From the other end of the cable over a bridge to the wire.
  await nic.sh(
    `ip link add vqbr type bridge && ip link set vqbr up && ip link set ${nic.name}.50 master vqbr && ip link set eth0.251 master vqbr
     ip link add link ${nic.name}x name vqx50 type vlan id 50 egress-qos-map 0:5 6:4
     ip addr add 192.168.251.1/24 dev vqx50 && ip link set vqx50 up && ip neigh replace 192.168.251.9 lladdr 02:00:00:00:00:09 dev vqx50`,
  );
  try {
    const { frames } = await capture(host, 'vlan 251 and icmp', () =>
      nic.sh('ping -c 1 -W 1 192.168.251.9; ping -c 1 -W 1 -Q 0x10 192.168.251.9; true'),
    );
    expect(frames.map((frame) => /vlan 251, p (\d)/.exec(frame)?.[1])).toEqual(['3', '0']);
  } finally {
    await nic.sh('ip link del vqbr; ip link del vqx50');
  }
});
