import type { ProgramInfo } from '@pulumi/pulumi/proto/language_pb';

/** The options of `runtime` in Pulumi.yaml that this language host heeds. */
export interface RuntimeOptions {
  /** Whether the SDK compiles TypeScript as it loads it. Default: true. */
  typescript: boolean;
  /** Path of the tsconfig.json, relative to the program. Default: the one beside the program. */
  tsconfig: string;
  /** Arguments of node itself. */
  nodeargs: string[];
  /** Leaves out development dependencies when it installs. Default: false. */
  production: boolean;
}

/** Throws one sentence where an option has the wrong type, or one that the lab's language host does not have. */
export function runtimeOptions(info: ProgramInfo): RuntimeOptions {
  const options = info.getOptions()?.toJavaScript() ?? {};
  const manager = text(options, 'packagemanager');
  if (!['', 'auto', 'npm'].includes(manager)) {
    throw new Error(`packagemanager: the lab's language host has npm only, got "${manager}"`);
  }
  const nodeargs = text(options, 'nodeargs');
  if (/["'\\]/.test(nodeargs))
    throw new Error("nodeargs: the lab's language host splits at blanks and takes no quotes");
  return {
    typescript: flag(options, 'typescript', true),
    tsconfig: text(options, 'tsconfig'),
    nodeargs: nodeargs.split(/\s+/).filter((word) => word !== ''),
    production: flag(options, 'production', false),
  };
}

/** How the SDK in the program's process learns of these options. */
export function optionEnvironment({ typescript, tsconfig }: RuntimeOptions): Record<string, string> {
  return {
    ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: 'true' } : {}),
    ...(tsconfig === '' ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}

function text(options: Record<string, unknown>, name: string): string {
  const value = options[name] ?? '';
  if (typeof value !== 'string') throw new Error(`${name} option must be a string`);
  return value;
}

function flag(options: Record<string, unknown>, name: string, fallback: boolean): boolean {
  const value = options[name] ?? fallback;
  if (typeof value !== 'boolean') throw new Error(`${name} option must be a boolean`);
  return value;
}
