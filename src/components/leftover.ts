import { AsyncLocalStorage } from 'node:async_hooks';
import * as pulumi from '@pulumi/pulumi';
import { clearLeftover, isNameTaken, type Leftover } from '../host/leftover';
import type { SshTarget } from '../host/sshOption';
import { whenResolved } from './knownNow';
import { engineHasHooks } from './program';

const kinds: Readonly<Record<string, Leftover['kind']>> = {
  'docker:index/network:Network': 'network',
  'docker:index/container:Container': 'container',
};

/** How often one creation is tried again. Once is enough where nothing else uses the name. */
const retries = 3;

/**
 * A hook for the Docker resources of a host. Where one is on the host and not in the state, because a run was killed before the engine had recorded it or
 * its removal has failed, the next creation fails because its name is taken. Then the hook removes what has the name, if it has the owner of this stack
 * and nothing of others uses it, and has it made again. It runs after a failure alone, so it costs nothing where nothing was left behind, and it also comes in time for what the host
 * was still making when the run began.
 * @param target - how the host is reached, once that is known.
 */
export function leftoverHook(
  name: string,
  owner: pulumi.Output<string>,
  target: () => SshTarget | undefined,
): pulumi.ErrorHook[] {
  if (!engineHasHooks()) return [];
  // The engine calls hooks outside of the program's async context, which logging needs.
  const inProgram = AsyncLocalStorage.snapshot();
  const clear = async ({ type, newInputs, failedOperation, errors: [error = ''] }: pulumi.ErrorHookArgs) => {
    const kind = kinds[type];
    const host = target();
    if (failedOperation !== 'create' || kind === undefined || host === undefined || !isNameTaken(error)) return false;
    const { values } = await whenResolved({ name: newInputs?.name as unknown, owner });
    const leftover = { kind, ...(values as Pick<Leftover, 'name' | 'owner'>) };
    const clearing = await clearLeftover(host, leftover);
    if (!clearing.isFree) throw new Error(clearing.reason);
    if (clearing.removed !== false) {
      const besides = clearing.removed.length > 0 ? ` with ${clearing.removed.join(', ')} on it` : '';
      await pulumi.log.warn(
        `${kind} ${leftover.name}${besides}, left behind by a run that was interrupted or failed, is removed and made anew`,
      );
    }
    return true;
  };
  return [new pulumi.ErrorHook(name, (args) => (args.errors.length > retries ? false : inProgram(() => clear(args))))];
}
