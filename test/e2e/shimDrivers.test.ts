import type { OperationResult, Stack } from '../../lab/engine/stack';
import { setHairpin } from '../../lab/lab';
import { answer } from './answer';
import { containerStarts, hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds, untagged } from './stack';

/** A shim on networks of each driver, IPv4 and IPv6. */

const host = 'n3';
const other = 'n4';
const [config] = hostConfigs(host);

let untouched: string;
let untouchedOther: string;

beforeAll(async () => {
  untouchedOther = await hostFacts(other);
  untouched = await hostFacts(host);
});

afterAll(async () => {
  await forgetStacks();
  expect(await hostFacts(host)).toBe(untouched);
  expect(await hostFacts(other)).toBe(untouchedOther);
});

const same = ({ changes }: OperationResult) => Object.keys(changes);

interface Leg {
  driver: string;
  vlanId: number;
  /** Others need a route to an l3 network, which is another test's. */
  reachesOthers: boolean;
}

describe('each driver on a VLAN of its own, IPv4 and IPv6', () => {
  const legs: Leg[] = [
    { driver: 'macvlan', vlanId: 141, reachesOthers: true },
    // An internal macvlan network: no default route, but its subnets are reached.
    { driver: 'internal', vlanId: 142, reachesOthers: true },
    { driver: 'l2', vlanId: 143, reachesOthers: true },
    { driver: 'l3', vlanId: 144, reachesOthers: false },
    { driver: 'l3s', vlanId: 145, reachesOthers: false },
    // Frames to the shim go over the switch as well, and arrive only if its port reflects.
    { driver: 'vepa', vlanId: 146, reachesOthers: true },
  ];
  const pair = (ipv4: string, ipv6: string) => (vlanId: number) => [
    `192.168.${vlanId}.${ipv4}`,
    `2001:db8:${vlanId}::${ipv6}`,
  ];
  const [container, leg, machine] = [pair('70', '1:7'), pair('250', 'fa'), pair('134', '134')];

  /** By driver, what a question about each gives; all are asked at once. */
  async function each<T>(ask: (one: Leg) => Promise<T>): Promise<Record<string, T>> {
    return Object.fromEntries(await Promise.all(legs.map(async (one) => [one.driver, await ask(one)] as const)));
  }
  const fromHost = ({ vlanId }: Leg) => answer(host, container(vlanId));
  const toHost = ({ vlanId }: Leg) => answer(host, leg(vlanId), `c${vlanId}`);
  const bothWays = (one: Leg) => Promise.all([fromHost(one), toHost(one)]);
  const withOthers = async ({ vlanId }: Leg) => [
    await answer(other, container(vlanId)),
    await answer(host, machine(vlanId), `c${vlanId}`),
  ];
  const expectOthers = async () =>
    expect(await each(withOthers)).toEqual(
      await each(({ vlanId, reachesOthers }) =>
        Promise.resolve(reachesOthers ? [container(vlanId), machine(vlanId)] : [[], []]),
      ),
    );
  const both = ({ vlanId }: Leg) => [container(vlanId), leg(vlanId)];

  let stack: Stack;
  let starts: string;
  const declared = (shim: boolean, some = legs) =>
    configured(stack, {
      host: config,
      shim: String(shim),
      legs: some.map(({ vlanId, driver }) => ({ vlanId, driver })),
    });

  beforeAll(async () => {
    const lines = legs.map(({ vlanId }) => {
      const [ipv4, ipv6] = machine(vlanId);
      return `ip link add link eth0 name eth0.${vlanId} type vlan id ${vlanId} && ip link set eth0.${vlanId} up
        ip addr add ${ipv4}/24 dev eth0.${vlanId}; ip addr add ${ipv6}/64 dev eth0.${vlanId} nodad`;
    });
    await sh(other, lines.join('\n'));
    stack = await newStack('test/e2e/programs/shim.ts', 'shim', {});
  });
  afterAll(async () => {
    await stack.destroy();
    await sh(other, legs.map(({ vlanId }) => `ip link del eth0.${vlanId}`).join('; '));
  });

  test('without a shim the host reaches none of its containers, and other machines do', async () => {
    await succeeds(declared(false).up());
    expect(await each(fromHost)).toEqual(await each(() => Promise.resolve([])));
    await expectOthers();
    starts = await containerStarts(host);
  });

  test('with one it does, and is reached, except over a switch port that does not reflect', async () => {
    await succeeds(declared(true).up());
    const expected = (one: Leg) => Promise.resolve(one.driver === 'vepa' ? [[], []] : both(one));
    expect(await each(bothWays)).toEqual(await each(expected));
    await expectOthers();
    expect(same(await succeeds(declared(true).up()))).toEqual(['same']);
    expect(await containerStarts(host)).toBe(starts);
  });

  test('in mode vepa it does as soon as the port of the switch reflects', async () => {
    await setHairpin(host, true);
    try {
      const vepa = legs.filter(({ driver }) => driver === 'vepa');
      expect(await Promise.all(vepa.map(bothWays))).toEqual(vepa.map(both));
    } finally {
      await setHairpin(host, false);
    }
  });

  test('when the shims go, host and containers are separated as before, and the containers run on', async () => {
    await succeeds(declared(false).up());
    expect(await each(fromHost)).toEqual(await each(() => Promise.resolve([])));
    await expectOthers();
    expect(await containerStarts(host)).toBe(starts);
  });

  test('a network that becomes one of another mode takes the shim along, and preview finds no conflict', async () => {
    const [l2] = legs.filter(({ driver }) => driver === 'l2') as [Leg];
    await succeeds(declared(true, [l2]).up());
    const routed = declared(true, [{ ...l2, driver: 'l3' }]);
    await succeeds(routed.preview());
    const { steps } = await succeeds(routed.up());
    const replaced = steps.filter(({ op }) => op === 'replace').map(({ name }) => untagged(name));
    expect(replaced.sort()).toEqual(['c143-container', 'lan143-network', 'own143-link', 'own143-removal']);
    expect(await bothWays(l2)).toEqual(both(l2));
    expect(same(await succeeds(routed.up()))).toEqual(['same']);
  });
});
