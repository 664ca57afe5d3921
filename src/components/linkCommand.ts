import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import { type LinkOwner, ownerTag } from '../host/linkOwner';
import { linkCommand } from '../host/remoteScript';
import { renderOwner, renderRemoval } from '../host/trunkSpec';
import { commandInputs } from './commandInputs';
import type { Host } from './host';
import { type Revision, newWord } from './revision';
import type { Outcome } from './together';

/** Who declares links, for the host's records. */
export function linkOwner(kind: LinkOwner['kind'], name: string): LinkOwner {
  return { project: pulumi.getProject(), stack: pulumi.getStack(), kind, name };
}

/**
 * The command that takes away all links of one owner, in one session, after all that is on them. It makes nothing, so it never connects before.
 *
 * The owner is in its name: where a component, stack or project is renamed, a new one comes, the links are handed over to it (applyCommand), and
 * the old one goes and finds nothing that is its own. Everything else that replaces it, as another address of the host or `--replace`,
 * replaces in the same `up` what stands on it, see `standingOn`.
 * @param values - each change of one makes other links of them.
 */
export function removalCommand(
  name: string,
  host: Host,
  owner: LinkOwner,
  values: pulumi.Input<string>[],
  opts: pulumi.CustomResourceOptions,
): command.remote.Command {
  return new command.remote.Command(
    `${name}-removal-${ownerTag(owner)}`,
    {
      ...commandInputs(host),
      delete: linkCommand('remove', host.sudo),
      stdin: removalInput(host, owner),
      triggers: [host.address, ...values],
    },
    host.keeping({ ...opts, deleteBeforeReplace: true }),
  );
}

/**
 * The command that makes all links of one owner in one session. It takes nothing away, so a replacement of it, also a forced one, changes no
 * link that already matches its declaration.
 * @param revision - another one runs it again, where the host has drifted.
 */
export function applyCommand(
  name: string,
  host: Host,
  removal: command.remote.Command,
  spec: pulumi.Output<string>,
  revision: pulumi.Output<Revision>,
  opts: pulumi.CustomResourceOptions,
): command.remote.Command {
  const kept: string[] = [];
  const apply = pulumi.all([revision, host.owner]).apply(([{ word, isKnown }, label]) => {
    if (!isKnown) kept.push('create');
    return linkCommand('apply', host.sudo, word, label);
  });
  const links = new command.remote.Command(
    name,
    { ...commandInputs(host), create: apply, stdin: spec, triggers: [removal.urn] },
    host.keeping(opts, kept),
  );
  host.drifts.tells(links.urn);
  return links;
}

/**
 * The command that takes away links which left the list, at the end of an `up`: it is replaced when the host still has some, and the engine
 * deletes the old one after all that was on those links. Which they are, the host's record knows. It never connects at `destroy`, where the
 * removal does all.
 * @param links - the names of all links that are declared: where the host is not asked, another list replaces it.
 * @param outcome - resolves when the links are there for good. Where they are not, the command is replaced, and its hook refuses that.
 */
export function sweepCommand(
  name: string,
  host: Host,
  owner: LinkOwner,
  removal: command.remote.Command,
  revision: pulumi.Output<Revision>,
  links: string[],
  outcome: Promise<Outcome>,
  opts: pulumi.CustomResourceOptions,
): command.remote.Command {
  const kept: string[] = [];
  const leaving = revision.apply(async ({ departing }) => {
    if ((await outcome) === 'failed') return `failed ${newWord(new Date())}`;
    if (!host.preflight.isAsked) return links.join(' ');
    if (departing.length === 0) kept.push('triggers[1]');
    return departing.length === 0 ? 'none' : `${departing.join(' ')} ${newWord(new Date())}`;
  });
  return new command.remote.Command(
    name,
    {
      ...commandInputs(host),
      delete: linkCommand('sweep', host.sudo),
      stdin: removalInput(host, owner),
      triggers: [removal.urn, leaving],
    },
    // Its replacement takes nothing away that is declared, so it is none that the protection of a trunk is meant for.
    host.keeping({ ...opts, deletedWith: removal, protect: false }, kept),
  );
}

/** Networks are on the links of a trunk alone. */
function removalInput(host: Host, owner: LinkOwner): pulumi.Input<string> {
  return owner.kind === 'trunk' ? host.owner.apply((label) => renderRemoval(owner, label)) : renderOwner(owner);
}
