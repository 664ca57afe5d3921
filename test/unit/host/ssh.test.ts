import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../lab/command';
import { runOverSsh } from '../../../src/host/ssh';
import { ProgramsOnPath } from '../../programsOnPath';
import { anyTarget as target } from '../../sshTarget';

/** A program on PATH stands for the local ssh. */
const programs = new ProgramsOnPath();

test.each<[string, number | undefined, number]>([
  ['one that takes longer than its limit has no status', undefined, 1],
  ['one that has more time than it needs ends as it does', 7, 20],
])('%s', async (_, status, limit) => {
  programs.make('ssh', 'cat >/dev/null; echo begun; sleep 3; exit 7');
  expect(await runOverSsh(target, 'x', '', false, limit)).toMatchObject({ status, stdout: 'begun\n' });
});

test('one that nothing goes into keeps no program from ending, and ends with it', async () => {
  programs.make('ssh', `cat >/dev/null; : >${join(programs.folder, 'ended')}`);
  const module = JSON.stringify(join(__dirname, '../../../src/host/ssh.ts'));
  const text = `const { SshSession } = require(${module}); new SshSession(${JSON.stringify(target)}, 'x')`;
  expect(
    await run(['timeout', '30', process.execPath, '--require', require.resolve('tsx/cjs'), '-e', text]),
  ).toMatchObject({ code: 0 });
  for (let left = 100; left > 0 && !existsSync(join(programs.folder, 'ended')); left--)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(existsSync(join(programs.folder, 'ended'))).toBe(true);
});
