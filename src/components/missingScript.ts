import { AsyncLocalStorage } from 'node:async_hooks';
import * as pulumi from '@pulumi/pulumi';
import { isScriptMissing } from '../host/remoteScript';
import { engineHasHooks, Program } from './program';

/**
 * A hook for the commands that make links. The check has put the host script there for them, but a removal takes it along: where a killed run had
 * removed the links on the host, and not in the state, the engine removes them once more in between. Then the hook puts the script there again, and
 * the command is run again. It runs after a failure alone, so it costs nothing where the script is there.
 * @param stage - puts the script on the host; rejects where it cannot.
 */
export function missingScriptHook(name: string, stage: () => Promise<void>): pulumi.ErrorHook[] {
  if (!engineHasHooks()) return [];
  // The engine calls hooks outside of the program's async context, by which the program is known.
  const program = Program.current();
  const inProgram = AsyncLocalStorage.snapshot();
  const again = async ({ errors }: pulumi.ErrorHookArgs) => {
    if (!isBroughtAgain(errors)) return false;
    await inProgram(() => program.safely(stage));
    return true;
  };
  return [new pulumi.ErrorHook(name, again)];
}

/**
 * Whether the script is brought again after these errors of one command, the newest first. Once, because nothing takes it away a second time.
 */
export function isBroughtAgain([error = '', ...before]: readonly string[]): boolean {
  return before.length === 0 && isScriptMissing(error);
}
