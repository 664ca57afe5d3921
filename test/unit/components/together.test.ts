import { type ArmedChange, type JointTrunk, Together } from '../../../src/components/together';

/** What the hosts were asked, in order. */
let asked: string[];
beforeEach(() => {
  asked = [];
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
});
afterEach(() => jest.useRealTimers());

const settled = () => new Promise((resolve) => setImmediate(resolve));
const lost = (text: string) => () => Promise.reject(new Error(text));

function change(host: string, how: Partial<ArmedChange> = {}): ArmedChange {
  const ask = (what: keyof ArmedChange) => async () => {
    asked.push(`${what} ${host}`);
    await how[what]?.();
  };
  return { hold: ask('hold'), confirm: ask('confirm'), undo: ask('undo') };
}

/** Trunks that the engine has begun, one a host. */
async function begun(together: Together, ...hosts: string[]): Promise<JointTrunk[]> {
  const trunks = hosts.map((host) => together.add(host, 10));
  await Promise.all(trunks.map((trunk) => trunk.turn()));
  for (const trunk of trunks) trunk.begin();
  return trunks;
}

async function outcomes(...trunks: (JointTrunk | undefined)[]): Promise<string[]> {
  await settled();
  return Promise.all(trunks.map((trunk) => Promise.race([trunk?.outcome, Promise.resolve('open')]).then(String)));
}

test('the first one waits for the last one, then all are confirmed', async () => {
  const [one, two] = await begun(new Together(), 'n1', 'n2');
  await one?.arrive(change('n1'));
  expect(await outcomes(one, two)).toEqual(['open', 'open']);
  await two?.arrive(change('n2'));
  expect(await outcomes(one, two)).toEqual(['kept', 'kept']);
  expect(asked).toEqual(['hold n1', 'hold n2', 'confirm n1', 'confirm n2']);
});

test.each([
  ['has nothing armed', (two: JointTrunk) => two.leave()],
  ['does not change', (two: JointTrunk) => two.pass()],
])('one that %s is not waited for', async (_, end) => {
  const together = new Together();
  const [one] = await begun(together, 'n1');
  const two = together.add('n2', 10);
  await two.turn();
  await one?.arrive(change('n1'));
  expect(await outcomes(one)).toEqual(['open']);
  end(two);
  expect(await outcomes(one, two)).toEqual(['kept', 'kept']);
});

test('one whose values are not known yet, or that depends on another one, is not waited for', async () => {
  const together = new Together();
  const later = together.add('n2', 10);
  const [one] = await begun(together, 'n1');
  await one?.arrive(change('n1'));
  expect(await outcomes(one, later)).toEqual(['kept', 'open']);
});

test('where one is not reached, the others go back, and the hook of each of them has its reason', async () => {
  const [one, two, three] = await begun(new Together(), 'n1', 'n2', 'n3');
  await one?.arrive(change('n1'));
  let isReported = false;
  const failed = expect(two?.arrive(change('n2', { hold: lost('n2 is gone') })))
    .rejects.toThrow(/^n2 is gone$/)
    .then(() => (isReported = true));
  await settled();
  expect(asked).toEqual(['hold n1', 'hold n2', 'undo n1']);
  // It was under way: what failed is reported only when this has gone back, too.
  expect(isReported).toBe(false);
  await expect(three?.arrive(change('n3'))).rejects.toThrow('stopped with another host that has rollBackTogether');
  await failed;
  expect(asked.slice(3)).toEqual(['hold n3', 'undo n3']);
  expect(await outcomes(one, two, three)).toEqual(['failed', 'failed', 'failed']);
});

test('where one fails before it is begun, or in its command, the others go back', async () => {
  for (const reason of ['refused', 'the change has failed']) {
    const [one, two] = await begun(new Together(), 'n1', 'n2');
    await one?.arrive(change('n1'));
    expect(await two?.fail(reason)).toBe(true);
    expect(await outcomes(one, two)).toEqual(['failed', 'failed']);
    // Once; the others refer to it.
    expect([one?.refusal().message, two?.refusal().message]).toEqual([
      reason,
      'stopped with another host that has rollBackTogether, for the reason that is listed there',
    ]);
  }
  expect(asked).toEqual(['hold n1', 'undo n1', 'hold n1', 'undo n1']);
});

test('where the last one is not reached, the others go back', async () => {
  const [one, two] = await begun(new Together(), 'n1', 'n2');
  await one?.arrive(change('n1'));
  await expect(two?.arrive(change('n2', { hold: lost('n2 is gone') }))).rejects.toThrow('n2 is gone');
  expect(asked).toEqual(['hold n1', 'hold n2', 'undo n1']);
});

test('after that nothing is begun', async () => {
  const together = new Together();
  const [one] = await begun(together, 'n1');
  const two = together.add('n2', 10);
  await two.turn();
  expect(await one?.fail('refused')).toBe(false);
  expect(() => two.begin()).toThrow('refused');
});

test('while it waits, each host is asked to wait longer; one that is gone meanwhile takes the others back', async () => {
  const [one, two, three] = await begun(new Together(), 'n1', 'n2', 'n3');
  let isGone = false;
  await one?.arrive(change('n1'));
  await two?.arrive(change('n2', { hold: () => (isGone ? lost('n2 is gone')() : Promise.resolve()) }));
  await jest.advanceTimersByTimeAsync(4000);
  expect(asked).toEqual(['hold n1', 'hold n2', 'hold n1', 'hold n2']);
  isGone = true;
  await jest.advanceTimersByTimeAsync(4000);
  expect(asked.slice(-1)).toEqual(['undo n1']);
  await expect(three?.arrive(change('n3'))).rejects.toThrow('n2 is gone');
  expect(await outcomes(one, two, three)).toEqual(['failed', 'failed', 'failed']);
});

test('no wait is without an end', async () => {
  const [one, two] = await begun(new Together(), 'n1', 'n2');
  await one?.arrive(change('n1'));
  await jest.advanceTimersByTimeAsync(69_000);
  expect(await outcomes(one)).toEqual(['open']);
  await jest.advanceTimersByTimeAsync(2000);
  expect(asked.slice(-1)).toEqual(['undo n1']);
  await jest.advanceTimersByTimeAsync(71_000);
  expect(await outcomes(one, two)).toEqual(['failed', 'open']);
  expect(one?.refusal().message).toContain('nothing has come of n2 for 70 s');
});

test('two trunks of one host take turns, and the second one is not waited for', async () => {
  const together = new Together();
  const [one] = await begun(together, 'n1');
  const second = together.add('n1', 10);
  let hasTurn = false;
  void second.turn().then(() => (hasTurn = true));
  await settled();
  expect(hasTurn).toBe(false);
  await one?.arrive(change('n1'));
  expect(await outcomes(one)).toEqual(['kept']);
  expect(hasTurn).toBe(true);
  second.begin();
  await second.arrive(change('n1'));
  expect(await outcomes(second)).toEqual(['kept']);
});

test('a shim is confirmed by itself in its turn; where it is not reached, those that wait go back', async () => {
  const together = new Together();
  const shim = together.add('n1', 10, true);
  await shim.turn();
  shim.begin();
  const trunk = together.add('n1', 10);
  const turn = trunk.turn();
  await shim.arrive(change('n1'));
  await turn;
  expect(asked).toEqual(['confirm n1']);
  trunk.begin();
  const other = together.add('n2', 10, true);
  await other.turn();
  await trunk.arrive(change('n1'));
  await expect(other.arrive(change('n2', { confirm: lost('n2 is gone') }))).rejects.toThrow('n2 is gone');
  expect(asked).toEqual(['confirm n1', 'hold n1', 'confirm n2', 'undo n1']);
});

test('one that is lost while all are confirmed fails with its reason; what another host has confirmed stays', async () => {
  const [one, two] = await begun(new Together(), 'n1', 'n2');
  await one?.arrive(change('n1'));
  await two?.arrive(change('n2', { confirm: lost('n2 was lost') }));
  expect(await outcomes(one, two)).toEqual(['failed', 'failed']);
  expect(asked).toEqual(['hold n1', 'hold n2', 'confirm n1', 'confirm n2']);
  expect(one?.refusal().message).toContain('n2 was lost');
});

test('where the engine has gone, all that wait go back, and nothing more is made', async () => {
  const [one, two] = await begun(new Together(), 'n1', 'n2');
  await one?.arrive(change('n1'));
  await two?.abandon();
  expect(asked).toEqual(['hold n1', 'undo n1']);
  expect(await outcomes(one, two)).toEqual(['open', 'open']);
});

test('a change of a later round that comes while the first is being confirmed is confirmed after it', async () => {
  const together = new Together();
  let confirm: () => void = () => undefined;
  const [one] = await begun(together, 'n1');
  await one?.arrive(change('n1', { confirm: () => new Promise((resolve) => (confirm = resolve)) }));
  const [two] = await begun(together, 'n2');
  await two?.arrive(change('n2'));
  expect(await outcomes(one, two)).toEqual(['open', 'open']);
  confirm();
  await settled();
  expect(await outcomes(one, two)).toEqual(['kept', 'kept']);
});
