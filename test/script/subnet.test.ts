import { TestNic } from './nic';

/** Addresses and routes that would take packets away from another link of the host. One NIC a test. */
const nics: TestNic[] = [];

/** Names and subnets apart from those of the other tests. */
async function newNic(host = 'n6'): Promise<TestNic> {
  const nic = new TestNic(host, `vw${120 + nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

afterAll(async () => {
  for (const nic of nics) await nic.unplug();
});

const on50 = (address: string, routes: { destination: string; gateway: string }[] = []) => [
  { vlanId: 50, addresses: [address], routes },
];

describe('refused before anything is changed:', () => {
  /** X is the NIC, B its block without the last byte, V its IPv6 block; what the host has, the address, and the words. */
  test.each<[string, string, string, string]>([
    [
      'an address in the subnet by which the host is reached',
      '',
      '10.88.0.99/24',
      '10.88.0.99/24 on X.50 holds 10.88.0.1, from where this host is reached: it could be cut off',
    ],
    [
      'an address in the subnet of the NIC by which the host is reached, in words of its own',
      '',
      '10.88.0.99/24',
      '10.88.0.99/24 on X.50 overlaps 10.88.0.H/24 of eth0',
    ],
    [
      'an address that is the one we are connected from',
      '',
      '10.88.0.1/32',
      '10.88.0.1/32 on X.50 holds 10.88.0.1, from where this host is reached: it could be cut off',
    ],
    [
      'an address in the subnet of a bridge',
      'ip addr add B.1/25 dev Xbr',
      'B.3/24',
      'B.3/24 on X.50 overlaps B.1/25 of Xbr',
    ],
    [
      'an address in a part of a subnet',
      'ip addr add B.1/24 dev X',
      'B.130/25',
      'B.130/25 on X.50 overlaps B.1/24 of X',
    ],
    ['an IPv6 address', 'ip addr add V::1/64 dev X nodad', 'V::2/64', 'V::2/64 on X.50 overlaps V::1/64 of X'],
    [
      'an address in the subnet of docker0',
      '',
      '172.17.9.9/24',
      '172.17.9.9/24 on X.50 overlaps 172.17.0.1/16 of docker0',
    ],
  ])('%s', async (_, setUp, address, message) => {
    const nic = await newNic();
    const self = (await nic.sh(`ip -o -4 addr show dev eth0`)).replace(/.*10\.88\.0\.(\d+).*/s, '$1');
    const named = (text: string) =>
      text
        .replace(/\bX/g, nic.name)
        .replace(/\bB\./g, nic.behind(''))
        .replace(/\bV::/g, `fd76:${nic.name.slice(2)}::`)
        .replace(/\bH\b/g, self);
    await nic.sh(named(`ip link add Xbr type bridge; ip link set Xbr up; ${setUp}`));
    try {
      const before = [await nic.links(), await nic.records()];
      for (const action of ['check', 'apply'] as const) {
        const { code, text } = await nic.run(action, on50(named(address)));
        expect(text).toContain(`vlan-trunk: ${named(message)}\n`);
        expect(code).toBe(1);
        expect([await nic.links(), await nic.records()]).toEqual(before);
      }
    } finally {
      await nic.sh(named('ip link del Xbr'));
    }
  });

  test('a route into the subnet of another link', async () => {
    const nic = await newNic();
    await nic.sh(`ip addr add ${nic.behind('1/24')} dev ${nic.name}`);
    const route = { destination: nic.behind('128/25'), gateway: nic.address(9).replace('/24', '') };
    for (const action of ['check', 'apply'] as const) {
      const { code, text } = await nic.run(action, on50(nic.address(1), [route]));
      expect(text).toContain(
        `vlan-trunk: ${route.destination} over ${nic.name}.50 lies in ${nic.behind('1/24')} of ${nic.name}\n`,
      );
      expect(code).toBe(1);
      expect(await nic.link('.50')).toBe('');
    }
  });
});

test('what was applied once stays right, also for who is connected from there, and when it must be put back', async () => {
  const nic = await newNic();
  const vlans = on50(nic.address(1));
  await nic.run('apply', vlans);
  const peer = nic.address(9).replace('/24', '');
  // Another link comes into that subnet later.
  await nic.sh(`ip addr add ${nic.address(7)} dev ${nic.name}`);
  for (const action of ['check', 'apply'] as const) expect((await nic.run(action, vlans, { peer })).code).toBe(0);
  await nic.sh(`ip addr del ${nic.address(1)} dev ${nic.name}.50`);
  for (const action of ['check', 'apply'] as const) expect((await nic.run(action, vlans, { peer })).code).toBe(0);
  expect(await nic.addresses('.50')).toBe(nic.address(1));
  // A second address of that subnet takes nothing away that the first one has not.
  const second = [{ vlanId: 50, addresses: [nic.address(1), nic.address(2)] }];
  expect((await nic.run('apply', second, { peer })).code).toBe(0);
});

test('a subnet moves to another VLAN, also where the old one is declared no more and goes after it', async () => {
  const nic = await newNic();
  await nic.run('apply', on50(nic.address(1)));
  for (const address of [nic.address(2), nic.address(1)]) {
    const moved = [{ vlanId: 60, addresses: [address] }];
    expect((await nic.run('check', moved)).code).toBe(0);
    expect(await nic.run('apply', moved)).toMatchObject({ code: 0 });
  }
  await nic.run('sweep', [{ vlanId: 60, addresses: [nic.address(1)] }]);
  expect(await nic.link('.50')).toBe('');
  expect(await nic.addresses('.60')).toBe(nic.address(1));
  expect((await nic.run('apply', [{ vlanId: 60 }, { vlanId: 70, addresses: [nic.address(1)] }])).code).toBe(0);
  expect([await nic.addresses('.60'), await nic.addresses('.70')]).toEqual(['', nic.address(1)]);
});

test("addresses that attract nothing, and a shim's routes in the subnet of its parent", async () => {
  const nic = await newNic();
  await nic.sh(`ip addr add ${nic.address(1)} dev ${nic.name}`);
  const [host, link] = [nic.address(200).replace('/24', '/32'), 'fe80::1/64'];
  const vlans = [{ vlanId: 50, addresses: [host, link] }];
  expect(await nic.run('apply', vlans)).toMatchObject({ code: 0 });
  const shim = { network: nic.network(), addresses: [nic.address(250).replace('/24', '')] };
  for (const action of ['check', 'apply', 'check', 'apply'] as const)
    expect(await nic.runShim(action, shim)).toMatchObject({ code: 0 });
  expect(await nic.routes()).toContain(`10.77.${nic.name.slice(2)}.64/26 dev ${nic.name}-shim`);
});
