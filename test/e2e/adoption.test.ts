import { type Endpoint } from '../../lab/reach';
import { containerStarts, hostFacts, reachablePairs, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** A link that was there before us. */

const host = 'n13';
const [n13] = hostConfigs(host);
const c1: Endpoint = { host, container: 'n13-c1', address: '192.168.80.11' };
const c2: Endpoint = { host, container: 'n13-c2', address: '192.168.80.12' };

afterEach(async () => {
  await sh(host, 'ip link del eth0.80 2>/dev/null || true');
});
afterAll(forgetStacks);

test('is adopted when it fits: used, and still there after destroy', async () => {
  await sh(host, 'ip link add link eth0 name eth0.80 type vlan id 80');
  const before = await hostFacts(host);
  const stack = await newStack('test/e2e/programs/one.ts', 'adoption', { host: n13, vlanId: 80, prefix: '192.168.80' });
  await succeeds(stack.up());
  expect(await reachablePairs([c1, c2])).toEqual([
    `${c1.container}>${c2.container}`,
    `${c2.container}>${c1.container}`,
  ]);
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});

test('is refused at preview and at up when it contradicts, before anything is changed', async () => {
  await sh(host, 'ip link add link eth0 name eth0.80 type vlan id 81');
  const before = await hostFacts(host);
  const stack = await newStack('test/e2e/programs/one.ts', 'contradiction', {
    host: n13,
    vlanId: 80,
    prefix: '192.168.80',
  });
  for (const result of [await stack.preview(), await stack.up()]) {
    expect(result.ok).toBe(false);
    expect(result.error).toMatch(/VlanTrunk trunk\b.*: reported by root@10\.88\.0\.23 port 22:/);
    expect(result.error).toContain(
      'eth0.80 is already there as VLAN 81 (802.1Q) on eth0, declared is VLAN 80 (802.1Q) on eth0',
    );
    expect(await hostFacts(host)).toBe(before);
  }
  await succeeds(stack.destroy());
});

test('met in the middle of an up on a running stack is refused too, and nothing that runs is touched', async () => {
  const vlan = (vlanId: number) => ({ vlanId, prefix: `192.168.${vlanId}`, containers: [`n13-v${vlanId}`] });
  const stack = await newStack('test/e2e/programs/trunk.ts', 'running', { hosts: [n13], vlans: [vlan(81)] });
  await succeeds(stack.up());
  await sh(host, 'ip link add link eth0 name eth0.80 type vlan id 82');
  const before = [await hostFacts(host), await containerStarts(host)];
  const refused = await configured(stack, { hosts: [n13], vlans: [vlan(80), vlan(81)] }).up();
  expect(refused.error).toContain('eth0.80 is already there as VLAN 82 (802.1Q) on eth0');
  expect([await hostFacts(host), await containerStarts(host)]).toEqual(before);
  await succeeds(stack.destroy());
});
