/** What a network namespace has, without prefix lengths. */
export interface Found {
  addresses: string[];
  /** Gateways of its default routes; `device` for a route that has none. */
  defaultRoutes: string[];
}

/*
 * The kernel's own files, since a host of the lab reads those of all containers with one process, where asking `ip`
 * takes three for each container.
 */
const files = ['route', 'ipv6_route', 'if_inet6', 'fib_trie'];

/** Reads the files that it is given on stdin. */
export const readScript = "xargs -r -d '\\n' grep -H ''";

export function filesOf(pids: readonly number[]): string {
  return pids.flatMap((pid) => files.map((file) => `/proc/${pid}/net/${file}\n`)).join('');
}

/** What `readScript` printed about the namespace of a process. */
export function foundIn(printed: string, pid: number): Found {
  const lines = printed.split('\n');
  const [route = [], route6 = [], addresses6 = [], trie = []] = files.map((file) => {
    const head = `/proc/${pid}/net/${file}:`;
    return lines.filter((line) => line.startsWith(head)).map((line) => line.slice(head.length).trim());
  });
  return {
    addresses: [...ipv4Addresses(trie), ...ipv6Addresses(addresses6)],
    defaultRoutes: [...ipv4Gateways(route), ...ipv6Gateways(route6)],
  };
}

/** An address, and below it that it is the host's own. The table of local addresses is printed twice. */
function ipv4Addresses(trie: readonly string[]): Set<string> {
  const own = trie.flatMap((line, index) => {
    const address = /^\|-- (\S+)$/.exec(trie[index - 1] ?? '')?.[1];
    return address !== undefined && line === '/32 host LOCAL' && !address.startsWith('127.') ? [address] : [];
  });
  return new Set(own);
}

/** Address, index, prefix length, scope (0 is global), flags, device. */
function ipv6Addresses(lines: readonly string[]): string[] {
  const fields = lines.map((line) => line.split(/\s+/));
  return fields.flatMap(([hex = '', , , scope]) => (scope === '00' ? [ipv6Text(hex)] : []));
}

/** Device, destination, gateway, each number in the machine's order; then flags, three counters, and the mask. */
function ipv4Gateways(lines: readonly string[]): string[] {
  return lines
    .map((line) => line.split(/\s+/))
    .filter(([, destination, , , , , , mask]) => destination === '00000000' && mask === '00000000')
    .map(([, , gateway = '']) => {
      const bytes = gateway.match(/../g)?.reverse() ?? [];
      return gateway === '00000000' ? 'device' : bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
    });
}

/** Destination, its length, source, its length, gateway, three counters, flags, device. */
function ipv6Gateways(lines: readonly string[]): string[] {
  // Routes from router advertisements on the wire (RTF_ADDRCONF) are not declared.
  const announced = 0x0004_0000;
  return lines
    .map((line) => line.split(/\s+/))
    .filter(
      ([destination = '', length, , , , , , , flags = '', device]) =>
        /^0+$/.test(destination) &&
        length === '00' &&
        device !== 'lo' &&
        (Number.parseInt(flags, 16) & announced) === 0,
    )
    .map(([, , , , gateway = '']) => (/^0+$/.test(gateway) ? 'device' : ipv6Text(gateway)));
}

function ipv6Text(hex: string): string {
  return hex.match(/.{4}/g)?.join(':') ?? '';
}
