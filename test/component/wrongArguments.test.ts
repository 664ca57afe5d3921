import * as pulumi from '@pulumi/pulumi';
import { type Path, pathsOf, shownPath, withValue } from '../valuePath';
import { recordHooks } from './engineWithHooks';
import { declarations, passedOn, Refusals } from './everyArgument';

/*
 * What a JavaScript program may give in place of any argument: each is a problem with the argument's path, and none a TypeError.
 */

/** Never right, whatever the argument. */
const neverRight = (): unknown[] => [null, () => 1, pulumi.output(null)];
/** Right for some arguments. */
const mostlyWrong = (): unknown[] => [undefined, -5, [null], pulumi.output({})];

// The SDK takes a stack trace for each promise, which would be most of the time of these tests.
Error.stackTraceLimit = 0;

let count = 0;
recordHooks();
const declared = declarations();
const refusals = new Refusals();
async function problemsOf(kind: string, path: Path, wrong: unknown): Promise<string> {
  const { component, args } = declared[kind]!;
  return refusals.of(kind, `wrong${count++}`, { component, args: withValue(args, path, wrong) as object });
}
const cases = Object.entries(declared).flatMap(([kind, { args }]) =>
  pathsOf(args).map((path) => ({ kind, path, argument: shownPath(path) })),
);

test('the arguments themselves are right', async () => {
  for (const kind of Object.keys(declared)) {
    expect(await problemsOf(kind, ['label'], undefined)).toBe(`${kind}: 0 problems`);
  }
});

test.each(cases.filter(({ path: [first = ''] }) => !(first in passedOn)))(
  '$kind: what is never right for $argument is refused, with its path',
  async ({ kind, path, argument }) => {
    for (const wrong of neverRight()) expect(await problemsOf(kind, path, wrong)).toContain(`\n  ${argument}: `);
  },
);

test.each(cases)('$kind: a wrong $argument makes no other error than a refusal', async ({ kind, path }) => {
  for (const wrong of mostlyWrong()) expect(await problemsOf(kind, path, wrong)).toMatch(/: \d+ problems?/);
});
