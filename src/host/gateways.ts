import type { EndFacts } from '../plan/reach/diagnosis';
import { readEnd } from './endOfWay';
import { partInput, sessionCommand } from './hostSession';
import { factValues, readProbeFacts } from './probeFact';
import { runOverSsh } from './ssh';
import type { SshTarget } from './sshOption';

/** A gateway, and the container that asks for it. */
export interface AskedGateway {
  /** Docker's name. */
  readonly container: string;
  readonly address: string;
}

/** Whether a gateway answers, and the container's end of the way to one that does not. */
export type GatewayAnswer = { readonly answers: true } | { readonly answers: false; readonly near: EndFacts };

/** Has containers ask for gateways, in one ssh session. For each an answer; `undefined` where the host cannot find out. */
export async function askGateways(
  target: SshTarget,
  sudo: boolean,
  asked: readonly AskedGateway[],
): Promise<(GatewayAnswer | undefined)[]> {
  // Each becomes an argument of a program on the host. The checks of the arguments accept no others.
  if (!asked.every(({ container, address }) => [container, address].every((word) => /^[\w:][\w.:-]+$/.test(word))))
    throw new Error('a value cannot be sent to a host');
  const lines = asked.map(({ container, address }, number) => `gateway ${number} ${container} ${address}`);
  const input = partInput(['namespace', 'gateways'], [...(sudo ? ['sudo'] : []), ...lines]);
  const { stdout } = await runOverSsh(target, sessionCommand, input);
  const answers = factValues(readProbeFacts(stdout) ?? [], 'gateway').map((answer) => answer.split(' '));
  return asked.map((_, number) => {
    const [, outcome, ...facts] = answers.find(([word]) => word === String(number)) ?? [];
    if (outcome === 'answers') return { answers: true };
    return outcome === 'silent' ? { answers: false, near: readEnd(facts.join(' ')) } : undefined;
  });
}
