import { existsSync, realpathSync } from 'node:fs';
import { link, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cacheFolder } from '../cache';
import { run } from '../command';
import { removeTree } from '../removeTree';
import type { Cli } from './cli';
import { downloadDistribution, standInLanguageHost } from './language';
import { buildOfflineProviders } from './offline';

/** A plugin of the engine. */
export interface Plugin {
  /** A provider (`resource`), or what runs the programs of a language. */
  kind: 'resource' | 'language';
  name: string;
  /** That our SDK asks the engine for; of a language host, the CLI's own. */
  version: string;
}

export interface ChosenPlugin extends Plugin {
  executable: string;
  origin: 'installed' | 'on PATH' | 'downloaded' | 'offline provider' | 'stand-in';
}

const downloadBound = '20s';
const day = 24 * 60 * 60 * 1000;

const executableName = ({ kind, name }: Plugin) => `pulumi-${kind}-${name}`;
const pluginFolder = (home: string, { kind, name, version }: Plugin) =>
  join(home, 'plugins', `${kind}-${name}-v${version}`);

/** An official plugin wins, installed or downloaded; where neither can be had, ours. */
export async function choosePlugin(plugin: Plugin, cli: Cli): Promise<ChosenPlugin> {
  const installed = findInstalled(plugin, cli);
  if (installed !== undefined) return { ...plugin, ...installed };
  const downloaded = await download(plugin, cli);
  if (downloaded !== undefined) return { ...plugin, executable: downloaded, origin: 'downloaded' };
  if (plugin.kind === 'language') return { ...plugin, executable: await standInLanguageHost(), origin: 'stand-in' };
  const executable = join(await buildOfflineProviders(), executableName(plugin));
  return { ...plugin, executable, origin: 'offline provider' };
}

function findInstalled(plugin: Plugin, cli: Cli): Pick<ChosenPlugin, 'executable' | 'origin'> | undefined {
  // The CLI comes with its language hosts beside it, and takes those before any in its home.
  const besideCli = join(dirname(realpathSync(cli.program)), executableName(plugin));
  if (plugin.kind === 'language' && existsSync(besideCli)) return { executable: besideCli, origin: 'installed' };
  const home = process.env.PULUMI_HOME ?? join(homedir(), '.pulumi');
  const inHome = join(pluginFolder(home, plugin), executableName(plugin));
  if (existsSync(inHome)) return { executable: inHome, origin: 'installed' };
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.map((folder) => join(folder, executableName(plugin))).find((file) => existsSync(file));
  return onPath === undefined ? undefined : { executable: onPath, origin: 'on PATH' };
}

/** Tries the official download, within a bound; a refusal is remembered for a day, so that warm starts do not pay for it. */
async function download(plugin: Plugin, cli: Cli): Promise<string | undefined> {
  const home = join(cacheFolder(), 'engine', 'downloads');
  const distribution = join(home, `pulumi-${plugin.version}`);
  const folder = plugin.kind === 'language' ? join(distribution, 'bin') : pluginFolder(home, plugin);
  const executable = join(folder, executableName(plugin));
  if (existsSync(executable)) return executable;
  const refusal = join(home, `refused-${plugin.name}-${plugin.version}`);
  const refused = await stat(refusal).catch(() => undefined);
  if (refused !== undefined && Date.now() - refused.mtimeMs < day) return undefined;
  await mkdir(home, { recursive: true });
  const install =
    plugin.kind === 'language'
      ? downloadDistribution(distribution, plugin.version)
      : [cli.program, 'plugin', 'install', 'resource', plugin.name, plugin.version];
  const env = { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: '1' };
  const { code } = await run(['timeout', downloadBound, ...install], { env });
  // What the bound cut short.
  if (code !== 0) await removeTree(distribution);
  if (existsSync(executable)) return executable;
  await writeFile(refusal, '');
  return undefined;
}

/** Puts a plugin into the folder that the engine searches: a Pulumi home of the lab, which holds these plugins and no others. */
export async function placePlugin(home: string, plugin: ChosenPlugin): Promise<void> {
  const folder = pluginFolder(home, plugin);
  await mkdir(folder, { recursive: true });
  const placed = join(folder, executableName(plugin));
  if (existsSync(placed)) return;
  // In a real folder, because the engine follows no links to folders; across file systems a link to the file has to do.
  try {
    await link(plugin.executable, placed).catch(() => symlink(plugin.executable, placed));
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(placed)) throw error;
  }
}
