import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import type { LinkOwner } from '../host/linkOwner';
import type { ProbeResult } from '../host/probeResult';
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
