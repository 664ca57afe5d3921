import * as command from '@pulumi/command';
import type * as pulumi from '@pulumi/pulumi';
import { removeContainers, removeNetworks } from '../host/leftover';
import { commandInputs } from './commandInputs';
import type { HostConnection } from './hostConnection';
import { standingOn } from './linkIdentity';

/** The host of what is removed. */
interface DockerHost {
  readonly address: pulumi.Output<string>;
  readonly connection: pulumi.Output<HostConnection>;
  readonly owner: pulumi.Output<string>;
}

/**
 * Commands that remove what is on a host by its owner's label: where all of it goes, in one session and not one after the other, and what a
 * killed run has left behind, which is in no state. Each is made with the first thing that stands on it, and the engine deletes it after
 * the last one.
 */
export class LeftoverRemovals {
  private readonly made = new Map<string, command.remote.Command>();

  /**
   * @param name - the name of the owner, with which the commands' names begin.
   * @param options - their parent is the owner, so that they keep their state where the host is renamed with an alias. They are no children of the
   * host's component, since all that depends on the host would depend on them.
   */
  constructor(
    private readonly name: string,
    private readonly host: DockerHost,
    private readonly options: () => pulumi.CustomResourceOptions,
  ) {}

  /**
   * The owner of a container, which is deleted before all containers of the owner are removed. That is while the networks are deleted,
   * each of which stays for as long as a container is on it.
   */
  get containerOwner(): pulumi.Output<string> {
    return standingOn(this.ofContainers, this.host.owner);
  }

  /** Removes all containers of the owner in one session. Where it is deleted, the engine need not delete one after the other (`deletedWith`). */
  get ofContainers(): pulumi.Resource {
    const stdin = this.host.owner.apply((owner) => `${owner}\n`);
    return this.removal('containers', { delete: removeContainers, stdin });
  }

  /** What goes after the networks on an interface by its name, or on none. On a VLAN of a trunk its own removal does it. */
  ofNetworks(parentInterface: string | undefined): pulumi.Resource {
    const stdin = this.host.owner.apply((owner) => `${owner} ${parentInterface ?? ''}\n`);
    const role = parentInterface === undefined ? 'networks' : `networks-${parentInterface}`;
    return this.removal(role, { delete: removeNetworks, stdin });
  }

  private removal(role: string, args: { delete: string; stdin: pulumi.Output<string> }): command.remote.Command {
    const made =
      this.made.get(role) ??
      new command.remote.Command(
        `${this.name}-${role}`,
        { ...commandInputs(this.host), ...args, triggers: [this.host.address] },
        { ...this.options(), deleteBeforeReplace: true },
      );
    this.made.set(role, made);
    return made;
  }
}
