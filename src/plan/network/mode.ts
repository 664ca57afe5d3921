import type { Problems } from '../argument/problem';
import { optional, readChoice } from '../argument/reader';

export type NetworkDriver = 'macvlan' | 'ipvlan';
/** Modes of macvlan (ip-link(8)). */
export type MacvlanMode = 'bridge' | 'private' | 'vepa' | 'passthru';
/** Modes of ipvlan (kernel, Documentation/networking/ipvlan.rst). */
export type IpvlanMode = 'l2' | 'l3' | 'l3s';
/** Who reaches whom among the containers of one ipvlan parent (same document). */
export type IpvlanFlag = 'bridge' | 'private' | 'vepa';

const drivers: readonly NetworkDriver[] = ['macvlan', 'ipvlan'];
const macvlanModes: readonly MacvlanMode[] = ['bridge', 'private', 'vepa', 'passthru'];
const ipvlanModes: readonly IpvlanMode[] = ['l2', 'l3', 'l3s'];
const ipvlanFlags: readonly IpvlanFlag[] = ['bridge', 'private', 'vepa'];

/** A driver's mode, and ipvlan's flag, with the defaults filled in. */
export interface DriverMode {
  readonly mode: MacvlanMode | IpvlanMode;
  readonly flag: IpvlanFlag | undefined;
}

export function readDriver(problems: Problems, value: unknown): NetworkDriver | undefined {
  return readChoice(problems, value, drivers);
}

/** Reads mode and flag of a network. Defaults: macvlan `bridge`, ipvlan `l2` with flag `bridge`. */
export function readMode(
  problems: Problems,
  spec: Readonly<Record<string, unknown>>,
  driver: NetworkDriver | undefined,
): DriverMode {
  const at = problems.at('mode');
  if (driver !== 'ipvlan') {
    if (spec.flag !== undefined && driver === 'macvlan') problems.at('flag').add('is for ipvlan only', spec.flag);
    const read = driver && optional(spec.mode, (given) => readChoice(at, given, macvlanModes));
    return { mode: read ?? 'bridge', flag: undefined };
  }
  const mode = optional(spec.mode, (given) => readChoice(at, given, ipvlanModes)) ?? 'l2';
  const flag = optional(spec.flag, (given) => readChoice(problems.at('flag'), given, ipvlanFlags)) ?? 'bridge';
  return { mode, flag };
}
