import { onHost, quote, untilInShell } from '../../lab/lab';
import { type Endpoint, reachMatrix } from '../../lab/reach';
import { linkList } from '../linkList';

/** A command line on a host that must succeed, as root unless set otherwise; returns its output. */
export async function sh(host: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await onHost(host, script);
  if (code !== 0) throw new Error(`${host}: ${script}: ${stdout}${stderr}`);
  return stdout.trim();
}

/**
 * All of a host that this product could change: links, addresses, routes, Docker's networks and containers, our records, scripts and units. Link-local
 * addresses are left out: Docker's own bridge gets one as soon as a first container was on it.
 */
export function hostFacts(host: string): Promise<string> {
  return sh(
    host,
    `${linkList} | sed 's/^[0-9]*:/link/'
     ip -o addr show | awk '$4 !~ /^fe80/ { print "address", $2, $4 }'
     { ip route show table main; ip -6 route show table main; } | grep -v '^fe80' | sed 's/ linkdown//; s/^/route /'
     docker network ls --format 'network {{.Name}} {{.Driver}}' | sort
     docker ps -a --format 'container {{.Names}}' | sort
     ls -A /var/lib/vlan-trunk /var/run/vlan-trunk 2>/dev/null
     find /etc/systemd /run/systemd/network /etc/NetworkManager /run/NetworkManager/conf.d /etc/network 2>/dev/null | sort || true`,
  );
}

/**
 * The same in an order of its own, because links and addresses are listed in the order in which they were made. Without the scripts that a run has
 * staged before its state had the command that removes them: the next `up`, or a reboot, takes them away.
 */
export async function factsInOrder(host: string): Promise<string> {
  const staged = await sh(host, 'ls -A /var/run/vlan-trunk 2>/dev/null || true');
  const lines = (await hostFacts(host)).split('\n');
  // That folder is listed behind the one of the records.
  for (const name of ['/var/run/vlan-trunk:', ...staged.split('\n')].filter((one) => lines.includes(one)))
    lines.splice(lines.lastIndexOf(name), 1);
  return lines
    .filter((line) => line !== '')
    .sort()
    .join('\n');
}

/** When each container was started, and under which ID: neither changes unless it was made anew or restarted. */
export function containerStarts(host: string): Promise<string> {
  return sh(
    host,
    `docker ps -aq --no-trunc | xargs -r docker inspect --format '{{.Name}} {{.Id}} {{.State.StartedAt}}' | sort`,
  );
}

/** Who reaches whom: `b1>b2` for each pair that answers. */
export async function reachablePairs(endpoints: Endpoint[]): Promise<string[]> {
  const reached = (await reachMatrix(endpoints)).filter((pair) => pair.reached);
  return reached.map(({ from, to }) => `${from.container}>${to.container}`).sort();
}

/**
 * A container that pings without end; its first ping has come back. `stop` ends it just after one more has, when none is under
 * way, and gives how many it sent and how many came back.
 * @param seconds - between two pings.
 */
export async function keepPinging(
  from: Endpoint,
  address: string,
  seconds = 1,
): Promise<{ stop: () => Promise<{ sent: number; back: number }> }> {
  const log = `/tmp/ping-${address}.log`;
  const inside = (script: string) => sh(from.host, `docker exec ${from.container} sh -c ${quote(script)}`);
  const replies = `$(grep -c seq= ${log})`;
  const pid = await inside(`ping -i ${seconds} ${address} >${log} 2>&1 & echo $!`);
  await inside(untilInShell(`[ ${replies} -gt 0 ]`));
  const stop = async () => {
    const text = await inside(
      `replies=${replies}
       ${untilInShell(`[ ${replies} -gt $replies ]`)}
       kill -INT ${pid}
       ${untilInShell(`grep -q transmitted ${log}`)}
       tail -n 3 ${log}; rm ${log}`,
    );
    const [, sent = '-1', back = '-2'] = /(\d+) packets transmitted, (\d+) packets received/.exec(text) ?? [];
    return { sent: Number(sent), back: Number(back) };
  };
  return { stop };
}
