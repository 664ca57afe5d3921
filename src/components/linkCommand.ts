import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import { type LinkOwner, ownerWord } from '../host/linkOwner';
import type { ProbeResult } from '../host/probeResult';
import { probeLinks } from '../host/probe';
import { remoteCommand, remoteInput } from '../host/remoteScript';
import type { Host } from './host';

/** Who declares links, for the host's records. */
export function linkOwner(kind: LinkOwner['kind'], name: string, address: string): LinkOwner {
  return { project: pulumi.getProject(), stack: pulumi.getStack(), kind, name, address };
}

/** What all commands on links share. */
export function commandInputs(host: Host) {
  return {
    connection: host.connection,
    // The provider would hand the last output to sshd as environment, which refuses it with a warning.
    addPreviousOutputInEnv: false,
    logging: command.types.enums.remote.Logging.None,
  };
}

/**
 * The command that makes all links of one owner in one session, and takes them away in another. Another owner (a renamed component, stack
 * or project, or another address, which is another host) is a replacement: the new one takes the links over, or makes them on its host; then
 * the old one is deleted by its own connection, and takes away only what the new one does not use.
 * @param standing - identities of the links where the command is replaced with them, see `standingOn`.
 */
export function applyCommand(
  name: string,
  host: Host,
  owner: pulumi.Output<LinkOwner>,
  spec: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
  standing: pulumi.Input<string>[] = [],
): command.remote.Command {
  return new command.remote.Command(
    name,
    {
      ...commandInputs(host),
      create: remoteCommand('apply', host.sudo),
      delete: remoteCommand('remove', host.sudo),
      stdin: spec.apply(remoteInput),
      triggers: [owner.apply(ownerWord), ...standing],
    },
    opts,
  );
}

/** Asks the host whether it contradicts the spec of some links: once for each text of it. */
export class LinkProbe {
  private asked: { spec: string; look: Promise<ProbeResult<true>> } | undefined;

  constructor(private readonly host: Host) {}

  /** @param render - makes the spec for the host's address. */
  async ask(render: (address: string) => string): Promise<ProbeResult<true> | undefined> {
    // If the host could not be probed, that has already been reported.
    if ((await this.host.report()) === undefined) return undefined;
    const target = this.host.knownTarget;
    if (target === undefined) return undefined;
    const spec = render(target.address);
    if (this.asked?.spec !== spec) this.asked = { spec, look: probeLinks(target, spec, this.host.sudo) };
    return this.asked.look;
  }
}
