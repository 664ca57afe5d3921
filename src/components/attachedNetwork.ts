import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { isKnown } from '../plan/argument/known';
import type { Problems } from '../plan/argument/problem';
import { nothingRead } from '../plan/network/network';
import { readNetworkName } from '../plan/network/networkName';
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
  /** True if it is given by its name, and its plan comes from what the host reports. */
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
  if (network instanceof AttachableNetwork) return declared(network);
  if (docker.Network.isInstance(network)) return made(network, host);
  return typeof network === 'string' || isLate(network) ? named(network as pulumi.Input<string>, host) : undefined;
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

function named(given: pulumi.Input<string>, host: Host | undefined): AttachedNetwork {
  let name: unknown;
  const unknownYet = { ...nothingRead };
  const network = () => (typeof name === 'string' ? host?.given.byName(name) : undefined);
  return {
    host: undefined,
    name: given,
    inputs: given,
    isWrong: false,
    isRemovedAlone: false,
    isNamed: true,
    nameNow: () => (typeof name === 'string' ? name : undefined),
    take: (value) => (name = value),
    plan: () => (!isKnown(name) || typeof name === 'string' ? (network()?.plan ?? unknownYet) : name),
    check: (problems) => {
      if (typeof name !== 'string') return;
      const read = readNetworkName(problems, name);
      const fault = read === undefined ? undefined : network()?.fault;
      if (fault !== undefined) problems.add(fault, name);
    },
  };
}
