import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import type { LinkOwner } from '../host/linkOwner';
import type { Look } from '../host/look';
import { probeLinks } from '../host/probe';
import type { Host } from './host';

/** Who declares links, for the host's records. */
export function linkOwner(kind: LinkOwner['kind'], name: string, address: string): LinkOwner {
  return { project: pulumi.getProject(), stack: pulumi.getStack(), kind, name, address };
}

/** What all commands on links share. A new address is another host: replaced, so that the old host is cleaned by its own connection. */
export function commandInputs(host: Host) {
  return {
    connection: host.connection,
    triggers: [host.address] as pulumi.Input<string>[],
    // The provider would hand the last output to sshd as environment, which refuses it with a warning.
    addPreviousOutputInEnv: false,
    logging: command.types.enums.remote.Logging.None,
  };
}

/** Asks the host whether it contradicts a spec, as far as that is known, so that nothing is changed before everything was asked. */
export async function lookAtLinks(host: Host, spec: string | undefined): Promise<Look<true> | undefined> {
  // A host that cannot be looked at has been told of already.
  const reached = await host.preflight?.found();
  if (reached?.kind !== 'seen' || host.knownTarget === undefined || spec === undefined) return undefined;
  return probeLinks(host.knownTarget, spec, host.sudo);
}
