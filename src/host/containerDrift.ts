import { parseAddress } from '../plan/ip/address';
import type { Drift } from './drift';
import type { Endpoint, OwnedContainer } from './ownedContainer';

/** What a container of ours was asked to be, as far as somebody could change it without making it anew. */
export interface WantedContainer {
  readonly name: string;
  /** False where the program does not want it to run, or does not mind. */
  readonly mustRun: boolean;
  /** True if Docker removes it when it ends, as it may. */
  readonly mayEnd: boolean;
  readonly attachments: readonly WantedAttachment[];
  /** Name of the container in whose network namespace it lives; absent: it has one of its own. */
  readonly networkOf?: string | undefined;
}

/** A connection that was asked for. */
export interface WantedAttachment {
  readonly network: string;
  readonly addresses: readonly string[];
  readonly aliases: readonly string[];
  /** `name=value`, as Docker's `--driver-opt`. */
  readonly driverOptions: readonly string[];
  readonly gatewayPriority: number | undefined;
  /** As Docker shows it; absent: any. */
  readonly macAddress?: string | undefined;
}

/** What a container has otherwise than it was asked to be, and how it is mended without making it anew. */
export interface ContainerDrift {
  readonly drift: readonly Drift[];
  /** Empty where only a new container helps, or none has drifted. */
  readonly repair: readonly RepairStep[];
}

/** One step of a repair, for mend.sh. */
export type RepairStep =
  | { readonly do: 'start' | 'unpause' | 'restart' }
  /** The connection that is there, if any, is given up first. */
  | { readonly do: 'connect'; readonly attachment: WantedAttachment };

/** Docker is at it itself, or will have an end of it soon. */
const inTransition = ['running', 'restarting', 'removing'];

/**
 * @param found - the container of that name, with the owner of this stack; absent where there is none.
 * @param networkIds - Docker's IDs of the networks by their names.
 * @param other - the container of `networkOf`; absent where it is not there: then this one is made anew with it.
 */
export function containerDrift(
  { name, mustRun, attachments, networkOf }: WantedContainer,
  found: OwnedContainer | undefined,
  networkIds: ReadonlyMap<string, string>,
  other?: OwnedContainer,
): ContainerDrift {
  const subject = `container ${name}`;
  if (found === undefined) {
    return { drift: [{ subject, kind: 'container', expected: 'container', found: 'missing' }], repair: [] };
  }
  const each = attachments.map((attachment) => ({
    attachment,
    lost: lostOn(attachment, found.endpoints.get(attachment.network), networkIds.get(attachment.network)),
  }));
  const isStill = mustRun && !inTransition.includes(found.status);
  const isCutOff = mustRun && other !== undefined && hasLostNetwork(found, other);
  const drift = [
    ...each.flatMap(({ lost }) => lost),
    ...(isStill ? [{ kind: 'state', expected: 'running', found: found.status }] : []),
    ...(isCutOff ? [{ kind: 'shared network', expected: networkOf ?? '', found: 'missing' }] : []),
  ];
  const reconnected = each.filter(({ lost }) => lost.length > 0);
  return {
    drift: drift.map((one) => ({ subject, ...one })),
    repair: [
      ...reconnected.map(({ attachment }): RepairStep => ({ do: 'connect', attachment })),
      ...(isStill ? [{ do: found.status === 'paused' ? 'unpause' : 'start' } as const] : []),
      ...(isCutOff ? [{ do: 'restart' } as const] : []),
    ],
  };
}

/**
 * A namespace ends with the container whose it is: what lives in it keeps running, without any interface, also once that container runs again
 * (Engines 26 to 29). Where that one stands still, it is started first.
 */
function hasLostNetwork(found: OwnedContainer, other: OwnedContainer): boolean {
  if (found.status !== 'running') return false;
  return ['exited', 'created', 'dead'].includes(other.status) || other.startedAt > found.startedAt;
}

type Lost = Omit<Drift, 'subject'>;

/** Other connections, and what else an endpoint has, are the business of those who made them. */
function lostOn(wanted: WantedAttachment, endpoint: Endpoint | undefined, networkId: string | undefined): Lost[] {
  const { network } = wanted;
  // A container that does not run may still be on a network that is gone; one of the same name is another one.
  const isOther = networkId !== undefined && endpoint?.networkId !== undefined && endpoint.networkId !== networkId;
  if (endpoint === undefined || isOther) return [{ kind: 'attachment', expected: network, found: 'missing' }];
  const addresses = endpoint.addresses.map(canonical);
  const missing = (kind: string, list: readonly string[], has: readonly string[], key: (one: string) => string) =>
    list
      .filter((one) => !has.includes(key(one)))
      .map((one) => ({ kind, expected: `${one} on ${network}`, found: 'missing' }));
  return [
    ...missing('address', wanted.addresses, addresses, canonical),
    ...otherMac(wanted, endpoint),
    ...missing('name', wanted.aliases, endpoint.names, String),
    // Engines add to the value of one.
    ...missing('option', wanted.driverOptions, endpoint.driverOptions.map(optionName), optionName),
  ];
}

/** A container that does not run has none. */
function otherMac({ macAddress, network }: WantedAttachment, { macAddress: found }: Endpoint): Lost[] {
  if (macAddress === undefined || found === undefined || found === macAddress) return [];
  return [{ kind: 'MAC', expected: `${macAddress} on ${network}`, found }];
}

const optionName = (option: string) => option.slice(0, option.indexOf('='));
const canonical = (address: string) => parseAddress(address)?.text ?? address;
