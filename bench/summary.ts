import type { Operation } from './competitor';
import type { Cost } from './meter';
import { median } from './measured';
import type { Findings } from './onWire';
import type { SizeName } from './size';

/** The figures that the goals are set for; null where it was not measured. */
export interface Summary {
  upVsBash: number | null;
  up12VsBash: number | null;
  destroyVsBash: number | null;
  hostCpuVsBash: number | null;
  noopExtraSeconds: number | null;
  noop130ExtraSeconds: number | null;
  vlans100ExtraSeconds: number | null;
  ansibleUpVsOurs: number | null;
  ansibleNoopVsOurs: number | null;
  hostsOverlap: number | null;
  sshSessions: Record<Operation, number | null>;
}

type Figure = number | undefined;

const rounded = (value: Figure) => (value === undefined || Number.isNaN(value) ? null : Number(value.toFixed(2)));
const ratio = (one: Figure, other: Figure) =>
  rounded(one === undefined || other === undefined ? undefined : one / other);
const difference = (one: Figure, other: Figure) =>
  rounded(one === undefined || other === undefined ? undefined : one - other);

export function summarize({ measured, sessions, overlaps, batchSeconds }: Findings): Summary {
  const seconds = (size: SizeName, competitor: string, operation: Operation) =>
    measured.median({ size, competitor, operation }, (cost: Pick<Cost, 'seconds'>) => cost.seconds);
  const hostCpu = (competitor: string) =>
    measured.perHost({ size: 'twelve', competitor, operation: 'up' }, ({ cpu }) => cpu);
  return {
    upVsBash: ratio(seconds('small', 'ours', 'up'), seconds('small', 'bash', 'up')),
    up12VsBash: ratio(seconds('twelve', 'ours', 'up'), seconds('twelve', 'bash', 'up')),
    destroyVsBash: ratio(seconds('twelve', 'ours', 'destroy'), seconds('twelve', 'bash', 'destroy')),
    hostCpuVsBash: ratio(hostCpu('ours'), hostCpu('bash')),
    noopExtraSeconds: difference(seconds('small', 'ours', 'noop'), seconds('small', 'base', 'noop')),
    noop130ExtraSeconds: difference(seconds('twelve', 'ours', 'noop'), seconds('twelve', 'base', 'noop')),
    vlans100ExtraSeconds: difference(
      seconds('vlans100', 'ours', 'up'),
      batchSeconds.length > 0 ? median(batchSeconds) : undefined,
    ),
    ansibleUpVsOurs: ratio(seconds('twelve', 'ansible', 'up'), seconds('twelve', 'ours', 'up')),
    ansibleNoopVsOurs: ratio(seconds('twelve', 'ansible', 'noop'), seconds('twelve', 'ours', 'noop')),
    hostsOverlap: rounded(overlaps.twelve && median(overlaps.twelve)),
    sshSessions: {
      up: sessions.up?.own ?? null,
      noop: sessions.noop?.own ?? null,
      destroy: sessions.destroy?.own ?? null,
    },
  };
}
