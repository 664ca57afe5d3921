import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostEvents } from './hostEvents';
import { killMarked, markName } from './marked';
import { type Project, type Said, succeeds } from './project';

/** When a run is killed: so many events on the host after its start, and then as many ms. */
export interface Moment {
  events: number;
  milliseconds: number;
}

/** Runs the CLI with these words and kills all of its processes at that moment. False if it had ended before, and well. */
export async function runAndKill(
  project: Project,
  words: string[],
  moment: Moment,
  events: HostEvents,
): Promise<boolean> {
  await unlock(project);
  const mark = randomUUID();
  let ended: Said | undefined;
  const end = project
    .with({ [markName]: mark })
    .pulumi(...words)
    .then((said) => (ended = said));
  await Promise.race([end, reached(moment, events)]);
  if (ended !== undefined) {
    await succeeds(Promise.resolve(ended));
    return false;
  }
  await killMarked(mark);
  await end;
  return true;
}

async function reached({ events: count, milliseconds }: Moment, events: HostEvents): Promise<void> {
  if (count > 0) await events.next(count);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What a user does after a killed run: takes the lock back where there is one, and runs the same command again. */
export async function runAgain(project: Project, words: string[]): Promise<Said> {
  await unlock(project);
  return succeeds(project.pulumi(...words));
}

async function unlock(project: Project): Promise<void> {
  const locks = join(project.folder, 'state', '.pulumi', 'locks');
  const files = existsSync(locks) ? readdirSync(locks, { recursive: true, encoding: 'utf8' }) : [];
  if (files.some((name) => name.endsWith('.json'))) {
    await succeeds(project.pulumi('cancel', '--yes', '--stack', 'lab'));
  }
}
