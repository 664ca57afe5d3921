import { spawn } from 'node:child_process';
import { currentLab, sshCommand } from '../../lab/lab';
import { waitUntil } from '../../lab/wait';

/** What happens to links and to Docker's networks and containers on a host, as it happens. */
export interface HostEvents {
  /** How many there were until now. */
  count(): number;
  /** Resolves at the event that comes as this one from now. */
  next(number: number): Promise<void>;
  end(): void;
}

/** Ends on the host as soon as its stdin does. */
const watch = `docker events --format '{{.Type}} {{.Action}}' & events=$!
ip -o monitor link & links=$!
echo ready
cat >/dev/null
kill $events $links`;

/** Watches a host of the lab. */
export async function hostEvents(name: string): Promise<HostEvents> {
  const lab = currentLab();
  const host = lab.hosts.find((one) => one.name === name);
  if (host === undefined) throw new Error(`the lab has no host ${name}`);
  const [ssh = '', ...words] = sshCommand(lab, host);
  const child = spawn(ssh, [...words, watch], { stdio: ['pipe', 'pipe', 'ignore'] });
  let waiting: { until: number; resolve: () => void }[] = [];
  let count = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    count += text.trim().split('\n').length;
    for (const { until, resolve } of waiting) if (until <= count) resolve();
    waiting = waiting.filter(({ until }) => until > count);
  });
  // A host that loses its power ends it, and whatever is still to be read then.
  child.stdin.on('error', () => undefined);
  await waitUntil('the first word of the host', () => count > 0);
  return {
    count: () => count,
    next: (number) => new Promise((resolve) => waiting.push({ until: count + number, resolve })),
    end: () => child.stdin.end(),
  };
}
