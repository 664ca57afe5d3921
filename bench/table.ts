import { operations } from './competitor';
import { median, type Subject } from './measured';
import type { Findings } from './onWire';
import { type SizeName, sizes } from './size';

const titles: Record<string, string> = {
  ours: 'this package',
  bash: 'bash',
  obvious: 'obvious Pulumi program',
  ansible: 'Ansible',
  base: 'the same resources, no components',
};

const shown = (value: number | undefined, digits: number) => (value === undefined ? '–' : value.toFixed(digits));

/** Markdown: for each size and operation a table of all competitors. */
export function tables({ measured, sessions, overlaps, batchSeconds, linkScale }: Findings): string {
  const seconds = (subject: Subject) => measured.median(subject, (cost) => cost.seconds);
  const row = (subject: Subject) => {
    const bash = seconds({ ...subject, competitor: 'bash' });
    const own = seconds(subject);
    const cells = [
      titles[subject.competitor] ?? subject.competitor,
      shown(own, 2),
      shown(own !== undefined && bash !== undefined ? own / bash : undefined, 2),
      shown(
        measured.perHost(subject, ({ cpu }) => cpu),
        2,
      ),
      shown(
        measured.perHost(subject, ({ forks }) => forks),
        0,
      ),
      shown(
        measured.median(subject, (cost) => cost.controllerCpu),
        2,
      ),
      shown(
        measured.perHost(subject, (host) => host.connections),
        0,
      ),
      shown(
        measured.perHost(subject, (host) => host.sessions),
        0,
      ),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const head = [
    '| | seconds | of bash | host CPU, s | forks a host | controller CPU, s | ssh handshakes a host | ssh sessions a host |',
    '|---|---|---|---|---|---|---|---|',
  ];
  const names = [...new Set(measured.subjects.map(({ size }) => size))];
  const ofSizes = names.flatMap((size) =>
    operations.flatMap((operation) => {
      const subjects = measured.subjects.filter((one) => one.size === size && one.operation === operation);
      if (subjects.length === 0) return [];
      return [`\n**${sizes[size as SizeName].title}: ${operation}**\n`, ...head, ...subjects.map(row)];
    }),
  );
  const further = [
    ...(batchSeconds.length > 0
      ? [`\`ip -batch\` on the host alone, 100 VLANs: ${median(batchSeconds).toFixed(2)} s`]
      : []),
    ...linkScale.map(
      ({ vlans, apply, again, remove, batch }) =>
        `Host script alone, ${vlans} VLANs: apply ${apply.toFixed(2)} s (${((1000 * apply) / vlans).toFixed(1)} ms each), again ${again.toFixed(2)} s, remove ${remove.toFixed(2)} s; \`ip -batch\` ${batch.toFixed(2)} s`,
    ),
    ...Object.entries(overlaps).map(
      ([size, values]) => `Both hosts at work during \`up\`, ${size}: ${median(values).toFixed(2)} of the time`,
    ),
    ...operations.flatMap((operation) => {
      const counted = sessions[operation];
      return counted
        ? [
            `ssh sessions of ${operation}, the busiest host: ${counted.own}, and ${counted.docker} of the docker provider`,
          ]
        : [];
    }),
  ];
  return [...ofSizes, '', ...further.map((line) => `- ${line}`)].join('\n');
}
