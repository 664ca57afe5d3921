import { createServer, connect, type Server } from 'node:net';
import { currentLab } from '../../lab/lab';

/** A door before a host's ssh server: it counts who comes, and can refuse the first ones. */
export class Gate {
  connections = 0;

  private constructor(
    private readonly server: Server,
    readonly host: string,
    readonly port: number,
  ) {}

  /**
   * @param target name of a host of the lab; none turns away everybody
   * @param turnedAway how many of the first ones find the door shut
   */
  static open(target: string | undefined, turnedAway = 0): Promise<Gate> {
    const { hosts, managementAddress } = currentLab();
    const host = hosts.find(({ name }) => name === target);
    const server = createServer((visitor) => {
      visitor.on('error', () => undefined);
      gate.connections += 1;
      if (host === undefined || gate.connections <= turnedAway) {
        visitor.destroy();
        return;
      }
      const onward = connect(host.port, host.address);
      onward.on('error', () => visitor.destroy());
      visitor.pipe(onward).pipe(visitor);
      onward.on('close', () => visitor.destroy());
      visitor.on('close', () => onward.destroy());
    });
    let gate: Gate;
    return new Promise((resolve) => {
      server.listen(0, managementAddress, () => {
        const { port } = server.address() as { port: number };
        gate = new Gate(server, managementAddress, port);
        resolve(gate);
      });
    });
  }

  close(): void {
    this.server.close();
  }
}
