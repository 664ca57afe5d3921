import { newestEngine } from './engines';
import { hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Docker networks that the host had before: made by hand, by another stack, and docker0. */
describe.each(newestEngine)('on Engine $engine', ({ host, engine }) => {
  const [config] = hostConfigs(host);
  const own = { host: config, third: 20 };
  let before: string;

  beforeAll(async () => {
    await sh(
      host,
      `docker network create -d macvlan --subnet 10.13.9.0/24 --ip-range 10.13.9.64/26 -o parent=eth0.139 "by hand"
     docker network create -d ipvlan --subnet 10.13.8.0/24 -o parent=eth0.138 theirs`,
    );
    before = await hostFacts(host);
  });
  afterAll(async () => {
    await forgetStacks();
    await sh(host, 'docker network rm "by hand" theirs');
  });

  test('a preview names each that a network clashes with, and nothing is made', async () => {
    const stack = await newStack('test/e2e/programs/foreign.ts', `foreign${engine}`, own);
    const of = (name: string) => `the Docker network ${name}, which is on the host and not of this stack`;
    const bridge = of('bridge (bridge)');
    const theirs = of('theirs (ipvlan)');
    const byHand = of('by hand (macvlan)');
    for (const [change, ...problems] of [
      [{ lanName: 'theirs' }, `name: must differ from ${theirs}, got "theirs"`],
      [{ lanSubnet: '172.17.3.0/24' }, `subnets[0].subnet: must not overlap 172.17.0.0/16 of ${bridge}`],
      [{ lanSubnet: '10.13.9.0/24' }, `subnets[0].subnet: must not overlap 10.13.9.0/24 of ${byHand}`],
      [
        { lanSubnet: '10.13.9.0/24', ipRange: '10.13.9.96/27' },
        `subnets[0].ipRange: must be apart from 10.13.9.64/26, the IP range of ${byHand}`,
      ],
      [
        { ipvlanParent: 'eth0.138', macvlanParent: 'eth0.138' },
        `parentInterface: must be another interface than that of ${theirs}: Docker puts one ipvlan network on each`,
      ],
      [
        { ipvlanParent: 'eth0.139' },
        `parentInterface: must be another interface than that of ${byHand}: macvlan and ipvlan cannot share one`,
      ],
    ] as const) {
      const preview = await configured(stack, { ...own, ...change }).preview();
      expect(preview.ok).toBe(false);
      for (const problem of problems) expect(preview.error).toContain(problem);
    }
    expect(await hostFacts(host)).toBe(before);
  });

  test('what this stack made is its own: kept, replaced, beside a range of others; and foreign for another stack', async () => {
    const stack = await newStack('test/e2e/programs/foreign.ts', `foreign${engine}`, own);
    await succeeds(stack.up());
    expect((await succeeds(stack.up())).changes).toEqual({ same: 10 });

    // The macvlan network takes over the parent and the subnet that the ipvlan network leaves, in one `up`.
    const swapped = {
      ...own,
      lanSubnet: '10.13.21.0/24',
      third: 22,
      macvlanParent: 'eth0.132',
      ipvlanParent: 'eth0.131',
    };
    await succeeds(configured(stack, swapped).preview());

    const beside = { ...own, lanSubnet: '10.13.9.0/24', ipRange: '10.13.9.128/26' };
    await succeeds(configured(stack, beside).up());

    const another = await (await newStack('test/e2e/programs/foreign.ts', `another${engine}`, own)).preview();
    expect(another.error).toContain(
      'name: must differ from the Docker network lan (macvlan), which is on the host and not of this stack, got "lan"',
    );
    expect(another.error).toContain(
      'parentInterface: must be another interface than that of the Docker network plant (ipvlan)',
    );
    await succeeds(stack.destroy());
    expect(await hostFacts(host)).toBe(before);
  });
});
