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
