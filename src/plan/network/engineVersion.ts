/** A version of the Docker Engine: `29.4.1`. What follows the numbers (`-rc.1`, `+dfsg3`) is left out. */
export interface EngineVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

const versionPattern = /^([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?![0-9.])/;

/** The version with these numbers: `engine(28)` is 28.0.0. */
export function engine(major: number, minor = 0, patch = 0): EngineVersion {
  return { major, minor, patch };
}

/** Reads the version that an Engine reports: `29.4.1`, `26.1.5+dfsg1`, `20.10.24-ce`. `undefined` if it does not begin with numbers. */
export function parseEngineVersion(text: string): EngineVersion | undefined {
  const found = versionPattern.exec(text);
  if (found === null) return undefined;
  const [, major, minor = '0', patch = '0'] = found;
  return engine(Number(major), Number(minor), Number(patch));
}

/** Less than zero where the first version is older, more where it is newer, zero where they are equal. */
export function compareEngines(a: EngineVersion, b: EngineVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** True for an Engine of this version or a newer one. */
export function isAtLeast(version: EngineVersion, least: EngineVersion): boolean {
  return compareEngines(version, least) >= 0;
}

/** The newest of one or more versions. */
export function newestEngine(first: EngineVersion, ...others: readonly EngineVersion[]): EngineVersion {
  return others.reduce((newest, next) => (isAtLeast(newest, next) ? newest : next), first);
}

/** As release notes name it: `28` for 28.0.0, `29.3` for 29.3.0, `29.4.1`. */
export function showEngine({ major, minor, patch }: EngineVersion): string {
  if (patch > 0) return `${major}.${minor}.${patch}`;
  return minor > 0 ? `${major}.${minor}` : `${major}`;
}
