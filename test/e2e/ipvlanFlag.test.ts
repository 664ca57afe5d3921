import { answering } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { Router } from './router';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Who reaches whom among the containers of one ipvlan parent depends on its flag; other networks are reached with each. */

const host = 'n3';
const [config] = hostConfigs(host);
const [gateway, peer] = ['10.6.125.1', '10.6.125.12'];

let untouched: string;
let router: Router;
beforeAll(async () => {
  untouched = await hostFacts(host);
  router = await Router.start('n4', { 125: [`${gateway}/24`] });
});
afterAll(async () => {
  await forgetStacks();
  await router.stop();
  expect(await hostFacts(host)).toBe(untouched);
});

test('bridge: peers and the gateway; private and vepa, at an ordinary switch port: the gateway alone', async () => {
  const stack = await newStack('test/e2e/programs/ipvlanFlag.ts', 'ipvlan-flag', { host: config, flag: 'bridge' });
  const reached: Record<string, string[]> = {};
  for (const flag of ['bridge', 'private', 'vepa']) {
    await succeeds(configured(stack, { host: config, flag }).up());
    expect(await sh(host, "docker network inspect flagged -f '{{.Options.ipvlan_flag}}'")).toBe(flag);
    reached[flag] = [...(await answering({ host, container: 'flag-a', address: '' }, [gateway, peer]))].sort();
  }
  expect(reached).toEqual({ bridge: [gateway, peer], private: [gateway], vepa: [gateway] });
});
