import type { Stack } from '../../lab/engine/stack';
import { waitUntil } from '../../lab/lab';
import { answering } from '../../lab/reach';
import { newestEngine, routerHost } from './engines';
import { hostFacts, sh } from './facts';
import { Router } from './router';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** The options of an attachment, as seen in the container and from a router that advertises prefixes on all VLANs. */

let router: Router | undefined;
let untouched: string;
beforeAll(async () => {
  untouched = await hostFacts(routerHost);
  router = await Router.start(routerHost, {
    102: ['192.168.102.1/24', '2001:db8:102::1/64'],
    103: ['2001:db8:103::1/64'],
    104: ['2001:db8:104::1/64'],
  });
  // Docker's own prefix on VLAN 103 is another one, so that it is plain who gave which address.
  await router.advertise({ 102: '2001:db8:102::/64', 103: '2001:db8:103::/64', 104: '2001:db8:104::/64' });
});
afterAll(async () => {
  await router?.stop();
  expect(await hostFacts(routerHost)).toBe(untouched);
});

describe.each(newestEngine)('on Engine $engine', ({ host, engine }) => {
  const [config] = hostConfigs(host);
  let stack: Stack;
  let before: string;
  beforeAll(async () => {
    before = await hostFacts(host);
    stack = await newStack('test/e2e/programs/attachment.ts', `attachment${engine}`, { host: config, engine });
    await succeeds(stack.up());
  });
  afterAll(async () => {
    await stack.destroy();
    expect(await hostFacts(host)).toBe(before);
    await forgetStacks();
  });

  const inside = (container: string, script: string) => sh(host, `docker exec ${container} ${script}`);
  const from = (container: string) => ({ host, container, address: '' });
  const macOf = (container: string, nic = 'eth0') => inside(container, `cat /sys/class/net/${nic}/address`);

  /** The IPv6 addresses of an interface that others can use, none of them still in question (DAD). */
  async function addresses(container: string, nic = 'eth0'): Promise<string[]> {
    const shown = await inside(container, `ip -6 -o addr show dev ${nic} scope global`);
    return [...shown.matchAll(/inet6 (\S+)\/(?!.*tentative)/g)].map(([, address = '']) => address).sort();
  }

  /** The same, waited for until a router's advertisement was heard. */
  async function addressOf(prefix: string, container: string, nic?: string): Promise<string> {
    let found: string | undefined;
    await waitUntil(`an address of ${prefix} in ${container}`, async () => {
      found = (await addresses(container, nic)).find((address) => address.startsWith(prefix));
      return found !== undefined;
    });
    return found ?? '';
  }

  /** The MAC address at which the router finds an address that answers; `undefined` where none does. */
  async function seenByRouter(address: string): Promise<string | undefined> {
    await router?.run(`ping -c 1 -W 30 ${address}`);
    const known = await router?.run(`ip neighbour show to ${address}`);
    return /lladdr (\S+)/.exec(known ?? '')?.[1];
  }

  test.each(['off-plain', 'off-dual'])(
    '%s: no IPv6 address, not even a link-local one, and IPv4 as ever',
    async (off) => {
      // The router is heard by others on this network.
      if (off === 'off-dual') await addressOf('2001:db8:103:', 'hearing');
      expect(await inside(off, 'ip -6 -o addr show dev eth0')).toBe('');
      const [, own = ''] = /inet (\S+)\//.exec(await inside(off, 'ip -4 -o addr show dev eth0')) ?? [];
      const peer = off === 'off-plain' ? 'limited' : 'hearing';
      expect(await answering(from(peer), [own])).toEqual(new Set([own]));
    },
  );

  test('a second up and a refresh find nothing to change', async () => {
    expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
    expect(Object.keys((await succeeds(stack.refresh())).changes)).toEqual(['same']);
  });

  if (engine < 28) {
    test('what this Engine would ignore in silence is refused at preview', async () => {
      const { ok, error } = await configured(stack, { host: config, engine: 28 }).preview();
      expect(ok).toBe(false);
      for (const [argument, needed] of [
        ['[0].ipv6', 27],
        ['[0].sysctls', 27],
        ['[0].interfaceName', 28],
        ['[1].sysctls', 27],
      ]) {
        expect(error).toContain(
          `attachments${argument} needs Docker Engine ${needed} or newer, the host has ${engine}.`,
        );
      }
    });
    return;
  }

  describe('slaac', () => {
    test('on a network of IPv4: an address of the advertised prefix, which the router reaches at the container’s MAC', async () => {
      const address = await addressOf('2001:db8:102:', 'asking', 'lan0');
      expect(await seenByRouter(address)).toBe(await macOf('asking', 'lan0'));
    });

    test('the default route is the router’s own', async () => {
      await addressOf('2001:db8:102:', 'asking', 'lan0');
      expect(await inside('asking', 'ip -6 route show default')).toMatch(/^default via fe80::\S+ dev lan0 /);
      // Off the link, and so over the router.
      expect(await answering(from('asking'), ['2001:db8:104::1'])).toEqual(new Set(['2001:db8:104::1']));
    });

    test('on ipvlan: each container its own address, on one MAC', async () => {
      const both = await Promise.all(['shared1', 'shared2'].map((each) => addressOf('2001:db8:104:', each)));
      expect(new Set(both).size).toBe(2);
      const macs = await Promise.all(both.map(seenByRouter));
      expect(new Set(macs)).toEqual(new Set([await sh(host, 'cat /sys/class/net/eth0.104/address')]));
    });
  });

  test('static: the declared address alone, where another container hears the router too', async () => {
    await addressOf('2001:db8:103:', 'hearing');
    expect(await addresses('deaf')).toEqual(['2001:db8:d0c::11']);
    expect(await addresses('hearing')).toHaveLength(2);
    expect(await answering(from('hearing'), ['2001:db8:d0c::11'])).toEqual(new Set(['2001:db8:d0c::11']));
  });

  test('with an IPv6 gateway, a container starts whenever an advertisement comes, and its default route is the gateway', async () => {
    const started = await router?.advertisingWithoutPause(103, '2001:db8:103::', () =>
      sh(host, `for start in 1 2 3 4 5; do docker restart --timeout 1 hearing || exit 1; done`),
    );
    expect(started?.split('\n')).toHaveLength(5);
    await addressOf('2001:db8:103:', 'hearing');
    expect((await inside('hearing', 'ip -6 route show default')).split('\n')).toEqual([
      expect.stringMatching(/^default via 2001:db8:d0c::1 dev eth0 /),
    ]);
  });

  test('off on one network, beside slaac on another, and beside settings of the container', async () => {
    const own = await addressOf('2001:db8:102:', 'off-and-asking', 'lan0');
    const shown = await inside('off-and-asking', 'ip -6 -o addr show scope global');
    expect(shown.split('\n').map((line) => /inet6 (\S+)\//.exec(line)?.[1])).toEqual([own]);
    expect(await inside('off-and-asking', 'cat /proc/sys/net/ipv4/ip_forward')).toBe('1');
  });

  test('names and settings are those of their attachment', async () => {
    const read = (container: string, nic: string) => inside(container, `cat /proc/sys/net/ipv4/conf/${nic}/arp_notify`);
    expect(await read('asking', 'lan0')).toBe('1');
    expect([await read('legs', 'lan0'), await read('legs', 'wan0')]).toEqual(['2', '0']);
    expect(await inside('legs', 'ip -4 -o addr show dev wan0')).toContain('192.168.102.');
    expect(await inside('legs', 'ip -4 -o addr show dev lan0')).toContain('192.168.103.');
  });

  test('an advertised default route does not take the place of the declared one', async () => {
    await addressOf('2001:db8:102:', 'legs', 'wan0');
    expect((await inside('legs', 'ip -6 route show default')).split('\n')).toEqual([
      expect.stringMatching(/^default via 2001:db8:d0c::1 dev lan0 /),
    ]);
  });
});
