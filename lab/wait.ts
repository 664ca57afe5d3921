import { setTimeout as sleep } from 'node:timers/promises';
import { quote } from './ssh';

/** How long a condition may take to become true, in s. A machine with nothing else to do needs a hundredth of it. */
const patience = 120;

/** Asked so often in each second. */
const asksPerSecond = 10;

/**
 * Waits until a condition is true. Throws when it is not after the patience.
 *
 * @param what the condition in words, for the error: `the socket of the agent`
 * @param seconds Default: 120
 */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = patience,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await sleep(1000 / asksPerSecond);
  }
}

/**
 * The same as a piece of shell script, for hosts and containers: runs a command again and again until it succeeds. The script that
 * it is part of ends with an error when the patience is over.
 *
 * @param condition a shell command line, of the test's own text
 * @param seconds Default: 120
 */
export function untilInShell(condition: string, seconds = patience): string {
  const failed = `printf '%s\\n' ${quote(`waited ${seconds} s in vain for ${condition}`)} >&2; exit 1`;
  return `tries=0
until ${condition}
do
  tries=$((tries + 1))
  [ $tries -lt ${seconds * asksPerSecond} ] || { ${failed}; }
  sleep ${1 / asksPerSecond}
done
`;
}
