import { isDockerSession, sessionLog, takeSessionCommands } from '../../lab/sessionLog';
import { sh } from './facts';
import { type HostConfig, hostConfigs } from './stack';

/**
 * Hosts whose ssh sessions can be counted: by another spelling of the key's path the connections are others than those that are open from before,
 * whose sessions are not logged.
 */
export const countedHosts = (...names: string[]): HostConfig[] =>
  hostConfigs(...names).map((one) => ({ ...one, privateKeyFile: one.privateKeyFile.replace(/[/](?=[^/]*$)/, '/./') }));

/** The sessions since the last time that this was asked, the docker provider's own aside. */
export async function takeSessions(host: string): Promise<number> {
  const commands = (await sh(host, takeSessionCommands)).split('\n');
  // Without the one that reads them, which is among them where it opened a connection of its own.
  return commands.filter((one) => one !== '' && !isDockerSession(one) && !one.includes(sessionLog)).length;
}
