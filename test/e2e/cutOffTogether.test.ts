import type { OperationResult } from '../../lab/engine/stack';
import { nic, plantCut, removeCut } from './cut';
import { hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Hosts with `rollBackTogether`: where a change cuts one of them off, the others go back as well. */
const hosts = ['n15', 'n16'] as const;
const [healthy, cut] = hosts;

const address = (last: number) => `10.95.0.${last}/24`;
const more = (last: number) => `10.97.0.${last}/24`;
const declares = (last: number) => ({
  hosts: hostConfigs(...hosts).map((one) => ({ ...one, rollBackTogether: true })),
  parentInterface: nic,
  vlans: [
    {
      vlanId: 95,
      addresses: [address(last)],
      routes: [{ destination: `10.98.${last}.0/24`, gateway: '10.95.0.9' }],
    },
  ],
});
const withMore = (last: number) => ({ ...declares(last), moreVlans: [{ vlanId: 97, addresses: [more(last)] }] });
const words = ({ error = '', diagnostics }: OperationResult) => [error, ...diagnostics].join('\n');

/** Without the folders of what is known of the last apply. */
const facts = async (host: string) => [
  (await hostFacts(host)).replace(/^\.rev\w+\n/gm, ''),
  await sh(host, 'cd /var/lib/vlan-trunk && for file in *; do echo $file; sort $file; done'),
];
const factsOfAll = () => Promise.all(hosts.map(facts));
const addresses = (vlanId: number) =>
  Promise.all(hosts.map((host) => sh(host, `ip -o -4 addr show dev ${nic}.${vlanId} | awk '{ print $4 }'`)));
const armed = () => Promise.all(hosts.map((host) => sh(host, 'ls -d /var/lib/vlan-trunk/.armed 2>/dev/null || true')));

const untouched: string[] = [];
beforeAll(async () => {
  for (const host of hosts) {
    untouched.push(await hostFacts(host));
    await sh(host, `ip link add ${nic} type veth peer name ${nic}x; ip link set ${nic} up; ip link set ${nic}x up`);
  }
});
afterAll(async () => {
  for (const host of hosts) await removeCut(host);
  await forgetStacks();
  for (const host of hosts) await sh(host, `ip link del ${nic}`);
  for (const [index, host] of hosts.entries()) expect(await hostFacts(host)).toBe(untouched[index]);
});

test('hosts that are all reached keep their changes, of several trunks as well, and the next run changes nothing', async () => {
  const stack = await newStack('test/e2e/programs/cutOff.ts', 'together', withMore(1));
  await succeeds(stack.up({ parallel: 1 }));
  expect(await addresses(95)).toEqual([address(1), address(1)]);
  expect(await addresses(97)).toEqual([more(1), more(1)]);
  expect(await armed()).toEqual(['', '']);
  expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);
  expect(doings(await succeeds(stack.up()))).toEqual([]);
  // One of them alone does not wait for the other, which has nothing to change.
  await sh(healthy, `ip addr del ${address(1)} dev ${nic}.95`);
  await succeeds(stack.up({ parallel: 1 }));
  expect(await addresses(95)).toEqual([address(1), address(1)]);

  // One of them waits twice as long for the other as it would for its confirmation.
  const changed = configured(stack, withMore(2));
  await plantCut(cut, { kind: 'a route', isUnseen: false }, 'sleep 22');
  const result = await changed.up();
  await removeCut(cut);
  await succeeds(Promise.resolve(result));
  expect(await addresses(95)).toEqual([address(2), address(2)]);
  expect(await addresses(97)).toEqual([more(2), more(2)]);
  expect(await armed()).toEqual(['', '']);
  expect(doings(await succeeds(changed.up()))).toEqual([]);
  await succeeds(changed.destroy());
});

test.each([
  ['does not know it, and all are changed at a time', true, {}],
  ['sees it itself, and they are changed one after another', false, { parallel: 1, continueOnError: true }],
])('hosts go back with one that is cut off: it %s', async (_, isUnseen, options) => {
  const stack = await newStack('test/e2e/programs/cutOff.ts', 'together', declares(1));
  await succeeds(stack.up(options));
  const before = await factsOfAll();
  const changed = configured(stack, declares(2));
  await plantCut(cut, { kind: 'a route', isUnseen });
  const result = await changed.up(options);
  await removeCut(cut);
  expect(result.ok).toBe(false);
  const said = words(result);
  if (isUnseen) {
    expect(said).toContain(`VlanTrunk trunk-${cut}: the change could not be confirmed over a new connection`);
    expect(said).toContain('not confirmed over a new connection within 10 s');
  } else expect(said).toContain(`VlanTrunk trunk-${cut}: the change has failed`);
  const why = 'not confirmed, because the same up has failed on another host';
  const takenBack = `  ${healthy}: taken back: ${why}; undone: the links are as they were before`;
  // One after another: which of the two is the first is up to the engine.
  const outcomes = isUnseen ? [takenBack] : [takenBack, `  ${healthy}: not begun`];
  expect(outcomes.some((outcome) => said.includes(outcome))).toBe(true);
  expect(said).toContain(`  ${cut}: ${isUnseen ? 'taken back' : 'failed'}\n`);
  expect(await factsOfAll()).toEqual(before);
  expect(await armed()).toEqual(['', '']);
  expect((await succeeds(changed.preview())).changes).toMatchObject({ update: 2 });
  await succeeds(changed.up(options));
  expect(await addresses(95)).toEqual([address(2), address(2)]);
  expect(doings(await succeeds(changed.up(options)))).toEqual([]);
  await succeeds(changed.destroy());
});
