import { partInput, sessionCommand } from './hostSession';
import { factValues, readProbeFacts } from './probeFact';
import { runOverSsh } from './ssh';
import type { SshTarget } from './sshOption';

/**
 * Tells the neighbours of running containers where their addresses are now, in one ssh session. For each by its name: why that failed, or
 * `undefined`.
 */
export async function announceContainers(
  target: SshTarget,
  sudo: boolean,
  names: readonly string[],
): Promise<(string | undefined)[]> {
  // Each becomes an argument of docker on the host. The checks of the arguments accept no others.
  if (!names.every((name) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)))
    throw new Error('a name that Docker cannot have');
  const lines = names.map((name, number) => `announce ${number} ${name}`);
  const { stdout, stderr } = await runOverSsh(
    target,
    sessionCommand,
    partInput(['namespace', 'announce'], [...(sudo ? ['sudo'] : []), ...lines]),
  );
  const answers = factValues(readProbeFacts(stdout) ?? [], 'announced').map((answer) => answer.split(' '));
  return names.map((_, index) => {
    const answer = answers.find(([number]) => number === String(index));
    if (answer === undefined) return stderr.trim() || 'no answer';
    return answer.slice(1).join(' ').trim() || undefined;
  });
}
