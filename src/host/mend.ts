import type { RepairStep, WantedAttachment } from './containerDrift';
import { partInput, sessionCommand } from './hostSession';
import { factValues, readProbeFacts } from './probeFact';
import { runOverSsh } from './ssh';
import type { SshTarget } from './sshOption';

/** A container of this stack and how it is mended. */
export interface Repair {
  readonly name: string;
  readonly owner: string;
  readonly steps: readonly RepairStep[];
}

/**
 * Mends containers of one host in one ssh session. For each: why it could not be mended, or `undefined`. One that is not there any more has
 * been made anew meanwhile.
 */
export async function mendContainers(target: SshTarget, repairs: readonly Repair[]): Promise<(string | undefined)[]> {
  const input = partInput('mend', repairs.flatMap(repairLines));
  const { stdout, stderr } = await runOverSsh(target, sessionCommand, input);
  const answers = factValues(readProbeFacts(stdout) ?? [], 'mended').map((answer) => answer.split(' '));
  return repairs.map((_, index) => {
    const [, outcome, ...words] = answers.find(([number]) => number === String(index)) ?? [];
    if (outcome === 'mended' || outcome === 'absent') return undefined;
    return words.join(' ').trim() || stderr.trim() || 'no answer';
  });
}

function repairLines({ name, owner, steps }: Repair, index: number): string[] {
  return [`container ${index} ${owner} ${name}`, ...steps.flatMap(stepLines)].map(oneLine);
}

function stepLines(step: RepairStep): string[] {
  return step.do === 'connect' ? connectLines(step.attachment) : [step.do];
}

function connectLines({ network, addresses, aliases, driverOptions, gatewayPriority }: WantedAttachment): string[] {
  return [
    `network ${network}`,
    ...addresses.map((address) => `${address.includes(':') ? 'ip6' : 'ip'} ${address}`),
    ...aliases.map((alias) => `alias ${alias}`),
    ...driverOptions.map((option) => `option ${option}`),
    ...(gatewayPriority === undefined ? [] : [`priority ${gatewayPriority}`]),
    'connect',
  ];
}

/** Each value has passed a check that lets no line break pass; here it would become another step. */
function oneLine(line: string): string {
  if (/[\r\n]/.test(line)) throw new Error('a value with a line break cannot be sent to a host');
  return line;
}
