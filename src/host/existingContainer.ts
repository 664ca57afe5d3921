import { printable } from '../plan/argument/printable';
import type { ForeignContainer } from '../plan/layout/foreignContainer';
import { fieldOf, isRecord, listOf, textOf, textsOf } from './jsonField';
import { ownerLabel } from './ownerLabel';

/** A Docker container that a host has, running or not. */
export interface ExistingContainer extends ForeignContainer {
  /** The value of `ownerLabel`; empty for a container that this package did not make. */
  readonly owner: string;
  readonly addresses: readonly ContainerAddress[];
}

/** An address that a container has on one of its networks, or is to have. */
export interface ContainerAddress {
  /** Docker's name of the network. */
  readonly network: string;
  readonly text: string;
  /** True where Docker has handed it out; false for the fixed one of a container that does not run. */
  readonly isHeld: boolean;
}

/** Of names that are only shown. */
const longestShown = 200;

/** Reads one of the containers that the Engine lists (`GET /containers/json`). `undefined` for anything else. */
export function readExistingContainer(listed: unknown): ExistingContainer | undefined {
  const image = fieldOf(listed, 'Image');
  // Docker adds the names by which linked containers know it, as "/other/alias".
  const name = listOf(fieldOf(listed, 'Names'))
    .flatMap((one) => (typeof one === 'string' ? [one.replace(/^\//, '')] : []))
    .find((one) => !one.includes('/'));
  if (name === undefined || typeof image !== 'string') return undefined;
  const label = (key: string) => textOf(fieldOf(listed, 'Labels', key));
  const project = label('com.docker.compose.project');
  return {
    name: printable(name, Infinity),
    image: printable(image, longestShown),
    owner: label(ownerLabel) ?? '',
    project: project === undefined ? undefined : printable(project, longestShown),
    addresses: addressesOf(fieldOf(listed, 'NetworkSettings', 'Networks')),
  };
}

/** As Engines list them: of a container that does not run, only what it was asked to have. */
function addressesOf(networks: unknown): ContainerAddress[] {
  return Object.entries(isRecord(networks) ? networks : {}).flatMap(([network, endpoint]) => {
    const has = textsOf(endpoint);
    const asked = textsOf(fieldOf(endpoint, 'IPAMConfig'));
    const pairs = [
      [has.IPAddress, asked.IPv4Address],
      [has.GlobalIPv6Address, asked.IPv6Address],
    ];
    return pairs.flatMap(([held, fixed]) => {
      const text = held ?? fixed;
      return text === undefined ? [] : [{ network, text, isHeld: held !== undefined }];
    });
  });
}
