import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './cache';
import type { ImageName } from './image';
import { processesWithArgument, type ProcessIdentity } from './process';

export interface LabHost {
  name: string;
  address: string;
  port: number;
  /** Public host key, `ssh-ed25519 AAAA…`. */
  hostKey: string;
  /** The wire's end of its cable. */
  tap: string;
  withoutDocker: boolean;
  /** What it boots: which kernel and which Engine it has. */
  image: ImageName;
  /** That image's disk and kernel, in the cache. */
  imageFolder: string;
}

export interface LabState {
  /** Everything that this lab writes is in here, and goes with it. */
  folder: string;
  privateKeyFile: string;
  /** The lab's own end on the wire, where Pulumi, ssh and the tests run. */
  managementAddress: string;
  /** The trunk: a plain bridge. */
  bridge: string;
  hosts: LabHost[];
  /** The one process that holds the lab, as it is seen from outside. */
  holder: ProcessIdentity;
  /** Process 1 inside, as it is seen from outside: whose namespaces to enter. */
  init: ProcessIdentity;
  /** Its network namespace, as `/proc/<pid>/ns/net` names it. */
  networkNamespace: string;
}

/** One lab a clone, unless it is named by VLAN_TRUNK_LAB. */
function labName(): string {
  const name = process.env.VLAN_TRUNK_LAB;
  if (name !== undefined && name !== '') {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/.test(name)) {
      throw new Error(`VLAN_TRUNK_LAB: must be 1 to 32 letters, digits, "-" and "_", got "${name}"`);
    }
    return name;
  }
  const repository = realpathSync(dirname(__dirname));
  const hash = createHash('sha256').update(repository).digest('hex').slice(0, 8);
  return `${basename(repository).slice(0, 24)}.${hash}`;
}

export const labFolder = (): string => join(cacheFolder(), 'lab', labName());

/** A word on the command line of the lab's processes that identifies them if the state file is missing or cut short. */
export const labMarker = (folder: string): string => `vlan-trunk-lab:${folder}`;

/** The lab's own processes: the holder and process 1. Without its hosts. */
export const labProcesses = (folder: string): ProcessIdentity[] =>
  processesWithArgument((word) => word === labMarker(folder));

export const stateFile = (folder: string) => join(folder, 'state.json');

export function readState(folder: string): LabState | undefined {
  try {
    return JSON.parse(readFileSync(stateFile(folder), 'utf8')) as LabState;
  } catch {
    // Missing, or cut short by a crash: either way there is no usable lab.
    return undefined;
  }
}

export async function writeState(state: LabState): Promise<void> {
  const file = stateFile(state.folder);
  await writeFile(`${file}.new`, JSON.stringify(state, undefined, 2));
  await rename(`${file}.new`, file);
}
