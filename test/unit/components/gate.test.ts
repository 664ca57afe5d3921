import { type AskingResource, Gate, type GateMember } from '../../../src/components/gate';
import { show } from '../../../src/plan/argument/show';
import type { ProbeResult } from '../../../src/host/probeResult';

/** A program as the gate sees it: whether it is a preview, and what was warned of. */
class Keeper {
  readonly warned: string[] = [];
  constructor(readonly dryRun = true) {}
  isDryRun(): boolean {
    return this.dryRun;
  }
  warn(text: string): Promise<void> {
    this.warned.push(text);
    return Promise.resolve();
  }
}

interface Fake extends Partial<GateMember> {
  subject: string;
  wrong?: string[];
}

const member = ({ wrong = [], ...rest }: Fake): GateMember => ({
  settled: Promise.resolve(),
  secrets: [],
  problems: () => wrong.map((message) => ({ path: 'address', message })),
  ...rest,
});

const asking: AskingResource = { label: 'VlanTrunk trunk', isUpdate: false };

const answering = (result: ProbeResult<unknown>) => () => Promise.resolve(result);

async function refusal(passing: Promise<void>): Promise<string> {
  return passing.then(
    () => 'passed',
    (error: unknown) => (error as Error).message,
  );
}

test('all problems of all members come in one error, and another resource refers to it', async () => {
  const gate = new Gate(new Keeper());
  const first = member({ subject: 'Host n1', wrong: ['must be a name', 'must be short'] });
  gate.add(first);
  gate.add(member({ subject: 'Host n2', probe: answering({ kind: 'refused', reason: 'wrong key\n  compare it' }) }));
  const results = [
    await refusal(gate.pass([first], asking)),
    await refusal(gate.pass([first], { ...asking, label: 'Host n1' })),
  ];
  expect(results).toEqual([
    [
      '3 problems:',
      '  Host n1: address: must be a name',
      '  Host n1: address: must be short',
      '  Host n2: wrong key',
      '    compare it',
    ].join('\n'),
    'refused, see VlanTrunk trunk',
  ]);
});

test('what is refused for the same comes after the engine has printed the problems, and names all that list some', async () => {
  const gate = new Gate(new Keeper(false));
  const wrong = ['must be a name'];
  const one = member({ subject: 'Host n1', wrong });
  gate.add(one);
  const told: string[] = [];
  const asks = (label: string) => refusal(gate.pass([one], { ...asking, label })).then((text) => told.push(text));
  await Promise.all([
    asks('VlanTrunk trunk').then(() => setTimeout(() => told.push('printed'), 20)),
    asks('NetworkContainer web'),
  ]);
  expect(told).toEqual(['1 problem:\n  Host n1: address: must be a name', 'printed', 'refused, see VlanTrunk trunk']);
  wrong.push('must be short');
  gate.changed();
  await asks('Host n1');
  await asks('NetworkContainer web');
  expect(told.slice(3)).toEqual([
    '1 problem:\n  Host n1: address: must be short',
    'refused, see VlanTrunk trunk and Host n1',
  ]);
});

test('what the probes have kept on hosts is taken back once, before the refusal, and not where a host is silent', async () => {
  const gate = new Gate(new Keeper());
  const told: string[] = [];
  const takeBack = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    told.push('taken back');
  };
  const host = { ...member({ subject: 'Host n1', wrong: ['must be a name'] }), takeBack };
  gate.add(host);
  await refusal(gate.pass([host], asking)).then(() => told.push('refused'));
  await refusal(gate.pass([host], asking));
  expect(told).toEqual(['taken back', 'refused']);
  const other = new Gate(new Keeper());
  const silent = {
    ...member({ subject: 'Host n2', probe: answering({ kind: 'unreachable', reason: 'no answer' }) }),
    takeBack,
  };
  other.add(silent);
  await refusal(other.pass([silent], asking));
  expect(told).toHaveLength(2);
});

test('a value that resolves in time is waited for, and one that waits for us is not', async () => {
  const gate = new Gate(new Keeper());
  const problems: string[] = [];
  let resolve = (): void => undefined;
  const settled = new Promise<void>((done) => (resolve = done)).then(() => problems.push('must be a name'));
  gate.add(
    member({ subject: 'Host late', settled, problems: () => problems.map((message) => ({ path: '', message })) }),
  );
  const passing = refusal(gate.pass([], asking));
  setImmediate(resolve);
  expect(await passing).toBe('1 problem:\n  Host late: must be a name');

  const never = new Gate(new Keeper());
  never.add(member({ subject: 'Host never', settled: new Promise(() => undefined) }));
  expect(await refusal(never.pass([], asking))).toBe('passed');
});

test('what is added or becomes known later is checked by the next resource', async () => {
  const gate = new Gate(new Keeper());
  const wrong: string[] = [];
  const one = member({ subject: 'Host n1', wrong });
  gate.add(one);
  expect(await refusal(gate.pass([one], asking))).toBe('passed');
  wrong.push('must be a name');
  gate.changed();
  expect(await refusal(gate.pass([one], asking))).toBe('1 problem:\n  Host n1: address: must be a name');
});

test('hosts are asked once for one state of the program', async () => {
  const gate = new Gate(new Keeper());
  let asked = 0;
  const one = member({
    subject: 'Host n1',
    probe: () => {
      asked++;
      return Promise.resolve(undefined);
    },
  });
  gate.add(one);
  await one.settled;
  await Promise.all([gate.pass([one], asking), gate.pass([one], asking), gate.pass([], asking)]);
  await gate.pass([one], asking);
  expect(asked).toBe(1);
});

describe('a host that does not answer', () => {
  const silent = answering({ kind: 'unreachable', reason: 'no answer' });

  test('is one warning at preview', async () => {
    const keeper = new Keeper();
    const gate = new Gate(keeper);
    const one = member({ subject: 'Host n1', probe: silent });
    gate.add(one);
    for (let turn = 0; turn < 2; turn++) expect(await refusal(gate.pass([one], asking))).toBe('passed');
    expect(keeper.warned).toEqual(['Host n1: no answer; nothing there could be checked']);
  });

  test('is an error at up for what is on it, and not for other hosts', async () => {
    const keeper = new Keeper(false);
    const gate = new Gate(keeper);
    const [one, other] = [member({ subject: 'Host n1', probe: silent }), member({ subject: 'Host n2' })];
    gate.add(one);
    gate.add(other);
    expect(await refusal(gate.pass([other], asking))).toBe('passed');
    expect(await refusal(gate.pass([one], asking))).toBe('1 problem:\n  Host n1: no answer');
  });

  test('that may be away is a warning at up for what is there already, and an error for what is new', async () => {
    const keeper = new Keeper(false);
    const gate = new Gate(keeper);
    const one = { ...member({ subject: 'Host n1', probe: silent }), mayBeAway: true };
    gate.add(one);
    expect(await refusal(gate.pass([one], { ...asking, isUpdate: true }))).toBe('passed');
    expect(keeper.warned).toEqual([
      'Host n1: no answer; nothing there could be checked, and it stays as the last up left it',
    ]);
    expect(await refusal(gate.pass([one], asking))).toBe('1 problem:\n  Host n1: no answer');
  });
});

test('no secret is in a problem or a warning', async () => {
  const keeper = new Keeper();
  const gate = new Gate(keeper);
  const secrets = ['10.88.0.13'];
  gate.add(
    member({
      subject: 'Host n1',
      secrets,
      wrong: ['must be a name, got "10.88.0.13"'],
      warnings: () => [{ path: 'address', message: '10.88.0.13 is odd' }],
    }),
  );
  expect(await refusal(gate.pass([], asking))).toBe('1 problem:\n  Host n1: address: must be a name, got "[secret]"');
  expect(keeper.warned).toEqual(['Host n1: address: [secret] is odd']);
});

test.each([
  ['short', 'hunter22'],
  ['with quotes and a backslash', `hun"ter'22\\x`],
  ['of several lines', 'first line 1\nsecond line 2'],
  ['longer than messages show', 'x7'.repeat(50)],
  ['with white space around it', '  hunter22  '],
  ['an address that messages show in another form', '2001:DB8:0::0007/64'],
])('a secret is shown in no form: %s', (_, secret) => {
  const gate = new Gate(new Keeper());
  gate.add(member({ subject: 'Host n1', secrets: [secret] }));
  const lines = secret.split('\n');
  const forms = [secret, show(secret), show(secret.trim()), ...lines, '2001:db8::7/64', '2001:db8::/64'];
  const text = gate.safe(forms.map((form) => `must be a name, got ${form}`).join('\n'));
  for (const part of [...lines, secret.trim(), 'x7x7x7', ...(secret.includes(':') ? ['2001:db8'] : [])])
    expect(text).not.toContain(part);
});

test('what a host says is one line of printable text each, and not without end', () => {
  const gate = new Gate(new Keeper());
  expect(gate.safe('a\x1b[2J\u202eb\ud800\tc\nd')).toBe('a\\u001b[2J\\u202eb\\ud800\\u0009c\nd');
  expect(gate.safe('x'.repeat(100_000)).length).toBeLessThan(1100);
  expect(gate.safe('x\n'.repeat(100_000)).length).toBeLessThan(500);
  expect(gate.safe(`${'\u202e'.repeat(2000)}\n`.repeat(100)).length).toBeLessThan(21_000);
});
