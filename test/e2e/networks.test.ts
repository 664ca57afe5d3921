import type { Stack } from '../../lab/engine/stack';
import { answering } from '../../lab/reach';
import { oldestAndNewestEngine } from './engines';
import { hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** What a network and a container take besides the trunk's plain case; each test reads the one stack. */

describe.each(oldestAndNewestEngine)('on Engine $engine', ({ host, engine }) => {
  const [config] = hostConfigs(host);

  let stack: Stack;
  let untouched: string;
  beforeAll(async () => {
    untouched = await hostFacts(host);
    stack = await newStack('test/e2e/programs/networks.ts', `networks${engine}`, { host: config, engine });
    await succeeds(stack.up());
  });
  afterAll(async () => {
    await stack.destroy();
    expect(await hostFacts(host)).toBe(untouched);
    await forgetStacks();
  });

  const inside = (container: string, script: string) => sh(host, `docker exec ${container} ${script}`);
  const from = (container: string) => ({ host, container, address: '' });
  /** The address that Docker gave, read in the container itself. */
  const ipv4Of = async (container: string, nic = 'eth0') =>
    /inet (\S+)\//.exec(await inside(container, `ip -o -4 addr show ${nic}`))?.[1] ?? '';

  test('Docker hands out free addresses of the range only', async () => {
    const given = await Promise.all(['given1', 'given2'].map((name) => ipv4Of(name)));
    expect(given.sort()).toEqual(['192.168.97.65', '192.168.97.67']);
  });

  test('a container on two networks reaches the neighbours on both, by IPv4 and IPv6', async () => {
    const [given1, peer] = [await ipv4Of('given1'), await ipv4Of('peer')];
    const addresses = [given1, peer, '2001:db8:98::12'];
    expect(await answering(from('both'), addresses)).toEqual(new Set(addresses));
    // A container on two networks does not connect them: the neighbours on either side do not reach each other.
    expect(await answering(from('given1'), ['192.168.97.11', peer])).toEqual(new Set(['192.168.97.11']));
    expect(await answering(from('peer'), ['2001:db8:98::11', '192.168.98.11', given1])).toEqual(
      new Set(['2001:db8:98::11', '192.168.98.11']),
    );
  });

  test('the default route of a container on two networks is the declared one’s', async () => {
    expect(await inside('first', 'ip -4 route show default')).toMatch(/^default via 192\.168\.101\.1 /);
    if (engine >= 28) {
      expect(await inside('chosen', 'ip -4 route show default')).toMatch(/^default via 192\.168\.97\.1 /);
    } else {
      const { error } = await configured(stack, { host: config, engine, all: 'true' }).preview();
      expect(error).toContain('attachments[1].defaultRoute needs Docker Engine 28 or newer, the host has 26');
    }
    expect(await inside('both', 'ip -4 route show default')).toMatch(/^default via 192\.168\.98\.1 /);
    expect(await inside('both', 'ip -6 route show default')).toMatch(/^default via 2001:db8:98::1 /);
  });

  // Docker's resolver needs netfilter, which the lab's kernel does not have. So this checks only that Docker has the names.
  test('Docker knows a container by its name and aliases', async () => {
    const names = await sh(
      host,
      'docker inspect both -f \'{{json (index .NetworkSettings.Networks "ranged").DNSNames}}\'',
    );
    for (const name of ['both', 'web', 'www']) expect(JSON.parse(names)).toContain(name);
  });

  test('what else docker.Container takes arrives as it is', async () => {
    expect(await inside('both', 'hostname')).toBe('two-legs');
    expect(await inside('both', 'env')).toContain('COLOR=red');
    expect(await sh(host, "docker inspect both -f '{{.Config.Labels.role}}'")).toBe('test');
  });

  test('labels, driver, mode and name of a network are Docker’s', async () => {
    const read = (network: string, template: string) => sh(host, `docker network inspect ${network} -f '${template}'`);
    expect(await read('ranged', '{{.Driver}} {{.Options.macvlan_mode}} {{.Options.parent}}')).toBe(
      'macvlan bridge eth0.97',
    );
    expect(await read('ranged', '{{.Labels.site}} {{.Labels.floor}}')).toBe('north 2');
    expect(await read('dual-stack', '{{.EnableIPv6}} {{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}')).toBe(
      'true 192.168.98.0/24 192.168.98.1 2001:db8:98::/64 2001:db8:98::1',
    );
  });

  test('without a parent, and internal, containers reach only each other', async () => {
    for (const [one, other] of [
      ['quiet1', 'quiet2'],
      ['quiet3', 'quiet4'],
    ] as const) {
      const peer = await ipv4Of(other);
      expect(await answering(from(one), [peer, '192.168.97.11'])).toEqual(new Set([peer]));
      expect(await inside(one, 'ip route')).not.toContain('default');
      // Docker's resolver needs netfilter in the kernel, which the hosts with Engine 28 have not.
      if (engine === 26) expect(await inside(one, `ping -c 1 ${other}`)).toContain('1 packets received');
    }
    expect(await inside('given1', 'ip route')).toContain('default via 192.168.97.1');
  });

  test('a second up and a refresh find nothing to change, whatever the spelling of addresses', async () => {
    expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
    expect(Object.keys((await succeeds(stack.refresh())).changes)).toEqual(['same']);
  });
});
