import { changes, deadlyStep } from './deadlyStep';
import { installed } from './installed';
import { type How, TestNic } from './nic';
import { seeded } from '../seeded';

/** The script is killed right before one of the changes that it makes, as where ssh is cut off, and then the same is run again. */
const nic = new TestNic(process.env.VLAN_TRUNK_KILLED_HOST ?? 'n14', 'vk100');

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
const facts = async () => {
  const [links, ...more] = await Promise.all([nic.links(), nic.routes(), addresses(), installed(nic), files()]);
  return [links.replace(/^\d+/gm, '').split('\n').sort(), ...more];
};
const addresses = () => nic.sh(`ip -o addr show scope global | awk '$2 ~ /^${nic.name}/ { print $2, $4 }' | sort`);
const files = () =>
  nic.sh(
    `ls -A /var/lib/vlan-trunk /var/run/vlan-trunk 2>/dev/null
     cd /var/lib/vlan-trunk 2>/dev/null && sort -- *+${nic.name} || true`,
  );

type Run = (more: { path?: string }) => Promise<{ code: number; text: string }>;
const how = { persistence: 'unit' as const };
const apply =
  (vlans: typeof second, whole: How = how): Run =>
  (more) =>
    nic.run('apply', vlans, { ...whole, ...more });
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

/** How many lives there are at most: the first so many of a seeded order of the steps. `npm run soak` tries all of them. */
const wantedLives = Number(process.env.VLAN_TRUNK_LIVES ?? 6);
const { upTo } = seeded(Number(process.env.VLAN_TRUNK_SEED ?? 802_1));

/** Numbers from 1 to a count, each once. */
function shuffled(count: number): number[] {
  const left = Array.from({ length: count }, (_, index) => index + 1);
  return Array.from(left, () => left.splice(upTo(left.length), 1)).flat();
}

test('killed before one of its changes, and run again, it comes to the same end', async () => {
  const untouched = await facts();
  const counts = [await changesOf(apply(first))];
  const afterFirst = await facts();
  counts.push(await changesOf(apply(second)), await changesOf(sweep));
  const afterSecond = await facts();
  counts.push(await changesOf(remove));
  expect(await facts()).toEqual(untouched);

  let kills = 0;
  const orders = counts.map(shuffled);
  const killedOnce = async (step: number | undefined, run: Run) => {
    if (step !== undefined && !(await isKilled(step, run))) return;
    if (step !== undefined) kills++;
    await succeeds(run);
  };
  for (let life = 0; life < Math.min(wantedLives, Math.max(...counts)); life++) {
    const steps = orders.map((order) => order[life]);
    await killedOnce(steps[0], apply(first));
    expect([steps, await facts()]).toEqual([steps, afterFirst]);
    await killedOnce(steps[1], apply(second));
    await killedOnce(steps[2], sweep);
    expect([steps, await facts()]).toEqual([steps, afterSecond]);
    await killedOnce(steps[3], remove);
    expect([steps, await facts()]).toEqual([steps, untouched]);
  }
  console.log(`${kills} kills of the host script, of ${counts.join(' + ')} changes`);
  expect(kills).toBeGreaterThanOrEqual(3 * Math.min(wantedLives, Math.min(...counts)));
});

test('killed before one of its changes, and removed, it leaves nothing', async () => {
  const untouched = await facts();
  // A removal comes only where the script was staged once. What a session leaves that is cut off while it stages, the next apply takes away.
  const applyAlone = apply(first, { ...how, isStagedBefore: true });
  const count = await changesOf(applyAlone);
  await succeeds(remove);
  let kills = 0;
  for (const step of shuffled(count).slice(0, wantedLives)) {
    // How often the host writes that it needs more time is not the same in each run.
    if (await isKilled(step, applyAlone)) kills++;
    await succeeds(remove);
    expect([step, await facts()]).toEqual([step, untouched]);
  }
  expect(kills).toBeGreaterThanOrEqual(Math.min(wantedLives, count) - 2);
});
