import { parseArgs } from 'node:util';
import * as grpc from '@grpc/grpc-js';
import { LanguageRuntimeService } from '@pulumi/pulumi/proto/language_grpc_pb';
import { Engine } from './engine';
import { languageRuntime } from './service';

/**
 * `pulumi-language-nodejs [--tracing URL] [ENGINE]`: serves `pulumirpc.LanguageRuntime` for the engine at that address, and prints
 * the port that it listens on, which is how the engine finds it.
 */
async function main(argv: string[]): Promise<void> {
  const options = { tracing: { type: 'string', default: '' } } as const;
  // The engine also passes flags of its own log, which mean nothing here.
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: false });
  const engine = new Engine(positionals[0]);
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(LanguageRuntimeService, languageRuntime(engine, String(values.tracing)));
  const port = await new Promise<number>((done, failed) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? failed(error) : done(bound),
    );
  });
  console.log(port);
}

// The engine interrupts its plugins when it ends; a program that still runs gets the same signal, as one of the same process group.
process.on('SIGINT', () => process.exit(0));

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
