import type { Stack } from '../../lab/engine/stack';
import { newestEngine } from './engines';
import { containerStarts, hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** What a killed run leaves behind: made on the host and never recorded in the state. Here it is made by hand, with the label of the stack. */
describe.each(newestEngine)('on Engine $engine', ({ host, engine }) => {
  const [config] = hostConfigs(host);
  const declared = (count: number) => ({ host: config, count });
  const both = () => configured(stack, declared(2));
  let before: string;
  let stack: Stack;
  let label: string;

  beforeAll(async () => {
    before = await hostFacts(host);
    stack = await newStack('test/e2e/programs/leftover.ts', `left${engine}`, declared(1));
    await succeeds(stack.up());
    label = await sh(host, `docker inspect -f '{{json .Config.Labels}}' left-c0`);
    label = `--label vlan-trunk.owner=${(JSON.parse(label) as Record<string, string>)['vlan-trunk.owner']}`;
  });
  afterAll(async () => {
    await forgetStacks();
    await sh(
      host,
      'docker ps -aq --filter name=left --filter name=theirs | xargs -r docker rm -f; docker network prune -f',
    );
  });

  const createNetwork = (words: string) => sh(host, `docker network create -d macvlan --internal --subnet ${words}`);
  const run = (words: string) => sh(host, `docker run -d ${words} busybox sleep 1000000`);
  const subnet = () => sh(host, `docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}}{{end}}' left-1`);

  test('a name that others have is refused at preview, and they are named', async () => {
    await createNetwork('10.25.9.0/24 left-1');
    await run('--name left-c1 --label com.docker.compose.project=shop');
    const existing = await hostFacts(host);
    for (const { ok, error } of [await both().preview(), await both().up()]) {
      expect(ok).toBe(false);
      expect(error).toContain(
        'left-1: name: must differ from the Docker network left-1 (macvlan), which is on the host',
      );
      expect(error).toContain(
        'left-c1: name: must differ from the container left-c1 (busybox, of the Compose project shop), which is on the host',
      );
    }
    expect(await hostFacts(host)).toBe(existing);
    await sh(host, 'docker rm -f left-c1; docker network rm left-1');
  });

  test('a network with the label stays while a container is on it, and the error names both', async () => {
    await createNetwork(`10.25.9.0/24 ${label} left-1`);
    await run('--name theirs --network left-1');
    await run(`--name left-also ${label} --network left-1`);
    const { ok, error } = await both().up();
    expect(ok).toBe(false);
    expect(error).toMatch(/network left-1 exists on root@\S+ port 22 and is used by theirs/);
    expect([await subnet(), await sh(host, `docker inspect -f '{{.State.Running}}' theirs`)]).toEqual([
      '10.25.9.0/24',
      'true',
    ]);
    expect(await sh(host, `docker inspect -f '{{.State.Running}}' left-also`)).toBe('true');
    await sh(host, 'docker rm -f theirs');
  });

  test('else it is made anew, and so is a container with the label', async () => {
    await run(`--name left-c1 ${label}`);
    const up = await succeeds(both().up());
    expect(up.diagnostics.join('\n')).toContain(
      'network left-1 with left-also on it, left behind by a run that was interrupted or failed, is removed',
    );
    expect(up.diagnostics.join('\n')).toContain('container left-c1, left behind');
    expect(await subnet()).toBe('10.25.1.0/24');
    expect(await sh(host, `docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' left-c1`)).toBe(
      '10.25.1.71',
    );
    expect(Object.keys((await succeeds(both().up())).changes)).toEqual(['same']);
  });

  test('a forced replacement of what removes containers and networks makes anew what is there', async () => {
    const { resources } = await stack.exportState();
    const replace = resources.map(({ urn }) => urn).filter((urn) => /-owner-containers$|-owner-networks$/.test(urn));
    expect(replace).toHaveLength(2);
    const anew = doings(await succeeds(both().up({ replace })));
    for (const name of ['left-c0-container', 'left-c1-container', 'left-1-network'])
      expect(anew).toContain(`create-replacement ${name}`);
    expect(Object.keys((await succeeds(both().up())).changes)).toEqual(['same']);
    expect(await sh(host, `docker ps --format '{{.Names}}' --filter name=left | sort`)).toBe('left-c0\nleft-c1');
  });

  test('a host that gets another name keeps its containers and networks', async () => {
    const starts = await containerStarts(host);
    const renamed = configured(stack, { ...declared(2), suffix: '-new' });
    await succeeds(renamed.up());
    expect(Object.keys((await succeeds(renamed.up())).changes)).toEqual(['same']);
    expect(await containerStarts(host)).toBe(starts);
  });

  test('destroy takes along what no state knows, and leaves what others have', async () => {
    await run('--name theirs');
    await run(`--name left-x ${label} --network left-0`);
    await createNetwork(`10.25.7.0/24 ${label} left-y`);
    await sh(host, `docker network create -d ipvlan --subnet 10.25.8.0/24 -o parent=eth0.253 ${label} left-z`);
    await succeeds(stack.destroy());
    await sh(host, 'docker rm -f theirs');
    expect(await hostFacts(host)).toBe(before);
  });
});
