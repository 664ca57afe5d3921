import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout } from './layout';

/** The options by which a plain `ssh` reaches the hosts: the key, and the hosts' keys, which are checked. */
export function plainSshOptions(layout: Layout, folder: string): Record<string, string> {
  const knownHosts = join(folder, 'known_hosts');
  writeFileSync(knownHosts, layout.hosts.map(({ address, hostKey }) => `${address} ${hostKey}\n`).join(''));
  return {
    IdentityFile: layout.hosts[0]?.privateKeyFile ?? '',
    IdentitiesOnly: 'yes',
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: knownHosts,
    GlobalKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
  };
}

export function plainSshConfig(layout: Layout, folder: string): string {
  const lines = Object.entries(plainSshOptions(layout, folder)).map(([key, value]) => `${key} ${value}\n`);
  return lines.join('');
}
