import { onHost } from './lab';

/** A container on a lab host, and the address that others reach it by. */
export interface Endpoint {
  host: string;
  container: string;
  address: string;
}

/**
 * All addresses at once, two tries each, so that a row of silent ones costs as much as one. An answer ends the wait for it, so the
 * five seconds are only the price of a silent one: far longer than an answer takes on a busy machine.
 */
const ping = 'for a in "$@"; do ping -c 2 -W 5 "$a" >/dev/null 2>&1 && echo "$a" & done; wait';

/** Which of the addresses answer when pinged from a container. */
export async function answering(from: Endpoint, addresses: string[]): Promise<Set<string>> {
  const script = `docker exec ${from.container} sh -c '${ping}' sh ${addresses.join(' ')}`;
  const { code, stdout, stderr } = await onHost(from.host, script);
  if (code !== 0) throw new Error(`${from.container} on ${from.host} cannot ping: ${stderr}`);
  return new Set(stdout.split('\n').filter((line) => line !== ''));
}

/** Which of the addresses answer when pinged from a host itself. */
export async function answeringHost(host: string, addresses: string[]): Promise<Set<string>> {
  const { code, stdout, stderr } = await onHost(host, `sh -c '${ping}' sh ${addresses.join(' ')}`);
  if (code !== 0) throw new Error(`${host} cannot ping: ${stderr}`);
  return new Set(stdout.split('\n').filter((line) => line !== ''));
}

/** One pair of containers, and whether a ping came back. */
export interface Reach {
  from: Endpoint;
  to: Endpoint;
  reached: boolean;
}

/** Every container to every other one. */
export async function reachMatrix(endpoints: Endpoint[]): Promise<Reach[]> {
  const rows = await Promise.all(
    endpoints.map(async (from) => {
      const others = endpoints.filter((one) => one !== from);
      const answers = await answering(
        from,
        others.map(({ address }) => address),
      );
      return others.map((to) => ({ from, to, reached: answers.has(to.address) }));
    }),
  );
  return rows.flat();
}
