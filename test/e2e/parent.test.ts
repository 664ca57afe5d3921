import type { Stack } from '../../lab/engine/stack';
import { untilInShell } from '../../lab/lab';
import { answering } from '../../lab/reach';
import { oldestAndNewestEngine } from './engines';
import { hostFacts, sh } from './facts';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** What carries a network: a link that was down, one that is not ours, the NIC; and a Docker that is started anew. */
describe.each(oldestAndNewestEngine)('on Engine $engine', ({ host, engine }) => {
  const [n] = hostConfigs(host);
  const roles = ['ours', 'theirs', 'nic'];

  let stack: Stack;
  let untouched: string;
  beforeAll(async () => {
    // Two existing links: one is down, the other is declared by no component.
    await sh(host, 'ip link add link eth0 name eth0.120 type vlan id 120');
    await sh(host, 'ip link add link eth0 name eth0.121 type vlan id 121 && ip link set eth0.121 up');
    untouched = await hostFacts(host);
    stack = await newStack('test/e2e/programs/parent.ts', `parent${engine}`, { host: n });
    await succeeds(stack.up());
  });
  afterAll(async () => {
    await stack.destroy();
    // With the links still there: the driver deletes none that it did not make, nor do we.
    expect(await hostFacts(host)).toBe(untouched);
    await sh(host, 'ip link del eth0.120; ip link del eth0.121');
    await forgetStacks();
  });

  const ipv4Of = async (container: string) =>
    /inet (\S+)\//.exec(await sh(host, `docker exec ${container} ip -o -4 addr show eth0`))?.[1] ?? '';
  const everyPairAnswers = async () => {
    for (const role of roles) {
      const peer = await ipv4Of(`${role}-b`);
      expect(await answering({ host, container: `${role}-a`, address: '' }, [peer])).toEqual(new Set([peer]));
    }
  };

  test('packets pass on each of them, also on the one that was down', async () => {
    await everyPairAnswers();
    expect(await sh(host, 'ip link show eth0.120')).toMatch(/<[^>]*\bUP\b/);
  });

  test('a Docker that is started anew has the same networks and containers, and an up changes nothing', async () => {
    const networks = () =>
      sh(host, "docker network ls --no-trunc --format '{{.ID}} {{.Name}}' | sort | grep -v bridge");
    const before = await networks();
    await sh(host, 'systemctl reset-failed docker.service docker.socket; systemctl restart docker.service');
    await sh(host, untilInShell('[ $(docker ps -q | wc -l) = 6 ]'));
    expect(await networks()).toBe(before);
    await everyPairAnswers();
    expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  });

  // Docker's resolver needs netfilter in the kernel, which the hosts with Engine 28 have not.
  if (engine === 26) {
    test('names and aliases of containers resolve on their own network, and on no other', async () => {
      for (const role of roles) {
        for (const name of [`${role}-b`, `${role}-alias-b`]) {
          expect(await sh(host, `docker exec ${role}-a ping -c 1 ${name}`)).toContain('1 packets received');
        }
      }
      expect(await sh(host, 'docker exec ours-a ping -c 1 nic-b 2>&1 || true')).toContain('bad address');
    });
  }
});
