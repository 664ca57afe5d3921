import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerWritableStream } from '@grpc/grpc-js';
import {
  AboutResponse,
  DependencyInfo,
  GetProgramDependenciesResponse,
  type InstallDependenciesRequest,
  InstallDependenciesResponse,
  type ProgramInfo,
} from '@pulumi/pulumi/proto/language_pb';
import { runtimeOptions } from './runtimeOption';

const execute = promisify(execFile);

/** `pulumi install`: installs what the program's package.json names, by npm. */
export async function installDependencies(
  call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
  info: ProgramInfo,
): Promise<void> {
  const say = (text: string) => call.write(new InstallDependenciesResponse().setStdout(Buffer.from(text)));
  const { production } = runtimeOptions(info);
  say('Installing dependencies...\n\n');
  const argv = ['install', '--loglevel=error', ...(production ? ['--omit=dev'] : [])];
  const child = spawn('npm', argv, { cwd: info.getProgramDirectory(), stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (bytes: Buffer) => call.write(new InstallDependenciesResponse().setStdout(bytes)));
  child.stderr.on('data', (bytes: Buffer) => call.write(new InstallDependenciesResponse().setStderr(bytes)));
  const code = await new Promise<number>((done, failed) => {
    child.on('error', (error) => failed(new Error(`npm cannot be started: ${error.message}`)));
    child.on('close', (exitCode) => done(exitCode ?? -1));
  });
  if (code !== 0) throw new Error(`npm install failed with exit code ${code}`);
  say('Finished installing dependencies\n\n');
}

/** `pulumi about`: which node and npm the program is run and installed with, and which TypeScript it would load. */
export async function about(info: ProgramInfo): Promise<AboutResponse> {
  const { stdout: executable } = await execute('sh', ['-c', 'command -v node']);
  const ask = async (program: string, ...args: string[]) => {
    const outcome = await execute(program, args, { cwd: info.getProgramDirectory() }).catch(() => undefined);
    return outcome?.stdout.trim() ?? '';
  };
  const response = new AboutResponse().setExecutable(executable.trim()).setVersion(await ask('node', '--version'));
  const metadata = response.getMetadataMap();
  metadata.set('packagemanager', 'npm').set('packagemanagerVersion', await ask('npm', '--version'));
  const typescript = await ask('node', '-p', "require('typescript/package.json').version");
  if (typescript !== '') metadata.set('typescriptVersion', typescript);
  return response;
}

/** The packages that the nearest package-lock.json upwards installs: those that its package.json names, or all of them. */
export async function programDependencies(
  info: ProgramInfo,
  transitive: boolean,
): Promise<GetProgramDependenciesResponse> {
  const folder = folderWithLock(info.getProgramDirectory());
  const direct = new Set(transitive ? [] : await directDependencies(folder));
  const { packages } = JSON.parse(await readFile(join(folder, lockFile), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const dependencies = Object.entries(packages).flatMap(([path, { version = '' }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (path === '' || !(transitive || direct.has(name))) return [];
    return [new DependencyInfo().setName(name).setVersion(version)];
  });
  return new GetProgramDependenciesResponse().setDependenciesList(dependencies);
}

const lockFile = 'package-lock.json';

function folderWithLock(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, lockFile))) return folder;
    if (folder === dirname(folder)) throw new Error(`no ${lockFile} found (searching upwards from ${start})`);
  }
}

async function directDependencies(folder: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  return [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.devDependencies ?? {})];
}
