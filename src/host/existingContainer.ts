import { printable } from '../plan/argument/printable';
import type { ForeignContainer } from '../plan/layout/foreignContainer';
import { fieldOf, listOf, textOf } from './jsonField';
import { ownerLabel } from './ownerLabel';

/** A Docker container that a host has, running or not. */
export interface ExistingContainer extends ForeignContainer {
  /** The value of `ownerLabel`; empty for a container that this package did not make. */
  readonly owner: string;
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
  };
}
