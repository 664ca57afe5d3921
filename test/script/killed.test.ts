import { changes, deadlyStep } from './deadlyStep';
import { installed } from './installed';
import { TestNic } from './nic';

/** The script is killed right before each of the changes that it makes, as where ssh is cut off, and then the same is run again. */
const nic = new TestNic('n6', 'vk100');

beforeAll(() => nic.plug());
afterAll(() => nic.unplug());

const first = [
  {
    vlanId: 50,
    mtu: 1400,
    addresses: [nic.address(1)],
    routes: [{ destination: nic.behind('0/25'), gateway: nic.address(9).replace('/24', '') }],
  },
  { vlanId: 51 },
];
const second = [{ vlanId: 50, addresses: [nic.address(2)] }, { vlanId: 52 }];

/** All that the script may have changed. A link that is made anew has another number. */
const facts = async () => [
  (await nic.links()).replace(/^\d+/gm, '').split('\n').sort(),
  await nic.routes(),
  await nic.sh(`ip -o addr show scope global | awk '$2 ~ /^${nic.name}/ { print $2, $4 }' | sort`),
  await installed(nic),
  await nic.sh(
    `ls -A /var/lib/vlan-trunk /var/run/vlan-trunk 2>/dev/null
     cd /var/lib/vlan-trunk 2>/dev/null && sort -- *+${nic.name} || true`,
  ),
];

type Run = (more: { path?: string }) => Promise<{ code: number; text: string }>;
const how = { persistence: 'unit' as const };
const apply =
  (vlans: typeof second): Run =>
  (more) =>
    nic.run('apply', vlans, { ...how, ...more });
const sweep: Run = (more) => nic.run('sweep', second, { ...how, ...more });
const remove: Run = (more) => nic.remove(more);

const succeeds = async (run: Run) => expect(await run({})).toMatchObject({ code: 0 });

/** False where it has no change of this number, so that it has simply ended well. */
async function isKilled(step: number, run: Run): Promise<boolean> {
  const path = await deadlyStep(nic, step);
  // A session that is killed has no end.
  return (await run({ path }).catch(() => undefined))?.code !== 0;
}

async function changesOf(run: Run): Promise<number> {
  const path = await deadlyStep(nic, 0);
  expect(await run({ path })).toMatchObject({ code: 0 });
  return changes(nic);
}

test('killed before whichever of its changes, and run again, it comes to the same end', async () => {
  const untouched = await facts();
  const counts = [await changesOf(apply(first))];
  const afterFirst = await facts();
  counts.push(await changesOf(apply(second)), await changesOf(sweep));
  const afterSecond = await facts();
  counts.push(await changesOf(remove));
  expect(await facts()).toEqual(untouched);

  let kills = 0;
  const killedOnce = async (step: number, run: Run) => {
    if (!(await isKilled(step, run))) return;
    kills++;
    await succeeds(run);
  };
  for (let step = 1; step <= Math.max(...counts); step++) {
    await killedOnce(step, apply(first));
    expect([step, await facts()]).toEqual([step, afterFirst]);
    await killedOnce(step, apply(second));
    await killedOnce(step, sweep);
    expect([step, await facts()]).toEqual([step, afterSecond]);
    await killedOnce(step, remove);
    expect([step, await facts()]).toEqual([step, untouched]);
  }
  console.log(`${kills} kills of the host script`);
  expect(kills).toBeGreaterThanOrEqual(30);
});

test('killed before whichever of its changes, and removed, it leaves nothing', async () => {
  const untouched = await facts();
  const count = await changesOf(apply(first));
  await succeeds(remove);
  for (let step = 1; step <= count; step++) {
    expect([step, await isKilled(step, apply(first))]).toEqual([step, true]);
    await succeeds(remove);
    expect([step, await facts()]).toEqual([step, untouched]);
  }
});
