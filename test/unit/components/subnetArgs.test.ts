import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const editor = '/editor.ts';
const typed = `import type { SubnetArgs } from './subnetArgs';
const args: SubnetArgs = { subnet: '192.168.14.0/24', gateway: '`;

/** The SDK's own declarations would take ten seconds to read. */
const files = new Map([
  [editor, `${typed}' };`],
  ['/subnetArgs.ts', readFileSync(join(__dirname, '../../../src/components/subnetArgs.ts'), 'utf8')],
  [
    '/pulumi.d.ts',
    `declare module '@pulumi/pulumi' { type Input<T> = T | { apply(call: (value: T) => void): void }; }`,
  ],
]);

/** What an editor offers where the text ends. */
function completions(): string[] {
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ strict: true, noLib: true, types: [] }),
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString(files.get(name) ?? ''),
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '',
  });
  return (service.getCompletionsAtPosition(editor, typed.length, {})?.entries ?? []).map(({ name }) => name);
}

test("an editor completes a subnet's gateway to 'none'", () => expect(completions()).toEqual(['none']));
