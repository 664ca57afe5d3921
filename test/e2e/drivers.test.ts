import type { Stack } from '../../lab/engine/stack';
import { answering } from '../../lab/reach';
import { newestEngine, routerHost } from './engines';
import { hostFacts, sh } from './facts';
import { Router } from './router';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Both drivers, all modes, all kinds of subnets, as Docker's own suites name them: on Engine 28 and on Engine 26. */
describe.each(newestEngine)('on Engine $engine', ({ host, engine }) => {
  const [n] = hostConfigs(host);
  const has28 = engine >= 28;
  // Those two are changed again and again, in a stack of their own.
  const declaring = (more: object = {}) => ({ host: n, engine, without: ['first', 'second'], ...more });

  let stack: Stack;
  let untouched: string;
  let router: Router;
  beforeAll(async () => {
    untouched = await hostFacts(host);
    router = await Router.start(routerHost, {
      101: ['10.9.101.1/24', '2001:db8:101::1/64'],
      105: ['10.9.105.1/24'],
      // An address on another network, to test the default route.
      99: ['203.0.113.1/24', '2001:db8:ffff::1/64'],
    });
    stack = await newStack('test/e2e/programs/drivers.ts', `drivers${engine}`, declaring());
    await succeeds(stack.up());
  });
  afterAll(async () => {
    await forgetStacks();
    await router.stop();
    expect(await hostFacts(host)).toBe(untouched);
  });

  const inside = (container: string, script: string) => sh(host, `docker exec ${container} ${script}`);
  const reaches = (container: string, ...addresses: string[]) => answering({ host, container, address: '' }, addresses);
  /** The addresses of a container as its own kernel has them, without link-local ones. */
  const addressesOf = async (container: string) =>
    [...(await inside(container, 'ip -o addr show eth0')).matchAll(/inet6? (?!fe80)([^/ ]+)/g)].map(
      ([, ip]) => ip ?? '',
    );

  test('l2: both families, peers, and other networks over the gateways', async () => {
    const [ipv4 = '', ipv6 = ''] = await addressesOf('l2-b');
    expect([ipv4, ipv6]).toEqual([expect.stringMatching(/^10\.9\.101\./), expect.stringMatching(/^2001:db8:101::/)]);
    const all = [ipv4, ipv6, '203.0.113.1', '2001:db8:ffff::1'];
    expect(await reaches('l2-a', ...all)).toEqual(new Set(all));
  });

  test.each(['l3', 's'])('%s: peers over subnets of both families, a default route without a gateway', async (name) => {
    const network = name === 's' ? 'l3s' : 'l3';
    const id = name === 's' ? 103 : 102;
    const peer = [`10.8.${id}.12`, `2001:db8:${id}:1::12`];
    expect(await reaches(`${network}-a`, ...peer)).toEqual(new Set(peer));
    expect(await inside(`${network}-a`, 'ip -4 route show default')).toMatch(/^default dev eth0\b/);
    expect(await inside(`${network}-a`, 'ip -6 route show default')).toMatch(/^default dev eth0\b/);
    expect(await sh(host, `docker network inspect ${network} -f '{{.Options.ipvlan_mode}}'`)).toBe(network);
  });

  // Docker's own suite pings between subnets here, but checks only that ping started: there is no route.
  test('l3 without a parent: peers of a subnet, no route to any other, and no interface of the host', async () => {
    const peer = ['10.9.104.12', '2001:db8:104::12'];
    expect(await reaches('l3-alone-a', ...peer)).toEqual(new Set(peer));
    expect(await inside('l3-alone-a', 'ip route')).not.toContain('default');
    expect(await sh(host, `docker network inspect l3-alone -f '{{index .Options "parent"}}'`)).toBe('');
  });

  test('internal: peers, and no other network', async () => {
    const [peer = ''] = await addressesOf('l2-inside-b');
    expect(await reaches('l2-inside-a', peer, '203.0.113.1')).toEqual(new Set([peer]));
    const routed = ['10.9.106.12', '2001:db8:106::12'];
    expect(await reaches('l3-inside-a', ...routed, '203.0.113.1')).toEqual(new Set(routed));
    for (const container of ['l2-inside-a', 'l3-inside-a']) {
      expect(await inside(container, 'ip route')).not.toContain('default');
    }
  });

  test.each([
    ['macvlan on a VLAN', 'many', 117],
    ['ipvlan l2 without a parent', 'many-alone', 118],
  ])('several subnets of both families, %s: peers in each, none in the other', async (_, network, id) => {
    const first = [`10.9.${id}.12`, `2001:db8:${id}::12`];
    const second = [`10.8.${id}.12`, `2001:db8:${id}:1::12`];
    expect(await reaches(`${network}-a`, ...first, ...second)).toEqual(new Set(first));
    expect(await reaches(`${network}-c`, ...first, ...second)).toEqual(new Set(second));
  });

  test('the flag private: no peers', async () => {
    const [peer = ''] = await addressesOf('private-b');
    expect(await reaches('private-a', peer)).toEqual(new Set());
  });

  test('IPv4 alone: no IPv6 in the container', async () => {
    expect(await inside('only4-a', 'cat /proc/sys/net/ipv6/conf/eth0/disable_ipv6')).toBe('1');
    const [peer = ''] = await addressesOf('only4-b');
    expect(await reaches('only4-a', peer)).toEqual(new Set([peer]));
  });

  test('one subnet in three networks: each hands out its own range, no address twice', async () => {
    const parts = [0, 1, 2].flatMap((part) => ['a', 'b'].map((letter) => `part${part}-${letter}`));
    const given = (await Promise.all(parts.map(addressesOf))).flat();
    expect(new Set(given).size).toBe(6);
    const quarters = given.map((address) => Math.floor(Number(address.split('.')[3]) / 64));
    expect(quarters).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('a second up finds nothing to change', async () => {
    expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  });

  if (has28) {
    test('IPv6 alone: an IPv6 address and route, and no IPv4', async () => {
      const addresses = await addressesOf('only6-b');
      expect(addresses).toEqual([expect.stringMatching(/^2001:db8:113::/)]);
      expect(await reaches('only6-a', ...addresses)).toEqual(new Set(addresses));
      expect(await inside('only6-a', 'ip -6 route show default')).toMatch(/^default via 2001:db8:113::1 /);
      expect(await inside('only6-a', 'ip -4 route')).toBe('');
    });

    test('no subnet: a link, and no address on it', async () => {
      expect(await addressesOf('bare-a')).toEqual([]);
      expect(await inside('bare-a', 'cat /sys/class/net/eth0/operstate')).toBe('up');
    });

    test('a /31 has both of its addresses for containers', async () => {
      for (const [network, base] of [
        ['pair', '10.9.115'],
        ['l3-pair', '10.9.100'],
      ] as const) {
        const addresses = [await addressesOf(`${network}-a`), await addressesOf(`${network}-b`)].flat();
        expect(addresses.sort()).toEqual([`${base}.0`, `${base}.1`]);
        const [own = ''] = await addressesOf(`${network}-a`);
        const other = addresses.filter((address) => address !== own);
        expect(await reaches(`${network}-a`, ...other)).toEqual(new Set(other));
      }
    });

    test('two networks on one parent: either can go first, the other runs on', async () => {
      const both = { first: 112, second: 113 };
      const declared = { host: n, networks: both };
      const shared = await newStack('test/e2e/programs/sharedParent.ts', 'shared-parent', declared);
      await succeeds(shared.up());
      const [first = '', second = ''] = [await addressesOf('first-b'), await addressesOf('second-b')].flat();
      for (const [gone, stays, peer] of [
        ['first', 'second', second],
        ['second', 'first', first],
      ] as const) {
        const result = await succeeds(configured(shared, { host: n, networks: { [stays]: both[stays] } }).up());
        expect(
          doings(result)
            .filter((doing) => /-network|-container/.test(doing))
            .sort(),
        ).toEqual([`delete ${gone}-a-container`, `delete ${gone}-b-container`, `delete ${gone}-network`].sort());
        expect(await reaches(`${stays}-a`, peer)).toEqual(new Set([peer]));
        await succeeds(shared.up());
      }
      await succeeds(shared.destroy());
    });
  } else {
    test('what this Engine cannot do is refused at preview, with the reason', async () => {
      const result = await configured(stack, declaring({ engine: 28, without: [] })).preview();
      expect(result.ok).toBe(false);
      for (const name of ['only6', 'bare', 'pair', 'l3-pair']) {
        expect(result.error).toMatch(
          new RegExp(
            `(?:MacvlanNetwork|IpvlanNetwork) ${name}: a network with these subnets needs Docker Engine 28 or newer, the host has 26`,
          ),
        );
      }
      expect(result.error).toMatch(
        /MacvlanNetwork second: a second network on one parent interface needs Docker Engine 27/,
      );
    });
  }
});
