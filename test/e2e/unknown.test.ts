import { readFileSync } from 'node:fs';
import { currentLab } from '../../lab/lab';
import { containerStarts, hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Values of another resource of the same program that are known only at `up`. */

const host = 'n13';
const [n13] = hostConfigs(host);
const privateKey = readFileSync(currentLab().privateKeyFile, 'utf8');
const said = { host: n13?.address, mtu: 1400, prefix: '192.168.96' };

afterAll(forgetStacks);

test('are no obstacle at preview, are used at up, and are checked as soon as they are known', async () => {
  const before = await hostFacts(host);
  const stack = await newStack('test/e2e/programs/unknown.ts', 'unknown', { host: n13, privateKey, said });
  const preview = await succeeds(stack.preview());
  expect(preview.changes.create).toBeGreaterThan(8);
  expect(await hostFacts(host)).toBe(before);

  await succeeds(stack.up());
  expect(await sh(host, 'cat /sys/class/net/eth0.96/mtu')).toBe('1400');
  expect(await sh(host, 'docker exec unknown-c1 ip -o -4 addr show eth0')).toContain('192.168.96.11/24');
  expect((await succeeds(stack.up())).changes).toEqual({ same: preview.changes.create });

  // Wrong values that become known in the middle of an `up` are reported with the component, and nothing is made for them.
  const running = [await hostFacts(host), await containerStarts(host)];
  for (const [change, component, problem] of [
    [{ mtu: 12 }, 'trunk', 'vlans[0].mtu: must be an integer from 68 to 65535, got 12'],
    [{ prefix: '192.168' }, 'macvlan', 'subnets[0].subnet: must be a block of addresses in CIDR form'],
    [{ host: '10.88.0' }, host, 'address: must be an IP address or a DNS name, got "10.88.0"'],
  ] as const) {
    const wrong = await configured(stack, { host: n13, privateKey, said: { ...said, ...change } }).up();
    expect(wrong.ok).toBe(false);
    expect(wrong.errorsOf[component]).toContain(problem);
    expect(wrong.steps.filter(({ op }) => op.includes('delete'))).toEqual([]);
    expect([await hostFacts(host), await containerStarts(host)]).toEqual(running);
  }

  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});
