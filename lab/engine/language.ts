import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, contentKey } from '../cache';
import { quote } from '../ssh';

const executableName = 'pulumi-language-nodejs';

/**
 * The lab's own language host as an executable: a wrapper, since the engine starts a plugin by its file, and node finds the modules of
 * `lab/language` from this clone only.
 */
export async function standInLanguageHost(): Promise<string> {
  const script = join(__dirname, '..', 'language', 'main.ts');
  const words = [process.execPath, '--require', join(__dirname, 'typescript.js'), script];
  const wrapper = `#!/bin/sh\nexec ${words.map(quote).join(' ')} "$@"\n`;
  const folder = await buildOnce(contentKey('language', wrapper), "the lab's language host", 0, async (target) => {
    const file = join(target, executableName);
    await writeFile(file, wrapper);
    await chmod(file, 0o755);
  });
  return join(folder, executableName);
}

/**
 * The command that downloads the official CLI with its language hosts, into `bin` of a folder. `pulumi plugin install` refuses to
 * install those that come with the CLI, so this is the way.
 */
export function downloadDistribution(root: string, version: string): string[] {
  const script = `
    const { PulumiCommand } = require('@pulumi/pulumi/automation');
    const [root, version] = process.argv.slice(1);
    PulumiCommand.install({ root, version, skipVersionCheck: true }).catch(() => process.exit(1));`;
  return [process.execPath, '-e', script, root, version];
}
