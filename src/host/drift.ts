/** One thing that a host has otherwise than the last `up` left it. */
export interface Drift {
  /** What it is about: the name of a link, `network NAME`, `container NAME`, or a component whose records are missing. */
  readonly subject: string;
  /**
   * What of it. Of a link: `link`, `state`, `MTU`, `alias`, `address`, `route`, `sysctl`, or `foreign` for an address of others; of a network:
   * `network`, or the name of a setting; of a container: `container`, `state`, `attachment`, `address`, `name` or `option`; of a component: `records`.
   */
  readonly kind: string;
  readonly expected: string;
  readonly found: string;
}

/** How a host's links stand to the last `up`. */
export interface LinkHistory {
  /** The revision of the last apply; `undefined` where the host knows of none. */
  readonly revision: string | undefined;
  /** How often drift was healed, and since when. */
  readonly healed: { readonly count: number; readonly since: string } | undefined;
  readonly drift: readonly Drift[];
}

/** Reads what drift.sh prints. */
export function readHistory(words: readonly string[]): LinkHistory {
  const first = (pattern: RegExp) => words.flatMap((line) => pattern.exec(line)?.slice(1) ?? []);
  const [revision] = first(/^revision (\S+)$/);
  const [count, since] = first(/^healed (\d+) (\S+)$/);
  const drift = words.flatMap((line) => {
    const [subject, kind, expected, found] = /^drift (\S+) (\S+) (.*) -- (.*)$/.exec(line)?.slice(1) ?? [];
    return subject === undefined || kind === undefined || expected === undefined || found === undefined
      ? []
      : [{ subject, kind, expected, found }];
  });
  return { revision, healed: since === undefined ? undefined : { count: Number(count), since }, drift };
}

/** The drift in words: `eth0.50 is missing`. */
export function driftSentence({ subject, kind, expected, found }: Drift): string {
  const isMissing = found === 'missing';
  switch (kind) {
    case 'network':
    case 'container':
      return found === 'missing' ? `${subject} is missing` : `${subject} was made anew by another program`;
    case 'attachment':
      return `${subject} has no interface on ${expected}`;
    case 'name':
    case 'option':
      return `${subject} has lost the ${kind} ${expected}`;
    case 'records':
      return `the records of ${subject} on the host are missing`;
    case 'foreign':
      return `${subject} has the address ${found} of another program, which stays`;
    case 'link':
      return isMissing ? `${subject} is missing` : `${subject} is ${found}, declared is ${expected}`;
    case 'state':
      return `${subject} is ${found}`;
    case 'alias':
      return `${subject} was made anew by another program`;
    case 'route':
      return isMissing
        ? `${subject} has lost the route to ${expected}`
        : `the route to ${expected} over ${subject} is ${found}`;
    case 'address':
      return `${subject} has lost the address ${expected}`;
    case 'sysctl': {
      const [name, value] = [
        expected.slice(0, expected.lastIndexOf(' ')),
        expected.slice(expected.lastIndexOf(' ') + 1),
      ];
      return `${subject} has ${name} = ${found}, declared is ${value}`;
    }
    default:
      return `${subject} has ${kind} ${found}, declared is ${expected}`;
  }
}
