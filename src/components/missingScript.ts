import { isScriptMissing } from '../host/remoteScript';

/**
 * After the failure of a command that makes links: true if it is to be run again, with the host script there again. The check has put the script there
 * for it, but a removal takes it along: where a killed run had removed the links on the host, and not in the state, the engine removes them once
 * more in between. Once, because nothing takes it away a second time.
 * @param errors - of the command, the newest first.
 * @param stage - puts the script on the host; rejects where it cannot.
 */
export async function bringScriptAgain(
  [error = '', ...before]: readonly string[],
  stage: () => Promise<void>,
): Promise<boolean> {
  if (before.length > 0 || !isScriptMissing(error)) return false;
  await stage();
  return true;
}
