import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HostEvents } from '../e2e/hostEvents';
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
  const state = join(project.folder, 'state');
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.json.attrs'))) removeIfEmpty(join(state, file));
  if (files.some((name) => name.startsWith('.pulumi/locks/') && name.endsWith('.json'))) {
    await succeeds(project.pulumi('cancel', '--yes', '--stack', 'lab'));
  }
}

/**
 * The file backend of the engine writes these files in place, and then fails with "failed to load checkpoint: EOF" for ever, see
 * docs/operations.md. They hold nothing that is needed.
 */
function removeIfEmpty(file: string): void {
  if (statSync(file).size > 0) return;
  rmSync(file);
  console.log(`removed ${file}, which the killed run has left empty`);
}
