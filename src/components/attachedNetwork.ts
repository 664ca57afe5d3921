import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { isKnown } from '../plan/argument/known';
import type { Problems } from '../plan/argument/problem';
import { nothingRead } from '../plan/network/network';
import { readNetworkName } from '../plan/network/networkName';
import {
  looksLikeReference,
  type NetworkReference,
  planReference,
  readReference,
  type ReadReference,
} from '../plan/network/networkReference';
import { AttachableNetwork } from './attachableNetwork';
import { MadeNetwork } from './givenNetworks';
import type { Host } from './host';
import { isLate } from './knownNow';

/** What a container needs of a network that it is attached to, whoever declares that. */
export interface AttachedNetwork {
  /** The host, where the network itself names it. */
  readonly host: Host | undefined;
  /** Docker's name, from the resource that makes it, so that a replaced network replaces its containers in the same `up`. */
  readonly name: pulumi.Input<string>;
  /** What the checks wait for. */
  readonly inputs: unknown;
  /** True if it reports problems of its own. */
  readonly isWrong: boolean;
  /**
   * True for a network whose removal does not wait for containers that are removed together: the engine deletes a `docker.Network` after the containers
   * whose deletion it has seen, and what is on a VLAN of a VLAN before all that depends on less.
   */
  readonly isRemovedAlone: boolean;
  /** True if it is given by its name or a reference: then its plan also comes from what the host reports. */
  readonly isNamed: boolean;
  /** That name, once it is known. */
  nameNow(): string | undefined;
  /** Takes what has resolved of `inputs`. */
  take(values: unknown): void;
  /** The plan, as far as it is known; anything else is no network, and refused. */
  plan(): unknown;
  /** Adds problems of the network as this container's argument. */
  check(problems: Problems): void;
}

/**
 * The network of an attachment; `undefined` for what is none.
 * @param host - the container's, where that is known.
 */
export function attachedNetwork(network: unknown, host: Host | undefined): AttachedNetwork | undefined {
  const own = network instanceof AttachableNetwork ? network : AttachableNetwork.ofReference(network);
  if (own !== undefined) return declared(own);
  if (docker.Network.isInstance(network)) return made(network, host);
  const isGiven = typeof network === 'string' || isLate(network) || looksLikeReference(network);
  return isGiven ? named(network as pulumi.Input<string | NetworkReference>, host) : undefined;
}

function declared({ declaration, networkName }: AttachableNetwork): AttachedNetwork {
  return {
    host: declaration.host,
    name: networkName,
    inputs: declaration.isRead,
    get isWrong() {
      return declaration.isWrong;
    },
    isRemovedAlone: declaration.isNested,
    isNamed: false,
    nameNow: () => undefined,
    take: () => undefined,
    plan: () => declaration.declared.plan,
    check: () => undefined,
  };
}

function made(network: docker.Network, host: Host | undefined): AttachedNetwork {
  const known = host?.given.of(network) ?? new MadeNetwork(() => undefined);
  return {
    host: undefined,
    name: network.name,
    inputs: MadeNetwork.inputs(network),
    isWrong: false,
    isRemovedAlone: true,
    isNamed: false,
    nameNow: () => undefined,
    take: (values) => known.take(values as Parameters<MadeNetwork['take']>[0]),
    plan: () => known.plan,
    check: (problems) => {
      if (host === undefined || network.getProvider('docker:index/network:Network') === host.provider) return;
      problems.addMessage('must be made on the host of the container, by its provider: { provider: host.provider }');
    },
  };
}

/** By its name, or by what the stack that declares it tells of it. */
function named(given: pulumi.Input<string | NetworkReference>, host: Host | undefined): AttachedNetwork {
  let value: unknown;
  let reference: ReadReference | undefined;
  const unknownYet = { ...nothingRead };
  const name = () => (typeof value === 'string' ? value : reference?.plan.name);
  const network = () => {
    const known = name();
    return known === undefined ? undefined : host?.given.byName(known);
  };
  return {
    host: undefined,
    name: typeof given === 'string' ? given : pulumi.output(given).apply(nameOf),
    inputs: given,
    isWrong: false,
    isRemovedAlone: false,
    isNamed: true,
    nameNow: name,
    take: (resolved) => {
      value = resolved;
      reference = planReference(resolved);
      if (reference !== undefined) host?.given.byName(reference.plan.name, reference);
    },
    plan: () => {
      const isGiven = !isKnown(value) || typeof value === 'string' || looksLikeReference(value);
      return isGiven ? (network()?.plan ?? reference?.plan ?? unknownYet) : value;
    },
    check: (problems) => {
      if (looksLikeReference(value)) readReference(problems, value);
      else if (typeof value === 'string') readNetworkName(problems, value);
      const known = name();
      const fault = known === undefined ? undefined : network()?.fault(reference, host?.check.known?.target.address);
      if (fault !== undefined) problems.add(fault, known);
    },
  };
}

/** What is no reference is refused by the check. */
function nameOf(network: string | Partial<NetworkReference> | undefined): string {
  return typeof network === 'string' ? network : (network?.name ?? '');
}
