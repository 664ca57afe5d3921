import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dialCommand } from '../../src/host/dockerDial';

/** The command that the docker provider has a host run, run here against a socket of our own and a `docker` that only says that it ran. */

const appended = '-- 192.0.2.1 docker system dial-stdio';

let folder: string;
let home: string;
let socket: string;
let server: Server;
let serve: (client: Socket) => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dial-'));
  home = join(folder, 'home');
  socket = join(folder, 'docker.sock');
  mkdirSync(join(home, '.docker'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'docker'), '#!/bin/sh\necho "the command: $*"\n');
  chmodSync(join(folder, 'bin', 'docker'), 0o755);
  serve = (client) => client.pipe(client);
  server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => undefined);
    serve(client);
  }).listen(socket);
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  code: number | null;
  stdout: Buffer;
}

/** Runs the command; stdin stays open where there is no input. Pieces come one after the other. */
async function dial(
  input: Buffer | Buffer[] | undefined,
  env: NodeJS.ProcessEnv = {},
  path = process.env.PATH ?? '',
): Promise<Answer> {
  const child = spawn('/bin/sh', ['-c', `${dialCommand(socket)} ${appended}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { HOME: home, PATH: `${join(folder, 'bin')}:${path}`, ...env },
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => undefined);
  if (Array.isArray(input)) {
    for (const piece of input) {
      child.stdin.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    child.stdin.end();
  } else if (input !== undefined) child.stdin.end(input);
  const [code] = await closed;
  child.stdin.destroy();
  return { code, stdout: Buffer.concat(chunks) };
}

const viaCommand = { code: 0, stdout: Buffer.from('the command: system dial-stdio\n') };
const hello = Buffer.from('hello');

test('what is sent arrives whole and in order, both ways at once, and the end of the input is passed on', async () => {
  const much = Buffer.alloc(20_000_000);
  for (let index = 0; index < much.length; index += 4) much.writeUInt32LE(index, index);
  const { code, stdout } = await dial(much);
  expect(code).toBe(0);
  expect(stdout.equals(much)).toBe(true);
});

test('neither direction waits for the other: a server that reads nothing before it has written all', async () => {
  const much = Buffer.alloc(4_000_000, 'x');
  serve = (client) => {
    client.pause();
    client.write(much, () => client.pipe(client));
  };
  const { code, stdout } = await dial(much);
  expect({ code, length: stdout.length }).toEqual({ code: 0, length: 2 * much.length });
});

test('it ends when the server closes, though the input stays open', async () => {
  serve = (client) => client.end('bye');
  expect(await dial(undefined)).toEqual({ code: 0, stdout: Buffer.from('bye') });
});

test('a configuration that names no context, as `docker login` leaves it, changes nothing', async () => {
  writeFileSync(join(home, '.docker', 'config.json'), '{ "auths": { "registry.example": {} } }');
  expect(await dial(hello)).toEqual({ code: 0, stdout: hello });
});

describe('a container that is connected with a MAC address', () => {
  const connect = (body: object, version = '51') => {
    const text = `${JSON.stringify(body)}\n`;
    const head = ['Host: docker', `Content-Length: ${text.length}`].join('\r\n');
    return Buffer.from(`POST /v1.${version}/networks/lan/connect HTTP/1.1\r\n${head}\r\n\r\n${text}`);
  };
  const withMac = { Container: 'c', EndpointConfig: { Aliases: null, MacAddress: '02:00:5e:10:00:01' } };
  /** An Engine of this API version, which gives back what it is asked. */
  const engine = (version: string) => {
    serve = (client) =>
      client.once('data', (first: Buffer) => {
        const isPing = first.toString().startsWith('GET /_ping HTTP/1.0\r\n');
        client.end(isPing ? `HTTP/1.0 200 OK\r\nApi-Version: ${version}\r\n\r\nOK` : first);
      });
  };
  const sent = async (request: Buffer) => (await dial(request)).stdout.toString();

  test.each(['1.54', '1.56'])('is connected by API 1.54 where the Engine has %s', async (version) => {
    engine(version);
    expect(await sent(connect(withMac))).toBe(connect(withMac, '54').toString());
  });

  test('goes as it is to an older Engine, and where it names a newer version itself', async () => {
    engine('1.51');
    expect(await sent(connect(withMac))).toBe(connect(withMac).toString());
    engine('1.56');
    expect(await sent(connect(withMac, '55'))).toBe(connect(withMac, '55').toString());
  });

  test('is so, too, where its request comes in pieces', async () => {
    engine('1.54');
    const request = connect(withMac);
    for (const end of [request.length - 20, request.indexOf('Content')])
      expect((await dial([request.subarray(0, end), request.subarray(end)])).stdout.toString()).toBe(
        connect(withMac, '54').toString(),
      );
  });

  test('no other request is touched', async () => {
    engine('1.56');
    const text = connect(withMac).toString();
    for (const other of [
      connect({ EndpointConfig: { MacAddress: '' } }).toString(),
      `x${text}`,
      text.replace('/connect', '/disconnect'),
    ])
      expect(await sent(Buffer.from(other))).toBe(other);
  });
});

describe('it becomes the docker command', () => {
  test.each(['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'DOCKER_TLS_VERIFY'])(
    'where %s is set',
    async (name) => {
      expect(await dial(hello, { [name]: 'anything' })).toEqual(viaCommand);
    },
  );

  test('where the configuration names a context', async () => {
    writeFileSync(join(home, '.docker', 'config.json'), '{ "auths": {},\n "currentContext": "rootless" }');
    expect(await dial(hello)).toEqual(viaCommand);
  });

  test('where nobody listens on the socket', async () => {
    server.close();
    rmSync(socket, { force: true });
    expect(await dial(hello)).toEqual(viaCommand);
  });

  test('where there is no perl', async () => {
    symlinkSync('/bin/sh', join(folder, 'bin', 'sh'));
    expect(await dial(hello, {}, '/nowhere')).toEqual(viaCommand);
  });
});
