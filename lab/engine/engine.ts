import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, contentKey } from '../cache';
import { type Cli, ensureCli } from './cli';
import { choosePlugin, placePlugin, type ChosenPlugin, type Plugin } from './plugin';

/** A Pulumi engine that is ready to run, with its plugins. */
export interface Engine {
  /** Path of the `pulumi` binary. */
  pulumi: string;
  /** What its environment must hold: a home of its own, no downloads, secrets by passphrase. */
  env: Record<string, string>;
  plugins: ChosenPlugin[];
  /** Which engine and which plugins: every run prints it. */
  line: string;
}

let ready: Promise<Engine> | undefined;

/** Finds the engine and its plugins, or makes them; the second call of a process gets the first one's. */
export function ensureEngine(): Promise<Engine> {
  ready ??= makeEngine();
  return ready;
}

async function makeEngine(): Promise<Engine> {
  const cli = await ensureCli();
  const wanted = [...(await wantedProviders()), languageHost(cli)];
  const plugins = await Promise.all(wanted.map((plugin) => choosePlugin(plugin, cli)));
  const home = join(cacheFolder(), 'engine', contentKey('home', ...plugins.map(({ executable }) => executable)));
  await mkdir(home, { recursive: true });
  for (const plugin of plugins) await placePlugin(home, plugin);
  const named = plugins.map(
    ({ name, version, origin }) => `${name}${hasItsVersion(origin) ? ` ${version}` : ''}: ${origin}`,
  );
  return {
    pulumi: cli.program,
    env: {
      PULUMI_HOME: home,
      PULUMI_CONFIG_PASSPHRASE: 'lab',
      PULUMI_SKIP_UPDATE_CHECK: '1',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: '1',
      // What was chosen above is what runs, whatever lies on PATH.
      PULUMI_IGNORE_AMBIENT_PLUGINS: '1',
      // Node keeps there what it made of the SDK's source, which every operation would compile again.
      NODE_COMPILE_CACHE: join(cacheFolder(), 'node'),
    },
    plugins,
    line: `engine: pulumi ${cli.version} (${cli.origin}); ${named.join('; ')}`,
  };
}

/** What lies on PATH may be any version, and the stand-in is none. */
const hasItsVersion = (origin: ChosenPlugin['origin']) => origin !== 'on PATH' && origin !== 'stand-in';

/** The SDK names the plugin version that it wants: the one place where versions are kept is package.json. */
async function wantedProviders(): Promise<Plugin[]> {
  return Promise.all(
    ['command', 'docker'].map(async (name) => {
      const manifest = await readFile(require.resolve(`@pulumi/${name}/package.json`), 'utf8');
      const { pulumi } = JSON.parse(manifest) as { pulumi: Pick<Plugin, 'version'> };
      return { kind: 'resource' as const, name, version: pulumi.version };
    }),
  );
}

/** What runs TypeScript programs; official ones are released with the CLI, under its version. */
const languageHost = ({ version }: Cli): Plugin => ({ kind: 'language', name: 'nodejs', version: version.slice(1) });
