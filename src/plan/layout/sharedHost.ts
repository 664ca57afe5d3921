import { parseAddress } from '../ip/address';
import { isKnown } from '../argument/known';
import { type Problem, Problems } from '../argument/problem';
import { readObject } from '../argument/reader';

/** A host that the program declares. `target` is an `SshHostSpec`, as far as it is known. */
export interface DeclaredHost {
  readonly name: string;
  readonly target: unknown;
}

/**
 * A host is declared once: two declarations of one address and port, behind one jump host, would each check and change it without the
 * other. Another port may lead to another machine, and so may the same private address behind another jump host.
 */
export function checkSharedHosts(hosts: readonly DeclaredHost[]): Problem[] {
  const problems = new Problems();
  const seen = new Map<string, string>();
  for (const { name, target } of hosts) {
    const key = keyOf(target);
    if (key === undefined) continue;
    const at = problems.at('hosts').at(name);
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, at.path);
      continue;
    }
    const expected = `must be another machine than ${earlier}, which has the same address and port: declare the host once, for all that is on it`;
    at.at('address').add(expected, readObject(new Problems(), target)?.address);
  }
  return problems.list;
}

/** Identifies the machine at the end of a connection; `undefined` while a part is not known. */
function keyOf(target: unknown): string | undefined {
  const spec = readObject(new Problems(), target);
  const { address, port = 22, proxy } = spec ?? {};
  if (typeof address !== 'string' || typeof port !== 'number' || !isKnown(proxy)) return undefined;
  const machine = `${normalAddress(address)} ${port}`;
  if (proxy === undefined) return machine;
  const jump = keyOf(proxy);
  return jump === undefined ? undefined : `${machine} ${jump}`;
}

/** Addresses in canonical form. In DNS names, case and a dot at the end make no difference. */
function normalAddress(address: string): string {
  return parseAddress(address)?.text ?? address.toLowerCase().replace(/\.$/, '');
}
