import { linkSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/*
 * Runs of Pulumi at the same time may share a key file. Each process has an empty file beside it, its lease; the key is removed
 * with the last lease. Leases of processes that were killed are removed by the next run.
 */

const separator = '.lease-';
const machine = encodeURIComponent(hostname());
/** How long a lease of another machine or container that shares the home counts. Whether its process still runs cannot be seen from here. */
const foreignLeaseMilliseconds = 24 * 60 * 60 * 1000;

/** Keys that this process has leased: folder and name. */
const leased = new Map<string, { folder: string; name: string }>();

/** Records that this process uses the key of that name in the folder, until the process ends. Call it before the key is written. */
export function leaseKey(folder: string, name: string): void {
  if (leased.size === 0) releaseAtEnd();
  leased.set(join(folder, name), { folder, name });
  writeFileSync(leaseOf(folder, name), '', { mode: 0o600 });
  removeUnused(folder);
}

function leaseOf(folder: string, name: string): string {
  return join(folder, `${name}${separator}${machine}-${process.pid}`);
}

function releaseAtEnd(): void {
  process.once('exit', releaseKeys);
  // A signal without a handler ends the process without an `exit` event. If there is another handler, it decides whether to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      if (process.listenerCount(signal) > 0) return;
      releaseKeys();
      process.kill(process.pid, signal);
    });
  }
}

function releaseKeys(): void {
  for (const { folder, name } of leased.values()) {
    rmSync(leaseOf(folder, name), { force: true });
    removeUnused(folder);
  }
  leased.clear();
}

/** Removes the leases of processes that ended, and all keys without a lease. */
function removeUnused(folder: string): void {
  for (const lease of readdirSync(folder).filter((file) => file.includes(separator))) {
    if (!isHeld(folder, lease)) rmSync(join(folder, lease), { force: true });
  }
  for (const key of readdirSync(folder).filter((file) => /^[0-9a-f]+$/.test(file))) {
    if (!hasLease(folder, key)) removeKey(folder, key);
  }
}

/** Removes a key. If another process leases it at the same moment, the key is put back. */
function removeKey(folder: string, key: string): void {
  const removed = join(folder, `${key}.old-${process.pid}`);
  try {
    renameSync(join(folder, key), removed);
    if (hasLease(folder, key)) linkSync(removed, join(folder, key));
  } catch {
    // Removed, or written again, by another process.
  }
  rmSync(removed, { force: true });
}

function hasLease(folder: string, key: string): boolean {
  return readdirSync(folder).some((file) => file.startsWith(`${key}${separator}`));
}

function isHeld(folder: string, lease: string): boolean {
  const holder = lease.slice(lease.indexOf(separator) + separator.length);
  const dash = holder.lastIndexOf('-');
  if (holder.slice(0, dash) === machine) return isRunning(Number(holder.slice(dash + 1)));
  const written = statSync(join(folder, lease), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - written < foreignLeaseMilliseconds;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: a process of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
