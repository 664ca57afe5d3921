import * as pulumi from '@pulumi/pulumi';
import type { Look } from '../host/look';

/**
 * Waits for a look at a host. What is certainly wrong ends the program, at preview too. A host that does not answer is
 * a warning at preview, because it may be switched on by then, and an error at `up`, before anything is changed.
 */
export async function preflight<T>(
  subject: string,
  look: Promise<Look<T>>,
  resource?: pulumi.Resource,
): Promise<T | undefined> {
  const result = await look;
  if (result.kind === 'seen') return result.value;
  const text = `${subject}: ${result.reason}`;
  if (result.kind === 'refused' || !pulumi.runtime.isDryRun()) throw new pulumi.RunError(text);
  await pulumi.log.warn(`${text}; nothing there could be checked`, resource);
  return undefined;
}
