import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

function bind(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}

/**
 * Runs `work` while no other process holds the same lock; waits for its turn.
 *
 * The lock is an abstract unix socket: the kernel frees it when the process dies, however it dies, so there is no
 * stale lock file to recognise and nothing to clean.
 */
export async function withLock<T>(name: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  const address = `\0vlan-trunk-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  let server = await bind(address);
  if (server === undefined) onWait?.();
  while (server === undefined) {
    await sleep(200);
    server = await bind(address);
  }
  try {
    return await work();
  } finally {
    server.close();
  }
}
