import { spawn } from 'node:child_process';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { type ProgramInfo, type RunPluginRequest, RunPluginResponse } from '@pulumi/pulumi/proto/language_pb';
import { optionEnvironment, runtimeOptions } from './runtimeOption';
import { findSdkModule } from './sdkModule';

/** Runs a plugin that is a Node.js program, such as a component provider with `PulumiPlugin.yaml`, until it or the engine ends it. */
export async function runPlugin(
  call: ServerWritableStream<RunPluginRequest, RunPluginResponse>,
  info: ProgramInfo,
): Promise<void> {
  const { request } = call;
  if (request.getKind() === 'analyzer') throw new Error("the lab's language host runs no policy packs");
  const folder = info.getProgramDirectory();
  const options = runtimeOptions(info);
  const run = await findSdkModule('@pulumi/pulumi/cmd/run-plugin', folder, `npm install in ${folder}`);
  // The engine gives the environment as it shall be, of which nothing here is a part.
  const env = { ...Object.fromEntries(request.getEnvList().map(splitVariable)), ...optionEnvironment(options) };
  const argv = [run, ...options.nodeargs, folder, ...request.getArgsList()];
  const child = spawn('node', argv, { cwd: request.getPwd(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (bytes: Buffer) => call.write(new RunPluginResponse().setStdout(bytes)));
  child.stderr.on('data', (bytes: Buffer) => call.write(new RunPluginResponse().setStderr(bytes)));
  call.on('cancelled', () => child.kill('SIGKILL'));
  const code = await new Promise<number>((done, failed) => {
    child.on('error', (error) => failed(new Error(`node cannot be started: ${error.message}`)));
    child.on('close', (exitCode) => done(exitCode ?? -1));
  });
  if (code !== 0) throw new Error(`Program exited with non-zero exit code: ${code}`);
}

function splitVariable(variable: string): [string, string] {
  const at = variable.indexOf('=');
  return [variable.slice(0, at), variable.slice(at + 1)];
}
