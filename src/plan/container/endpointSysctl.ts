import type { Problems } from '../argument/problem';
import { optional, readObject, readPattern } from '../argument/reader';

/** Settings that Docker accepts for an interface of a container (moby, `validateEndpointSettings`); `IFNAME` stands for its name. */
const keyPattern = /^net\.(?:ipv4|ipv6|mpls)\.[a-z0-9_]+\.IFNAME\.[a-z0-9_]+$/;
/** The same with an interface's real name, which Docker gives only when the container starts. */
const namedKey = /^(net\.(?:ipv4|ipv6|mpls)\.(?:conf|neigh)\.)(?!all\.|default\.|lo\.)[^.]+(\.[a-z0-9_]+)$/;
/** No comma, which separates settings, and no white space. */
const valuePattern = /^[A-Za-z0-9._:-]+$/;

/** Reads the kernel settings of one interface of a container. Those in `taken` are set by the argument `ipv6` and refused here. */
export function readEndpointSysctls(
  problems: Problems,
  value: unknown,
  taken: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  const given = optional(value, (present) => readObject(problems, present)) ?? {};
  for (const [key, item] of Object.entries(given)) {
    const at = problems.at(key);
    const text = readPattern(at, item, valuePattern, "must be a text of letters, digits, '.', '_', ':' and '-'");
    const named = namedKey.exec(key);
    if (taken.has(key)) {
      at.addMessage("must be left out: the attachment's ipv6 sets it");
    } else if (!keyPattern.test(key)) {
      const fix = named === null || key.includes('IFNAME') ? '' : ` (did you mean ${withPlaceholder(key)}?)`;
      at.addMessage(`must be a setting of an interface, like net.ipv4.conf.IFNAME.arp_notify${fix}`);
    } else if (text !== undefined) {
      read.set(key, text);
    }
  }
  return read;
}

/** Refuses a container's setting that names an interface: Docker refuses it as well, or applies it before the interface exists. */
export function checkContainerSysctls(problems: Problems, value: unknown): void {
  if (value === undefined) return;
  for (const key of Object.keys(readObject(problems, value) ?? {})) {
    if (!namedKey.test(key)) continue;
    problems.at(key).addMessage(`must be given to an attachment, as sysctls: { '${withPlaceholder(key)}': … }`);
  }
}

function withPlaceholder(key: string): string {
  return key.replace(namedKey, '$1IFNAME$2');
}
