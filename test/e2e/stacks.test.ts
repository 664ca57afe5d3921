import type { Stack } from '../../lab/engine/stack';
import { answering } from '../../lab/reach';
import { newestEngine } from './engines';
import { hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** One stack declares a network, another one has its containers on it. */
describe.each(newestEngine)('on Engine $engine', ({ host, engine }) => {
  const [config] = hostConfigs(host);
  const project = `stacks${engine}`;
  const own = { host: config };
  const guest = { host: config, stack: `organization/${project}/lab` };
  let owner: Stack;
  let apps: Stack;
  let before: string;
  beforeAll(async () => {
    before = await hostFacts(host);
    owner = await newStack('test/e2e/programs/stackNetwork.ts', project, own);
    // In the same backend.
    const program = 'test/e2e/programs/stackContainer.ts';
    apps = configured(owner.with({ program, project: `apps${engine}`, stack: 'apps' }), guest);
  });
  afterAll(async () => {
    await apps.destroy();
    await forgetStacks();
    await sh(host, 'docker rm -f plc stopped >/dev/null 2>&1; docker network rm others >/dev/null 2>&1 || true');
  });

  const passes = async () => {
    const reached = await answering({ host, container: 'web', address: '' }, ['10.14.7.7', '10.14.7.128']);
    expect(reached).toEqual(new Set(['10.14.7.7', '10.14.7.128']));
  };
  const unchanged = async (stack: Stack) => expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);

  test('the output of one stack is the network of the other', async () => {
    await succeeds(owner.preview());
    const { outputs } = await succeeds(owner.up());
    const id = await sh(host, 'docker network inspect --format {{.Id}} dmz');
    expect(outputs.dmz?.value).toEqual({
      ...{ host: config?.address, id, name: 'dmz', driver: 'macvlan', mode: 'bridge', internal: false },
      parentInterface: 'eth0.147',
      vlans: [{ parentInterface: 'eth0', vlanId: 147, protocol: '802.1Q' }],
      subnets: [{ subnet: '10.14.7.0/24', gateway: '10.14.7.1', ipRange: '10.14.7.128/25' }],
      taken: [{ address: '10.14.7.7', container: 'proxy' }],
    });
    await succeeds(apps.preview());
    await succeeds(apps.up());
    await passes();
    await unchanged(apps);
    await unchanged(owner);
    expect(Object.keys((await succeeds(apps.refresh())).changes)).toEqual(['same']);
  });

  test('a preview names what cannot be, and who has the address', async () => {
    await sh(
      host,
      `docker run -d --name plc --network dmz --ip 10.14.7.9 busybox sleep 99999
       docker create --name stopped --network dmz --ip 10.14.7.11 busybox sleep 99999`,
    );
    const held = 'which is on the host and not of this stack';
    const at = `hosts.${host}.containers.web.attachments[0].ipv4Address: must not be that of the container`;
    for (const [change, problem] of [
      [
        { webAddress: '10.14.8.10' },
        'attachments[0].ipv4Address: must be an address of 10.14.7.0/24, got "10.14.8.10"',
      ],
      [{ webAddress: '10.14.7.7' }, `${at} proxy (busybox), ${held}, got "10.14.7.7"`],
      [{ webAddress: '10.14.7.9', network: 'dmz' }, `${at} plc (busybox), ${held}, got "10.14.7.9"`],
    ] as const) {
      const preview = await configured(apps, { ...guest, ...change }).preview();
      expect(preview.ok).toBe(false);
      expect(preview.error).toContain(problem);
    }
    const warned = await succeeds(configured(apps, { ...guest, webAddress: '10.14.7.11' }).preview());
    expect(warned.output).toContain(`should not be that of the container stopped (busybox), ${held}`);
    // The stack that declares the network does not take an address from the containers of the other one.
    const taken = await configured(owner, { ...own, proxyAddress: '10.14.7.10' }).preview();
    expect(taken.error).toContain(
      `hosts.${host}.containers.proxy.attachments[0].ipv4Address: must not be that of the container web (busybox), ${held}`,
    );
    await sh(host, 'docker rm -f plc stopped');
    await unchanged(apps);
  });

  test('who is on a network that nobody declares is read from the host', async () => {
    await sh(
      host,
      `docker network create -d macvlan --subnet 10.14.9.0/30 --gateway 10.14.9.1 -o parent=eth0.149 others
       docker run -d --name plc --network others busybox sleep 99999`,
    );
    const change = { ...guest, network: 'others', webAddress: '10.14.9.2' };
    const preview = await configured(apps, change).preview();
    const of = 'must have an IPv4 address for each of 1 containers without a fixed one';
    expect(preview.error).toContain('must not be that of the container plc (busybox)');
    expect(preview.error).toContain(
      `hosts.${host}.networks.others.subnets: ${of}, got 0 to hand out beside those of plc`,
    );
    await sh(host, 'docker rm -f plc; docker network rm others');
  });

  const networks = () => sh(host, 'docker network ls --format "{{.Name}}"');

  test('the network cannot go while containers of the other stack are on it: no network and no link is removed', async () => {
    const destroy = await owner.destroy();
    expect(destroy.ok).toBe(false);
    expect(`${destroy.error}${destroy.output}`).toContain('Docker network dmz is still used by guest, web');
    expect((await networks()).split('\n')).toEqual(expect.arrayContaining(['dmz', 'lan']));
    expect(await answering({ host, container: 'web', address: '' }, ['10.14.7.128'])).toEqual(new Set(['10.14.7.128']));
    await unchanged(apps);
    // The state of its stack has the network no more, and another one cannot be made in its place.
    const again = await owner.up();
    expect(`${again.error}${again.output}`).toMatch(/network dmz exists on .* and is used by (web, guest|guest, web)/);
    expect(await networks()).toMatch(/^dmz$/m);
  });

  test('once the containers of the other stack have gone, it goes, and the host is as it was', async () => {
    await succeeds(apps.destroy());
    await succeeds(owner.destroy());
    expect(await hostFacts(host)).toBe(before);
  });

  test('destroyed the other way round, too', async () => {
    await succeeds(owner.up());
    await succeeds(apps.up());
    await passes();
    await succeeds(apps.destroy());
    await unchanged(owner);
    await succeeds(owner.destroy());
    expect(await hostFacts(host)).toBe(before);
  });

  test('a network that is not there yet is refused, and nothing is made', async () => {
    const early = await configured(apps, { ...guest, network: 'dmz' }).preview();
    expect(early.error).toContain('attachments[0].network: must be on the host, which has');
    expect(await hostFacts(host)).toBe(before);
  });
});
