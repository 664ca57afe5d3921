/** A piece of work, and the hosts that no other one may use at the same time. */
export interface Work {
  title: string;
  hosts: string[];
}

/**
 * Runs works side by side, at most so many at a time, no two that share a host. Whoever is first in the list begins first; one that must wait for a host
 * lets later ones go ahead, but none that wants a host which it waits for.
 */
export async function sideBySide<T extends Work>(
  works: T[],
  most: number,
  run: (work: T) => Promise<void>,
): Promise<void> {
  const waiting = [...works];
  const running = new Set<T>();
  await new Promise<void>((resolve, reject) => {
    const next = () => {
      if (waiting.length + running.size === 0) resolve();
      const taken = new Set([...running].flatMap(({ hosts }) => hosts));
      for (const work of [...waiting]) {
        if (running.size < most && !work.hosts.some((host) => taken.has(host))) {
          waiting.splice(waiting.indexOf(work), 1);
          running.add(work);
          run(work).then(() => {
            running.delete(work);
            next();
          }, reject);
        }
        for (const host of work.hosts) taken.add(host);
      }
    };
    next();
  });
}
