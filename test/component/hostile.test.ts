import fc from 'fast-check';
import { removeContainers, removeNetworks } from '../../src/host/leftover';
import { linkCommand } from '../../src/host/remoteScript';
import '../fixedSeed';
import { Canary, hostile, mostText, reportTried, safeText, tries } from '../hostile';
import { leavesOf, namesOf, type Path, shownPath, withName, withValue } from '../valuePath';
import { type Declared, declaredBelow } from './declare';
import { recordHooks } from './engineWithHooks';
import { type Declaration, declarations, passedOn, Refusals } from './everyArgument';

/*
 * Every argument of every component that is a text, and the components' names: what is hostile is refused with its path, or the engine is asked
 * for commands that are the same for every user, with a spec of well-formed lines.
 */

// The SDK takes a stack trace for each promise, which would be most of the time of these tests.
Error.stackTraceLimit = 0;
recordHooks();
const declared = declarations();
const refusals = new Refusals();
const canary = new Canary();
let count = 0;
let seen = 0;

afterAll(() => {
  // Some are right, and have become commands.
  expect(seen).toBeGreaterThan(10);
  expect(canary.made).toEqual([]);
  canary.forget();
});

interface Case {
  kind: string;
  path: Path;
  text: string;
  put: typeof withValue | typeof withName;
}

const cases = Object.entries(declared).flatMap(([kind, { args }]): Case[] => [
  ...leavesOf(args).map((leaf) => ({ kind, ...leaf, put: withValue })),
  ...namesOf(args).map((name) => ({ kind, ...name, put: withName })),
]);

const commands = [
  ...(['apply', 'sweep', 'remove'] as const).map((action) => linkCommand(action, false)),
  removeContainers,
  removeNetworks,
];
const specLine =
  /^(?:owner [\w.:%+-]+|parent [\w.-]+(?: declared)?|persist unit|routing (?:isolated|between)(?: [\w.:%+-]+)?|networks [0-9a-f-]{36}|[0-9a-f-]{36}(?: [\w.-]*)?|(?:vlan|qos|shim|address|route|sysctl) [\w.-]+(?: [\w.:/-]+)+)$/;

/** A command is one of a few texts, and a revision and an owner's label behind it; its stdin a list of lines. */
function expectPlain({ type, inputs }: Declared): void {
  if (type !== 'command:remote:Command') return;
  seen++;
  const lines = String(inputs.stdin).split('\n');
  expect(lines.pop()).toBe('');
  for (const line of lines) expect(line).toMatch(specLine);
  for (const text of [inputs.create, inputs.delete])
    if (text !== undefined)
      expect(commands).toContain((text as string).replace(/ (?:-|\d{8}T\d{6}Z) [0-9a-f-]{36}$/, ''));
}

/** What the engine has been asked for below a component that was accepted. */
async function madeOf(name: string): Promise<Declared[]> {
  const byNow = () => declaredBelow(name);
  for (let before = -1; before !== byNow().length;) {
    before = byNow().length;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return byNow();
}

async function tryOn(kind: string, name: string, declaration: Declaration, path: Path): Promise<void> {
  tries();
  const report = await refusals.of(kind, name, declaration);
  expect(report).toMatch(safeText);
  expect(report.length).toBeLessThan(mostText);
  if (report.startsWith(`${kind}: 0 problems`)) for (const one of await madeOf(name)) expectPlain(one);
  // A component's name has no path of its own, and the default name of a VLAN is made from that of its parent interface.
  else if (!/: must be given where the default is longer|^ {2}must be whole characters/m.test(report))
    expect(report).toContain(shownPath(path.slice(0, 1)));
}

test.each(cases)('$kind: a hostile text at $path', async ({ kind, path, text, put }) => {
  const { component, args } = declared[kind]!;
  for (const value of fc.sample(hostile(canary.file, text), {
    numRuns: Object.hasOwn(passedOn, path[0] ?? '') ? 2 : 10,
    seed: 8021 + count,
  })) {
    await tryOn(kind, `h${count++}.`, { component, args: put(args, path, value) as object }, path);
  }
});

test.each(Object.keys(declared))('%s: hostile names', async (kind) => {
  for (const value of fc.sample(hostile(canary.file, 'name'), { numRuns: 8, seed: 8021 + count })) {
    await tryOn(kind, `h${count++}.${value}`, declared[kind]!, ['name']);
  }
});

reportTried('arguments of components', 400);
