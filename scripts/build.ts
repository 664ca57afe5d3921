import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinHostScript, withoutComments } from '../src/host/joinScript';

/** Builds `dist` from `src`: what tsc makes of the sources, and the scripts that run on a host. */
const root = join(__dirname, '..');

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const file of readdirSync(join(root, 'src/host')).filter((name) => name.endsWith('.sh'))) {
  cpSync(join(root, 'src/host', file), join(root, 'dist/host', file));
}
writeFileSync(join(root, 'dist/host/script.sh'), withoutComments(joinHostScript(join(root, 'src/host'))));

// The examples import the package by its name, as a user's copy of them does.
const link = join(root, 'node_modules/vlan-trunk');
if (!existsSync(link)) {
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync('..', link);
}
