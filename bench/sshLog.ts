import { isDockerSession, logNoSessionCommands, logSessionCommands, takeSessionCommands } from '../lab/sessionLog';
import type { Agent } from './agent';

/** What sshd's log says of an operation, on one host. */
export interface SshCount {
  /** Handshakes. */
  connections: number;
  /** Commands run over them. */
  sessions: number;
}

/** Makes sshd log each session, not only each connection; the same for every competitor. */
export const logSessions = (agent: Agent) =>
  agent.run(`echo 'LogLevel VERBOSE' >/etc/ssh/sshd_config.d/bench.conf && ${reload}`);

const reload = 'systemctl reload ssh.service';

/** Where the log is now. */
export async function logPosition(agent: Agent): Promise<string> {
  const said = await agent.run('journalctl --quiet --sync; journalctl --quiet --lines 0 --show-cursor');
  return /^-- cursor: (.*)$/m.exec(said)?.[1] ?? '';
}

export async function countSince(agent: Agent, position: string): Promise<SshCount> {
  const log = await agent.run(
    `journalctl --quiet --sync; journalctl --quiet --output cat --after-cursor '${position}' | grep -E '^(Accepted publickey|Starting session)' || true`,
  );
  const count = (pattern: RegExp) => log.match(pattern)?.length ?? 0;
  return { connections: count(/^Accepted /gm), sessions: count(/^Starting session/gm) };
}

/** In the run that is not measured alone, because it costs every session another shell. */
export const nameCommands = (agent: Agent) => agent.run(logSessionCommands);

export const nameNoCommands = (agent: Agent) => agent.run(logNoSessionCommands);

/** How many sessions since the last call were the docker provider's own connections. */
export async function dialStdioSessions(agent: Agent): Promise<number> {
  return (await agent.run(takeSessionCommands)).split('\n').filter(isDockerSession).length;
}
