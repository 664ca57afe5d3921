import { Listener } from './listener';
import { currentLab, hostOf, inside } from './namespace';
import { quote, sshCommand } from './ssh';

/** Where on a host, and what. */
export interface Arrival {
  host: string;
  /** What enters the namespace, in front of a command: `nsenter -t 123 -n`. */
  within: string;
  device: string;
  /** As tcpdump takes it, for example `arp and host 192.0.2.9`. */
  filter: string;
}

/** Ends tcpdump when the standard input ends, and itself when tcpdump ends. */
const tcpdump = ({ within, device, filter }: Arrival) => `exec 3<&0
${within} tcpdump -n -l --immediate-mode -Q in -i ${quote(device)} ${quote(filter)} &
tcpdump=$!
{ cat <&3; kill -INT $tcpdump; } >/dev/null 2>&1 &
wait $tcpdump`;

/**
 * Runs `during` while tcpdump listens on a host, and gives the frames that came in there. Listening has begun when `during` is
 * called, and ends when the last frame has come in, which `during` must cause.
 *
 * @param isLast whether a frame, as tcpdump prints it, is the last one: one that is queued behind all others, a broadcast as they
 * are, since macvlan delivers broadcasts from a queue of their own
 */
export async function arrivals(
  arrival: Arrival,
  isLast: (frame: string) => boolean,
  during: () => Promise<unknown>,
): Promise<string[]> {
  const state = currentLab();
  const ssh = sshCommand(state, hostOf(state, arrival.host));
  const listener = await Listener.start(inside(state, [...ssh, tcpdump(arrival)]));
  try {
    await during();
    await listener.until(`the last frame on ${arrival.host}`, isLast);
    return listener.frames();
  } finally {
    await listener.stop();
  }
}
