import { onHost, untilInShell } from '../../lab/lab';
import { lost, problemsOf, refused, type Side, sides, vlan50, type Wiring } from './kernelRule';
import { onEngines } from './onEngines';

/** What the checks of a trunk refuse: each example is pushed past them, and the kernel refuses it, or packets are lost. */

const both = (line: (side: Side) => string): string => sides.map(line).join('\n');
const namespace = (side: Side): string => `vlan-trunk-${side}`;
const plug = `set -e
  ${both((side) => `ip netns add ${namespace(side)}`)}
  ip link add wire netns ${namespace('left')} type veth peer name wire netns ${namespace('right')}
  ${both((side) => `ip -n ${namespace(side)} link set lo up; ip -n ${namespace(side)} link set wire up`)}`;
const unplug = both((side) => `ip netns del ${namespace(side)}`);

onEngines('on %s, past the check,', { idle: 0 }, ({ name }) => {
  beforeEach(async () => {
    expect(await onHost(name, plug)).toMatchObject({ code: 0 });
  });
  afterEach(() => onHost(name, unplug));

  async function ip(side: Side, lines: readonly string[]): Promise<{ code: number; text: string }> {
    const script = lines.map((line) => `ip -n ${namespace(side)} ${line}`).join(' && ');
    const { code, stdout, stderr } = await onHost(name, script);
    return { code, text: stdout + stderr };
  }

  /** Whether a ping comes back. */
  async function answers({ left, right, from, to }: Wiring): Promise<boolean> {
    for (const [side, ends] of [
      ['left', left],
      ['right', right],
    ] as const) {
      for (const [id, address] of ends) {
        const device = id === undefined ? 'wire' : `wire.${id}`;
        const link = [`link add link wire name ${device} type vlan id ${id}`, `link set ${device} up`];
        const added = await ip(side, [...(id === undefined ? [] : link), `addr add ${address} dev ${device}`]);
        expect(added).toMatchObject({ code: 0 });
      }
    }
    // Until the kernel has found no other machine with an IPv6 address, it neither uses nor answers for it.
    const undecided = (side: Side) => `ip -n ${namespace(side)} -6 -o addr show tentative | grep -qv dadfailed`;
    const { code } = await onHost(
      name,
      `${sides.map((side) => untilInShell(`! ${undecided(side)}`)).join('')}
       ip netns exec ${namespace(from)} ping -c 1 -i 0.3 -w 5 ${to}`,
    );
    return code === 0;
  }

  test.each(refused)('$rule: the kernel refuses it', async ({ vlans, lines, says }) => {
    expect(problemsOf(...vlans).length).toBeGreaterThan(0);
    expect(await ip('left', lines.slice(0, -1))).toMatchObject({ code: 0 });
    const { code, text } = await ip('left', lines.slice(-1));
    expect(code).not.toBe(0);
    expect(text).toMatch(says);
  });

  test.each(lost)('$rule: packets are lost', async ({ vlans, wrong }) => {
    expect(problemsOf(...vlans).length).toBeGreaterThan(0);
    expect(await answers(wrong)).toBe(false);
  });

  // RFC 4291, 2.6.1: every router of the subnet has it.
  test('subnet-router anycast address: a router keeps the packets for itself', async () => {
    expect(problemsOf({ addresses: ['2001:db8:9::/64'] }).length).toBeGreaterThan(0);
    const router = namespace('right');
    await ip('right', [...vlan50, 'addr add 2001:db8:9::2/64 dev wire.50 nodad']);
    const goesTo = async (address: string) => (await ip('right', [`route get ${address}`])).text;
    expect(await goesTo('2001:db8:9::')).toContain('dev wire.50');
    expect(await onHost(name, `ip netns exec ${router} sysctl -w net.ipv6.conf.all.forwarding=1`)).toMatchObject({
      code: 0,
    });
    expect(await goesTo('2001:db8:9::')).toContain('dev lo');
    expect(await goesTo('2001:db8:9::1')).toContain('dev wire.50');
  });

  test.each(lost)('$rule: the packets of a right one are not', async ({ right }) => {
    expect(await answers(right)).toBe(true);
  });
});
