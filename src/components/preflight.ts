import { AsyncLocalStorage } from 'node:async_hooks';
import * as pulumi from '@pulumi/pulumi';
import type { Look } from '../host/look';

/**
 * A look at a host before a resource on it is made or changed; where nothing changes, nobody looks. At preview all that is found is
 * told, of all hosts, and the preview fails. At `up` the resource fails with it before anything is touched.
 * A host that does not answer is a warning at preview, because it may be switched on by then, and an error at `up`.
 */
export class Preflight<T> implements Gate {
  /** For the options of each resource that must not be touched in vain; none in a unit test, whose mocks call no hooks. */
  readonly hook: pulumi.ResourceHook | undefined;
  private looked: Promise<Look<T> | undefined> | undefined;
  private judged: Promise<void> | undefined;

  /** @param look - gives `undefined` where it cannot be asked yet: the address is not known, or somebody else tells why. */
  constructor(
    private readonly subject: string,
    private readonly look: () => Promise<Look<T> | undefined>,
  ) {
    this.hook = programHook(uniqueName(`preflight of ${subject}`), () => this.judge());
  }

  /** What was found, by one look a run however many ask. */
  found(): Promise<Look<T> | undefined> {
    return (this.looked ??= this.look());
  }

  private judge(): Promise<void> {
    return (this.judged ??= this.found().then((found) => this.tell(found)));
  }

  private async tell(found: Look<T> | undefined): Promise<void> {
    if (found === undefined) return;
    if (found.kind === 'seen') {
      for (const warning of found.warnings ?? []) await pulumi.log.warn(`${this.subject}: ${warning}`);
      return;
    }
    // The engine puts the hook's name before it, and with it the subject.
    if (!pulumi.runtime.isDryRun()) throw new Error(found.reason);
    const text = `${this.subject}: ${found.reason}`;
    if (found.kind === 'refused') await pulumi.log.error(text);
    else await pulumi.log.warn(`${text}; nothing there could be checked`);
  }
}

/** What must say yes before a resource is made or changed. */
export interface Gate {
  readonly hook: pulumi.ResourceHook | undefined;
}

/** A hook before something is made or changed, at preview too; none where there is no engine to call it. */
export function programHook(name: string, judge: () => Promise<void>): pulumi.ResourceHook | undefined {
  // The engine calls hooks from outside of the program's own context, in which logging and `isDryRun` live.
  const inProgram = AsyncLocalStorage.snapshot();
  return engineHasHooks() ? new pulumi.ResourceHook(name, () => inProgram(judge), { onDryRun: true }) : undefined;
}

/** The hooks of a resource, asked in this order; none where the host is not to be looked at. */
export function preflightHooks(...gates: (Gate | undefined)[]): pulumi.ResourceHookBinding {
  const hooks = gates.flatMap((gate) => gate?.hook ?? []);
  return { beforeCreate: hooks, beforeUpdate: hooks };
}

/** The mocks of `pulumi.runtime.setMocks` do not have the method, and the SDK does not ask before it calls it. */
export function engineHasHooks(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && 'registerResourceHook' in monitor;
}

const timesUsed = new Map<string, number>();

/** The engine wants each hook's name once, and two components may be named alike under different parents. */
function uniqueName(name: string): string {
  const times = (timesUsed.get(name) ?? 0) + 1;
  timesUsed.set(name, times);
  return times === 1 ? name : `${name} (${times})`;
}
