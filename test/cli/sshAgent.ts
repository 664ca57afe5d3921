import { execFileSync } from 'node:child_process';
import { currentLab } from '../../lab/lab';

/** Runs with an ssh agent that holds the lab's key, as README.md says to do. */
export async function withAgent<T>(work: (socket: string) => Promise<T>): Promise<T> {
  const said = execFileSync('ssh-agent', ['-s']).toString();
  const [, socket = ''] = /SSH_AUTH_SOCK=([^;]+)/.exec(said) ?? [];
  const [, pid = ''] = /SSH_AGENT_PID=(\d+)/.exec(said) ?? [];
  try {
    const { privateKeyFile } = currentLab();
    execFileSync('ssh-add', ['-q', privateKeyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    return await work(socket);
  } finally {
    process.kill(Number(pid));
  }
}
