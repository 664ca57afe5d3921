import { randomInt } from 'node:crypto';
import { run, runAttached } from './command';
import { Listener } from './listener';
import { currentLab, inside } from './namespace';
import type { LabHost, LabState } from './state';

export interface Capture<T> {
  /** One line a frame, as `tcpdump -e` prints it: with addresses and tags of the link layer. */
  frames: string[];
  result: T;
}

/** A host's name stands for its cable; everything else is an interface on the wire's side. */
const interfaceOf = (state: LabState, where: string) => state.hosts.find(({ name }) => name === where)?.tap ?? where;

const tcpdump = (state: LabState, where: string, filter: string) =>
  inside(state, [
    ...['tcpdump', '-e', '-n', '-l', '--immediate-mode', '-i', interfaceOf(state, where)],
    ...(filter === '' ? [] : [filter]),
  ]);

/** Prints the frames on the wire until the process is ended. */
export function watch(where: string, filter: string): Promise<number> {
  return runAttached(tcpdump(currentLab(), where, filter));
}

/**
 * The frames that end a capture: a connection from the wire's side to a TCP port of a host, on which nothing listens, and the
 * host's refusal. Once the refusal is captured, so is all that the host sent or received before.
 */
class EndMark {
  /** Of its own for each capture: several run at a time. */
  private readonly port = randomInt(20_000, 30_000);

  constructor(
    private readonly state: LabState,
    private readonly host: LabHost,
  ) {}

  /** With the frames of the mark, which come first because `vlan` in a filter changes what all after it refers to. */
  filterWith(filter: string): string {
    return filter === '' ? '' : `(tcp port ${this.port}) or (${filter})`;
  }

  async send(): Promise<void> {
    const connect = `exec 3<>/dev/tcp/${this.host.address}/${this.port}`;
    const { stderr } = await run(inside(this.state, ['timeout', '60', 'bash', '-c', connect]));
    if (!stderr.includes('refused')) throw new Error(`host ${this.host.name} does not end the capture: ${stderr}`);
  }

  isIn = (frame: string): boolean => frame.includes(`${this.host.address}.${this.port}`);

  isRefusalIn = (frame: string): boolean => this.isIn(frame) && frame.includes('Flags [R');
}

/**
 * Runs `during` while tcpdump listens, and gives what it saw. Listening has begun when `during` is called, and ends when a frame
 * was captured that was sent after `during`; so a frame that is not in the result was not on the wire.
 *
 * @param where `br0` for all of the trunk, or a host or tap for one cable. That host, or else the first one, must be running.
 * @param filter as tcpdump takes it, for example `vlan 50 and icmp`
 */
export async function capture<T>(where: string, filter: string, during: () => Promise<T>): Promise<Capture<T>> {
  const state = currentLab();
  const host = state.hosts.find(({ name, tap }) => name === where || tap === where) ?? state.hosts[0];
  if (host === undefined) throw new Error('the lab has no host');
  const mark = new EndMark(state, host);
  const listener = await Listener.start(tcpdump(state, where, mark.filterWith(filter)));
  try {
    const result = await during();
    await mark.send();
    await listener.until(`the end of the capture on ${where}`, mark.isRefusalIn);
    return { frames: listener.frames().filter((frame) => !mark.isIn(frame)), result };
  } finally {
    await listener.stop('SIGINT');
  }
}
