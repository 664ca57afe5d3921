import type * as pulumi from '@pulumi/pulumi';
import type { Problems } from '../plan/argument/problem';
import { type AttachedNetwork, attachedNetwork } from './attachedNetwork';
import type { Host } from './host';

/** The networks of a container's attachments, in their order. */
export class AttachedNetworks {
  private readonly all: readonly (AttachedNetwork | undefined)[];

  /** @param host - the container's, where that is known. */
  constructor(
    private readonly given: readonly { readonly network?: unknown }[],
    private readonly host: Host | undefined,
  ) {
    this.all = given.map(({ network }) => attachedNetwork(network, host));
  }

  /** Docker's names; `undefined` for what is no network. */
  get names(): (pulumi.Input<string> | undefined)[] {
    return this.all.map((network) => network?.name);
  }

  /** What the checks wait for. */
  get inputs(): unknown[] {
    return this.all.map((network) => network?.inputs);
  }

  /** True if one is wrong, or no network. */
  get areWrong(): boolean {
    return this.all.some((network) => network?.isWrong !== false);
  }

  /** True if one is given by its name. */
  get areNamed(): boolean {
    return this.all.some((network) => network?.isNamed === true);
  }

  /** True if one is removed without waiting for containers that are removed together. */
  get areRemovedAlone(): boolean {
    return this.all.some((network) => network?.isRemovedAlone === true);
  }

  /** Takes what has resolved of `inputs`. */
  take(values: readonly unknown[]): void {
    this.all.forEach((network, index) => network?.take(values[index]));
  }

  /** The plans, as far as they are known; what is no network is left as it is. */
  plans(): unknown[] {
    return this.all.map((network, index) => (network === undefined ? this.given[index]?.network : network.plan()));
  }

  /** Adds each that is given by its name to what the checks across components know. */
  note(container: string): void {
    this.all.forEach((network, index) => {
      const name = network?.nameNow();
      const path = `containers.${container}.attachments[${index}].network`;
      if (name !== undefined) this.host?.layout.attaches(path, name);
    });
  }

  /** Checks that the container has one host, and what the networks themselves find wrong. */
  check(problems: Problems): void {
    if (this.host === undefined && this.all.length > 0 && !this.all.includes(undefined)) {
      problems.at('host').addMessage('must be given: no attachment is on a MacvlanNetwork or IpvlanNetwork');
    }
    this.all.forEach((network, index) => {
      const at = problems.at('attachments').at(index).at('network');
      network?.check(at);
      if (network?.host !== undefined && network.host !== this.host)
        at.addMessage('is on another host than the container');
    });
  }
}
