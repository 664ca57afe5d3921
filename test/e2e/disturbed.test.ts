import type { OperationResult, Stack } from '../../lab/engine/stack';
import { cutPower, plug, powerOn, unplug, untilInShell } from '../../lab/lab';
import { answering, answeringHost } from '../../lab/reach';
import { seeded } from '../seeded';
import { factsInOrder, sh } from './facts';
import { hostEvents } from './hostEvents';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/**
 * What happens to a host, or to the way to it, in the middle of `up` and of `destroy`, at a seeded moment. Whatever the run comes to, the same
 * command ends in what is declared, or in the host as it was.
 */

const host = process.env.VLAN_TRUNK_KILLED_HOST ?? 'n14';
const seed = Number(process.env.VLAN_TRUNK_SEED ?? 802_1);
const { upTo } = seeded(seed);
const own = { firstVlan: 257, net: '10.26' };
const targets = ['10.26.1.72', '10.26.2.72'];

interface Disturbance {
  what: string;
  begin: () => Promise<unknown>;
  end: () => Promise<unknown>;
  /** True: it is over before the run ends. */
  isShort?: true;
}

const shell = (script: string) => () => sh(host, script);
const sshd = '/etc/ssh/sshd_config.d/00-few.conf';
const reloadSshd = 'sshd -t && systemctl reload ssh';
const untilDocker = untilInShell('docker version >/dev/null 2>&1');

const disturbances: Disturbance[] = [
  {
    what: 'the power is cut',
    begin: () => cutPower(host),
    end: () => powerOn(host),
    isShort: true,
  },
  {
    what: 'the cable is pulled, and plugged in again',
    begin: () => unplug(host),
    end: async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await plug(host);
    },
    isShort: true,
  },
  {
    what: 'sshd ends all sessions',
    // That of this test too, so not before it has ended.
    begin: shell(
      `systemd-run --quiet --collect --unit cut sh -c "sleep 0.2; pkill -KILL -f '^sshd(-session)?: root@notty'"`,
    ),
    end: () => Promise.resolve(),
    isShort: true,
  },
  {
    what: 'Docker is restarted',
    begin: shell(`systemctl reset-failed docker; systemctl restart docker; ${untilDocker}`),
    end: () => Promise.resolve(),
    isShort: true,
  },
  {
    what: 'Docker is stopped',
    begin: shell('systemctl stop docker.socket docker'),
    end: shell(`systemctl start docker; ${untilDocker}`),
  },
  {
    what: 'the disk is full',
    begin: shell(
      `fallocate -l $(($(df --output=avail -B 1M / | tail -n 1) - 1))M /filler; cat /dev/zero >/filler2 2>/dev/null || true`,
    ),
    end: shell('rm -f /filler /filler2'),
  },
  {
    what: '/var is read-only',
    begin: shell('mount --bind /var /var && mount -o remount,bind,ro /var'),
    end: shell('umount --lazy /var'),
  },
  {
    what: 'sshd takes two sessions a connection and two logins at a time',
    begin: shell(`printf 'MaxStartups 2\\nMaxSessions 2\\n' >${sshd}; ${reloadSshd}`),
    end: shell(`rm ${sshd}; ${reloadSshd}`),
  },
  {
    what: 'the clock is set back by a day',
    begin: shell('date -s "1 day ago"'),
    end: shell('date -s "1 day"'),
  },
];

let stack: Stack;
let untouched: string;
let declared: string;
let course = { up: 0, destroy: 0 };

beforeAll(async () => {
  untouched = await factsInOrder(host);
  const [config] = hostConfigs(host);
  stack = await newStack('test/cli/programs/kills.ts', 'disturbed', { ...own, host: config, variant: 'updated' });
});
afterAll(async () => {
  await forgetStacks();
  expect(await factsInOrder(host)).toBe(untouched);
});

async function expectDeclared(): Promise<void> {
  expect(await factsInOrder(host)).toBe(declared);
  expect(await answering({ host, container: 'killed1', address: '' }, targets)).toEqual(new Set(targets));
  expect(await answeringHost(host, targets.slice(0, 1))).toEqual(new Set(targets.slice(0, 1)));
  expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);
}

/** How many events there are on the host while this runs to its end. */
async function eventsOf(run: () => Promise<OperationResult>): Promise<number> {
  const events = await hostEvents(host);
  await succeeds(run());
  events.end();
  return events.count();
}

/** Whatever the run comes to: it ends. */
async function disturb({ what, begin, end, isShort }: Disturbance, run: () => Promise<OperationResult>, count: number) {
  const events = await hostEvents(host);
  const at = upTo(count);
  const running = run();
  if (at > 0) await Promise.race([running, events.next(at)]);
  events.end();
  await begin();
  if (isShort) await end();
  const { ok, error = '' } = await running;
  if (!isShort) await end();
  console.log(`${what} at event ${at} of ${count}: ${ok ? 'ended well' : error.slice(0, 2000)}`);
}

test('undisturbed, all of it is there, and goes', async () => {
  const up = await eventsOf(() => stack.up());
  declared = await factsInOrder(host);
  await expectDeclared();
  course = { up, destroy: await eventsOf(() => stack.destroy()) };
  expect(await factsInOrder(host)).toBe(untouched);
});

test.each(disturbances)('$what: the same command ends what was begun', async (disturbance) => {
  await disturb(disturbance, () => stack.up(), course.up);
  await succeeds(stack.up());
  await expectDeclared();
  await disturb(disturbance, () => stack.destroy(), course.destroy);
  await succeeds(stack.destroy());
  expect(await factsInOrder(host)).toBe(untouched);
});

test('of two runs at once one is refused, and the other ends as declared', async () => {
  const runs = await Promise.all([stack.up(), stack.up()]);
  expect(runs.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(runs.find(({ ok }) => !ok)?.error).toContain('locked');
  await expectDeclared();
  await succeeds(stack.destroy());
});

test('two stacks at once on one host both end as declared, and both go', async () => {
  const [config] = hostConfigs(host);
  const other = await newStack('test/e2e/programs/leftover.ts', 'beside', { host: config, count: 2 });
  await Promise.all([stack, other].map((one) => succeeds(one.up())));
  expect(await answering({ host, container: 'killed1', address: '' }, targets)).toEqual(new Set(targets));
  for (const one of [stack, other]) expect(Object.keys((await succeeds(one.preview())).changes)).toEqual(['same']);
  await Promise.all([stack, other].map((one) => succeeds(one.destroy())));
  expect(await factsInOrder(host)).toBe(untouched);
});
