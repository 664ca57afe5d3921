import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Host, MacvlanNetwork } from 'vlan-trunk';
import { ensureEngine } from '../../lab/engine/engine';
import { openStack } from '../../lab/engine/settings';
import type { Stack } from '../../lab/engine/stack';
import { currentLab } from '../../lab/lab';
import { containerStarts, hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, problemsIn, succeeds } from './stack';

/** What is right today and wrong tomorrow, though no argument of the component changed: nothing gets past the gate. */

const host = 'n13';
const [n13 = { name: host, address: '', hostKey: '', privateKeyFile: '' }] = hostConfigs(host);
const privateKey = readFileSync(currentLab().privateKeyFile, 'utf8');

let untouched: string;
beforeAll(async () => (untouched = await hostFacts(host)));
afterAll(async () => {
  await forgetStacks();
  expect(await hostFacts(host)).toBe(untouched);
});

const { name, address, hostKey } = n13;
const withoutKey = { name, address, hostKey };
const config = { host: JSON.stringify(withoutKey), addresses: 'organization/addresses/lab' };
const withKey = (secret: string) => ({ ...config, privateKey: { secret } });

/** The same problems at preview and at an `up` without one, and a host that goes on as it was. */
async function refused(stack: Stack): Promise<string[]> {
  const running = [await hostFacts(host), await containerStarts(host)];
  const outcomes = [await stack.preview(), await stack.up()];
  for (const { ok, steps } of outcomes) {
    expect(ok).toBe(false);
    expect(steps.filter(({ op }) => op.includes('delete'))).toEqual([]);
  }
  expect([await hostFacts(host), await containerStarts(host)]).toEqual(running);
  const [preview, up] = outcomes.map(({ error = '', output }) => {
    expect(output).not.toContain('not a key');
    return problemsIn(error);
  });
  expect(up).toEqual(preview);
  return preview ?? [];
}

describe('with a stack whose output it takes', () => {
  let addresses: Stack;
  let stack: Stack;

  test('comes up, beside a hook of the user and below a component of theirs', async () => {
    addresses = await newStack('test/e2e/programs/addresses.ts', 'addresses', { prefix: '192.168.97' });
    await succeeds(addresses.up());
    stack = addresses.with({ program: 'test/e2e/programs/gate.ts', project: 'gate', config: withKey(privateKey) });
    await succeeds(stack.up());
    expect(await sh(host, 'docker exec gate-c1 ip -o -4 addr show eth0')).toContain('192.168.97.11/24');
    expect((await succeeds(stack.up())).changes.same).toBeGreaterThan(5);
  });

  test("is refused when that output moves the subnet away under the container's fixed address", async () => {
    await succeeds(configured(addresses, { prefix: '192.168.98' }).up());
    expect(await refused(stack)).toEqual([
      'NetworkContainer gate-c1: attachments[0].ipv4Address: must be an address of 192.168.98.0/24, got "192.168.97.11"',
    ]);
    await succeeds(configured(addresses, { prefix: '192.168.97' }).up());
  });

  test('is refused when the secret key is none any more, and the key is shown nowhere', async () => {
    expect(await refused(stack.with({ config: withKey('not a key at all') }))).toEqual([
      'Host n13: privateKey: must be the text of a private key, which begins with "-----BEGIN "',
    ]);
    const gone = { ...withoutKey, privateKeyFile: '/nowhere/id_ed25519' };
    expect(await refused(stack.with({ config: { ...config, host: JSON.stringify(gone) } }))).toEqual([
      expect.stringMatching(/^Host n13: privateKeyFile: must be a file that can be read: ENOENT/),
    ]);
  });

  test('goes as it came', async () => {
    await succeeds(stack.destroy());
    expect(await hostFacts(host)).toBe(untouched);
  });
});

test('two programs in one process do not hear of each other', async () => {
  const engine = await ensureEngine();
  const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-two-'));
  Object.assign(process.env, engine.env);
  const preview = async (project: string, subnets: string[]): Promise<string> => {
    const job = { operation: 'preview', program: '', config: {}, options: {}, stack: 'lab', project } as const;
    const stack = await openStack({ ...job, folder: join(folder, project), pulumi: engine.pulumi }, () => {
      const there = new Host('n13', { address, hostKey, preflight: false });
      subnets.forEach((subnet, index) => {
        new MacvlanNetwork(`net${index}`, { host: there, subnets: [{ subnet }] });
      });
      return Promise.resolve({});
    });
    return stack.preview({ color: 'never' }).then(
      ({ changeSummary }) => `create ${changeSummary.create ?? 0}`,
      (error: unknown) => String(error),
    );
  };
  try {
    const [right, wrong] = await Promise.all([
      preview('right', ['192.168.1.0/24', '192.168.2.0/24']),
      preview('wrong', ['192.168.3.0/24', '192.168.3.0/24']),
    ]);
    expect(right).toBe('create 9');
    expect(wrong).toContain('hosts.n13.networks.net1.subnets[0].subnet: must not overlap 192.168.3.0/24');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
