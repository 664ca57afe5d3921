import { must } from './command';
import { mirror } from './debianRoot';
import { prepareMachine } from './machine';
import { isRoot } from './privilege';

/** Fetches packages of a Debian suite, with what they depend on, and writes the unpacked files as one tar; nothing is installed. */
export async function fetchPackages(suite: string, packages: readonly string[], tar: string): Promise<void> {
  await prepareMachine({});
  await must([
    'mmdebstrap',
    '--variant=extract',
    `--mode=${isRoot() ? 'root' : 'unshare'}`,
    // A mirror may serve an older snapshot; who signed it is still checked.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    `--include=${packages.join(',')}`,
    suite,
    tar,
    ...(await mirror()),
  ]);
}
