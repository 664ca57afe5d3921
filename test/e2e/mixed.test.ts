import type { Stack } from '../../lab/engine/stack';
import { answering } from '../../lab/reach';
import { newestEngine, routerHost } from './engines';
import { hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Its interface has a name that stays. */
const makeTheirs = 'docker network create --subnet 172.30.42.0/24 -o com.docker.network.bridge.name=theirs theirs';

/** Containers on a VLAN and on ordinary Docker networks: a bridge of the program, and one that the host has. */
describe.each(newestEngine)('on Engine $engine', ({ host, engine }) => {
  const [config] = hostConfigs(host);
  const own = { host: config };
  let stack: Stack;
  let before: string;
  beforeAll(async () => {
    await sh(host, makeTheirs);
    before = await hostFacts(host);
    stack = await newStack('test/e2e/programs/mixed.ts', `mixed${engine}`, own);
  });
  afterAll(async () => {
    await forgetStacks();
    await sh(host, 'docker network rm theirs');
  });

  const inside = (container: string, script: string) => sh(host, `docker exec ${container} ${script}`);
  const page = (container: string, address: string) => inside(container, `wget -qO- -T 5 http://${address}`);

  /** On the VLAN, and on the bridge, where the default route is; by the published port, where the kernel has netfilter. */
  async function passes(front = '172.30.41'): Promise<void> {
    expect(await page('sensor', '10.14.1.10')).toBe('proxy');
    expect(await sh(host, `busybox wget -qO- -T 5 http://${front}.10`)).toBe('proxy');
    expect(await inside('proxy', 'ip route show default')).toMatch(`default via ${front}.1 `);
    expect(await inside('sensor', 'ip route show default')).toMatch('default via 10.14.1.1 ');
    expect(await answering({ host, container: 'guest', address: '' }, ['172.30.42.1'])).toEqual(
      new Set(['172.30.42.1']),
    );
    expect(await sh(host, 'docker port proxy')).toContain('80/tcp -> 0.0.0.0:8041');
    if (engine < 28) {
      const published = `busybox wget -qO- -T 5 http://${config?.address}:8041`;
      expect(await sh(routerHost, published)).toBe('proxy');
    }
  }

  test('a preview names what cannot be, and nothing is made', async () => {
    for (const [change, ...problems] of [
      [{ theirs: 'nosuch' }, 'attachments[0].network: must be on the host, which has theirs, got "nosuch"'],
      [
        { theirs: 'vlan' },
        `hosts.${host}.containers.guest.attachments[0].network: must be the network vlan itself, which this program makes, and not its name, got "vlan"`,
      ],
      [
        { guestAddress: '10.0.0.5' },
        'attachments[0].ipv4Address: must be an address of 172.30.42.0/24, got "10.0.0.5"',
      ],
      [{ guestAddress: '172.30.42.1' }, 'attachments[0].ipv4Address: must not be the gateway of 172.30.42.0/24'],
      [{ frontAddress: '172.30.40.5' }, 'attachments[1].ipv4Address: must be an address of 172.30.41.0/24'],
      [{ byVlan: 'true' }, 'ports: must be left out, or attachments[1].defaultRoute must be true'],
      [
        { frontSubnet: '10.14.1.0/25', frontAddress: '10.14.1.20' },
        `hosts.${host}.networks.front.subnets[0].subnet: must not overlap 10.14.1.0/24 of hosts.${host}.networks.vlan.subnets[0]`,
      ],
    ] as const) {
      const preview = await configured(stack, { ...own, ...change }).preview();
      expect(preview.ok).toBe(false);
      for (const problem of problems) expect(preview.error).toContain(problem);
    }
    expect(await hostFacts(host)).toBe(before);
  });

  test('packets pass on each network, and by the published port', async () => {
    await succeeds(stack.preview());
    await succeeds(stack.up());
    await passes();
  });

  test('a second up and a refresh find nothing to change', async () => {
    expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
    // On Engine 29 the docker provider takes what a refresh reads of a docker.Network for a change, and would replace it.
    if (engine < 29) expect(Object.keys((await succeeds(stack.refresh())).changes)).toEqual(['same']);
  });

  test('a bridge that is replaced replaces the containers on it, and no other', async () => {
    stack = configured(stack, { ...own, frontSubnet: '172.30.43.0/24', frontAddress: '172.30.43.10' });
    const up = await succeeds(stack.up());
    expect(doings(up).filter((doing) => doing.startsWith('replace '))).toEqual([
      'replace front',
      'replace proxy-container',
    ]);
    await passes('172.30.43');
  });

  test('a container that was disconnected from the bridge, or is on one of the same name that is gone, is connected again', async () => {
    for (const [damage, sentence] of [
      ['docker network disconnect front proxy', 'container proxy has no interface on front'],
      [`docker stop -t 1 guest; docker network rm theirs; ${makeTheirs}`, 'container guest has no interface on theirs'],
    ] as const) {
      await sh(host, damage);
      const preview = await succeeds(stack.preview());
      expect(preview.output).toContain(sentence);
      await succeeds(stack.up());
      await passes('172.30.43');
      expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);
    }
  });

  test('destroy takes the containers off the networks, and then these', async () => {
    await succeeds(stack.destroy());
    expect(await hostFacts(host)).toBe(before);
  });
});
