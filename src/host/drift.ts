/** One thing that a host has otherwise than the last `up` left it. */
export interface Drift {
  /** What it is about: the name of a link, `network NAME`, `container NAME`, or a component whose records are missing. */
  readonly subject: string;
  /**
   * What of it. Of a link: `link`, `state`, `MTU`, `alias`, `address`, `route`, `sysctl`, `routing`, `egress-qos-map`, `ingress-qos-map`, or `foreign` for an
   * address of others; of a parent interface: `persistence`; of a network:
   * `network`, or the name of a setting; of a container: `container`, `state`, `attachment`, `address`, `name`, `option`, `MAC` or `shared network`; of a component: `records`.
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
  /** Which network manager the parent interface belongs to, in words; `undefined` where it is none that we know. */
  readonly manager: string | undefined;
  readonly drift: readonly Drift[];
  /** Names of the links of the last `up` that are declared no more. */
  readonly departing: readonly string[];
}

/**
 * True for a word that may name an apply. It comes back from the host and goes into a command: any other is none of ours, and counts as unknown.
 */
export function isRevision(word: string): boolean {
  return /^(?:-|[A-Za-z0-9][A-Za-z0-9-]{0,39})$/.test(word);
}

/** Reads what drift.sh prints. */
export function readHistory(words: readonly string[]): LinkHistory {
  const first = (pattern: RegExp) => words.flatMap((line) => pattern.exec(line)?.slice(1) ?? []);
  const [revision] = first(/^revision (\S+)$/).filter(isRevision);
  const [count, since] = first(/^healed (\d{1,9}) ([A-Za-z0-9-]{1,40})$/);
  const [manager] = first(/^manager (.+)$/);
  const drift = words.flatMap((line) => {
    const [subject, kind, expected, found] = /^drift (\S+) (\S+) (.*) -- (.*)$/.exec(line)?.slice(1) ?? [];
    return subject === undefined || kind === undefined || expected === undefined || found === undefined
      ? []
      : [{ subject, kind, expected, found }];
  });
  const departing = first(/^departs (\S+)$/);
  const healed = since === undefined ? undefined : { count: Number(count), since };
  return { revision, departing, healed, manager, drift };
}

/** What returns again and again, and who is likely to undo it; `undefined` for what was never healed. */
export function repetition({ healed, manager }: Pick<LinkHistory, 'healed' | 'manager'>): string | undefined {
  if (healed === undefined) return undefined;
  const likely = manager === undefined ? '' : `; ${manager}, which may undo it`;
  const moment = momentOf(healed.since);
  return `has drifted ${healed.count + 1} times${moment === undefined ? '' : ` since ${moment}`}${likely}`;
}

/** When an `up` made its revision, as people write it; `undefined` for a revision that is not the time of an `up`. */
function momentOf(revision: string): string | undefined {
  const [, date, hour, minute, second] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(revision) ?? [];
  return date && `${date.replace(/^(\d{4})(\d\d)/, '$1-$2-')} ${hour}:${minute}:${second} UTC`;
}

/** The drift in words: `eth0.50 is missing`. */
export function driftSentence({ subject, kind, expected, found }: Drift): string {
  const isMissing = found === 'missing';
  switch (kind) {
    case 'network':
    case 'container':
      return isMissing ? `${subject} is missing` : `${subject} was made anew by another program`;
    case 'attachment':
      return `${subject} has no interface on ${expected}`;
    case 'shared network':
      return `${subject} has lost the network of container ${expected}`;
    case 'name':
    case 'option':
      return `${subject} has lost the ${kind} ${expected}`;
    case 'records':
      return `the records of ${subject} on the host are missing`;
    case 'foreign':
      return `${subject} has the address ${found} of another program, which stays`;
    case 'persistence':
      return `what brings links on ${subject} back after a reboot (${expected}) is ${found}`;
    case 'routing':
      return `the rules for routing: '${expected}' of ${subject} are ${found}`;
    case 'link':
      return isMissing
        ? `${subject} is missing`
        : `${subject} was made anew by another program as ${found}, declared is ${expected}`;
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
