import { spawn } from 'node:child_process';
import { type ProgramInfo, type RunRequest, RunResponse } from '@pulumi/pulumi/proto/language_pb';
import { optionEnvironment, runtimeOptions } from './runtimeOption';
import { findSdkModule } from './sdkModule';

/** The program's process ends with it where the SDK has shown the user everything already. */
const alreadyReported = 32;

/** Runs a program to its end in a process of its own, on the SDK of its own. What goes wrong in it is a response, not an error. */
export async function runProgram(
  request: RunRequest,
  info: ProgramInfo,
  engine: string,
  tracing: string,
  ended: AbortSignal,
): Promise<RunResponse> {
  try {
    const options = runtimeOptions(info);
    const run = await findSdkModule('@pulumi/pulumi/cmd/run', info.getProgramDirectory(), 'pulumi install');
    const argv = [...options.nodeargs, run, ...programArguments(request, info, engine, tracing)];
    const env = { ...process.env, ...configEnvironment(request), ...optionEnvironment(options) };
    const code = await runNode(argv, env, ended);
    if (code === alreadyReported) return new RunResponse().setBail(true);
    return new RunResponse().setError(code === 0 ? '' : `Program exited with non-zero exit code: ${code}`);
  } catch (error) {
    return new RunResponse().setError(error instanceof Error ? error.message : String(error));
  }
}

/** The SDK's side of these is `@pulumi/pulumi/cmd/run`. Not among them: `--sync`, by which old programs invoke synchronously. */
function programArguments(request: RunRequest, info: ProgramInfo, engine: string, tracing: string): string[] {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    'root-directory': info.getRootDirectory(),
    stack: request.getStack(),
    pwd: info.getProgramDirectory(),
    parallel: String(request.getParallel()),
    tracing,
  };
  const given = Object.entries(flags).filter(([, value]) => value !== '');
  return [
    ...given.flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ['--dry-run'] : []),
    info.getEntryPoint(),
    ...request.getArgsList(),
  ];
}

/** The stack's configuration, its keys in the long form `project:config:name`. */
function configEnvironment(request: RunRequest): Record<string, string> {
  const entries = request
    .getConfigMap()
    .toArray()
    .map(([key, value]) => [key.replace(/^([^:]+):(?:config:)?/, '$1:config:'), value]);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(entries)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

/** Runs the node on PATH, what it prints handed on to the engine; gives its exit code, -1 where a signal ended it. */
function runNode(argv: string[], env: NodeJS.ProcessEnv, ended: AbortSignal): Promise<number> {
  const child = spawn('node', argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(process.stdout, { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  const interrupt = () => {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  };
  ended.addEventListener('abort', interrupt);
  return new Promise<number>((done, failed) => {
    child.on('error', (error) => failed(new Error(`node cannot be started: ${error.message}`)));
    child.on('close', (code) => done(code ?? -1));
  }).finally(() => ended.removeEventListener('abort', interrupt));
}
