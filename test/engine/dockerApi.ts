import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentLab, sshCommand, waitUntil } from '../../lab/lab';
import { hostOf, inside } from '../../lab/namespace';

/** What an Engine answers when it refuses; the message is its own. */
export class EngineError extends Error {}

/**
 * The API of a lab host's Engine through one ssh tunnel: a call costs milliseconds, where the docker command costs a
 * process on the host.
 */
export class DockerApi {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  private constructor(
    private readonly folder: string,
    private readonly socketPath: string,
    private readonly ssh: ChildProcess,
  ) {}

  static async open(name: string): Promise<DockerApi> {
    const state = currentLab();
    const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-engine-'));
    const socketPath = join(folder, 'docker.sock');
    const [program = '', ...rest] = sshCommand(state, hostOf(state, name));
    // A connection of its own, so that the tunnel ends with this process.
    const own = ['ControlMaster=no', 'ControlPath=none', 'ExitOnForwardFailure=yes'].flatMap((option) => [
      '-o',
      option,
    ]);
    const forward = ['-N', '-L', `${socketPath}:/var/run/docker.sock`];
    const [command = '', ...args] = inside(state, [program, ...own, ...forward, ...rest]);
    const ssh = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const opened = new DockerApi(folder, socketPath, ssh);
    try {
      await waitUntil(`a tunnel to the Engine of ${name}`, () => {
        if (ssh.exitCode !== null) throw new Error(`no tunnel to the Engine of ${name}`);
        return existsSync(socketPath);
      });
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  }

  get(path: string): Promise<unknown> {
    return this.#call('GET', path);
  }

  post(path: string, body?: object): Promise<unknown> {
    return this.#call('POST', path, body);
  }

  delete(path: string): Promise<unknown> {
    return this.#call('DELETE', path);
  }

  close(): void {
    this.#agent.destroy();
    this.ssh.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #call(method: string, path: string, body?: object): Promise<unknown> {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: this.socketPath, agent: this.#agent, method, path, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('error', reject);
        answer.on('end', () => {
          const read: unknown = text.trim() === '' ? {} : JSON.parse(text);
          if ((answer.statusCode ?? 0) < 400) resolve(read);
          else reject(new EngineError((read as { message?: string }).message ?? text));
        });
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
