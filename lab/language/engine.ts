import * as grpc from '@grpc/grpc-js';

const interval = 30_000;

/** The engine that started this language host, by its address. */
export class Engine {
  private watched: NodeJS.Timeout | undefined;

  constructor(private known: string | undefined) {
    if (known !== undefined) this.watch(known);
  }

  /** Where the program sends what it logs. Throws before the engine has given its address. */
  get address(): string {
    if (this.known === undefined) throw new Error('the engine has not given its address: Handshake comes before Run');
    return this.known;
  }

  /** Takes the address that the engine gives in its handshake. */
  meet(address: string): void {
    this.known = address;
    this.watch(address);
  }

  /** Ends this process once the engine is gone: an engine that was killed sends no interrupt. */
  private watch(address: string): void {
    clearInterval(this.watched);
    const client = new grpc.Client(address, grpc.credentials.createInsecure());
    const asIs = (bytes: Buffer) => bytes;
    this.watched = setInterval(() => {
      client.makeUnaryRequest('/grpc.health.v1.Health/Check', asIs, asIs, Buffer.alloc(0), (error) => {
        if (error !== null && error.code !== grpc.status.UNIMPLEMENTED) process.exit(1);
      });
    }, interval).unref();
  }
}
