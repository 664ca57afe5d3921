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
  const input = partInput(['dial', 'askDocker', 'mend'], repairs.flatMap(repairLines));
  const { stdout, stderr } = await runOverSsh(target, sessionCommand, input);
  const answers = factValues(readProbeFacts(stdout) ?? [], 'mended').map((answer) => answer.split(' '));
  return repairs.map((_, index) => {
    const [, outcome, ...words] = answers.find(([number]) => number === String(index)) ?? [];
    if (outcome === 'mended' || outcome === 'absent') return undefined;
    return words.join(' ').trim() || stderr.trim() || 'no answer';
  });
}

function repairLines({ name, owner, steps }: Repair, index: number): string[] {
  return [`container ${index} ${owner} ${name}`, ...steps.flatMap((step) => stepLines(step, name))].map(oneLine);
}

function stepLines(step: RepairStep, name: string): string[] {
  return step.do === 'connect' ? connectLines(step.attachment, name) : [step.do];
}

function connectLines(attachment: WantedAttachment, container: string): string[] {
  const { network, addresses, aliases, driverOptions, gatewayPriority, macAddress } = attachment;
  if (macAddress !== undefined)
    return [`network ${network}`, `body ${connectRequest(attachment, container)}`, 'connect'];
  return [
    `network ${network}`,
    ...addresses.map((address) => `${address.includes(':') ? 'ip6' : 'ip'} ${address}`),
    ...aliases.map((alias) => `alias ${alias}`),
    ...driverOptions.map((option) => `option ${option}`),
    ...(gatewayPriority === undefined ? [] : [`priority ${gatewayPriority}`]),
    'connect',
  ];
}

/** `POST /networks/NAME/connect` of the Engine's API, in ASCII: its length is counted in characters. */
function connectRequest(attachment: WantedAttachment, container: string): string {
  const { addresses, aliases, driverOptions, gatewayPriority, macAddress } = attachment;
  const [IPv4Address, IPv6Address] = [false, true].map((isV6) => addresses.find((one) => one.includes(':') === isV6));
  const options = driverOptions.map((option) => {
    const equals = option.indexOf('=');
    return [option.slice(0, equals), option.slice(equals + 1)] as const;
  });
  const EndpointConfig = {
    IPAMConfig: { IPv4Address, IPv6Address },
    Aliases: aliases,
    MacAddress: macAddress,
    DriverOpts: Object.fromEntries(options),
    GwPriority: gatewayPriority ?? 0,
  };
  return JSON.stringify({ Container: container, EndpointConfig }).replaceAll(
    /[^ -~]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Each value has passed a check that lets no line break pass; here it would become another step. */
function oneLine(line: string): string {
  if (/[\r\n]/.test(line)) throw new Error('a value with a line break cannot be sent to a host');
  return line;
}
