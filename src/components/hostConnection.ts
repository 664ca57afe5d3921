import { readFileSync } from 'node:fs';
import type * as pulumi from '@pulumi/pulumi';
import { cachePrivateKey, expandHome, identityPath } from '../host/keyFile';
import type { SshHop, SshTarget } from '../host/sshOption';
import { type Problem, Problems } from '../plan/argument/problem';
import { canonicalHostKey, isKeyText } from '../plan/ssh/sshHost';
import { isArgsObject } from './componentArgs';
import type { RouteArgs, SshArgs } from './sshArgs';

/** How the command provider reaches a host. All of it is secret, since it may hold a private key. */
export interface HostConnection {
  /** IP address or DNS name. */
  host: string;
  /** TCP port of sshd. */
  port: number;
  /** Login name. */
  user: string;
  /** Public key of the server; absent where any key is accepted. */
  hostKey?: string;
  /** Text of the private key; absent where the ssh agent has it. */
  privateKey?: string;
  /** Number of dials that may fail; one more failure is an error. */
  dialErrorLimit: number;
  /** Seconds for each dial. */
  perDialTimeout: number;
  /** The jump host. */
  proxy?: Omit<HostConnection, 'proxy'>;
}

/** @internal The settings of both ssh stacks, with all values resolved. */
export interface ResolvedHost {
  target: SshTarget;
  connection: HostConnection;
}

/** The texts of the private key files, and the problems with reading them. */
export class KeyFiles {
  readonly host: string | undefined;
  readonly proxy: string | undefined;
  private readonly found = new Problems();

  constructor(args: RouteArgs) {
    this.host = readKeyFile(this.found.at('privateKeyFile'), args.privateKeyFile);
    this.proxy = readKeyFile(this.found.at('proxy').at('privateKeyFile'), args.proxy?.privateKeyFile);
  }

  get problems(): Problem[] {
    return this.found.list;
  }
}

function readKeyFile(problems: Problems, file: string | undefined): string | undefined {
  // Refused elsewhere.
  if (typeof file !== 'string' || isKeyText(file)) return undefined;
  try {
    return readFileSync(expandHome(file), 'utf8');
  } catch (error) {
    problems.add(`must be a file that can be read: ${reasonOf(error)}`, file);
    return undefined;
  }
}

/** The reason without the path, which Node adds as it is. */
function reasonOf(error: unknown): string {
  const { message, code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? (code ?? 'not a path') : (message.split(`, ${syscall}`, 1)[0] ?? '');
}

/** The arguments that the connection depends on, so that no other unknown value delays it. */
export function sshInputs({ proxy, ...host }: RouteArgs) {
  return { ...hopInputs(host), ...(proxy !== undefined && { proxy: isArgsObject(proxy) ? hopInputs(proxy) : proxy }) };
}

function hopInputs({ address, port, user, privateKey, privateKeyFile, hostKey, acceptAnyHostKey }: SshArgs) {
  return { address, port, user, privateKey, privateKeyFile, hostKey, acceptAnyHostKey };
}

/** The arguments that make the target secret if one of them is. */
export function routeInputs({ address, port, user, hostKey, proxy }: RouteArgs): pulumi.Inputs {
  return { address, port, user, hostKey, ...(isArgsObject(proxy) && { proxy: routeInputs(proxy) }) };
}

/** What the connection depends on, with all values resolved. */
export type ResolvedArgs = pulumi.Unwrap<ReturnType<typeof sshInputs>>;

/** The settings of both ssh stacks. */
export function resolveHost(args: ResolvedArgs, keys: KeyFiles): ResolvedHost {
  const host = hop(args, keys.host);
  const jump = args.proxy && hop(args.proxy, keys.proxy);
  return {
    target: { ...host.target, proxy: jump?.target },
    connection: { ...host.connection, ...(jump && { proxy: jump.connection }) },
  };
}

/** The settings of one hop for both ssh stacks. */
function hop(
  args: pulumi.Unwrap<ReturnType<typeof hopInputs>>,
  keyOfFile: string | undefined,
): { target: SshHop; connection: HostConnection } {
  const port = args.port ?? 22;
  const user = args.user ?? 'root';
  const privateKey = args.privateKey ?? keyOfFile;
  const hostKey = args.hostKey === undefined ? undefined : canonicalHostKey(args.hostKey);
  return {
    target: {
      address: args.address,
      port,
      user,
      hostKey,
      identityFile: args.privateKey
        ? cachePrivateKey(args.privateKey)
        : args.privateKeyFile && identityPath(args.privateKeyFile),
    },
    connection: {
      host: args.address,
      port,
      user,
      ...(hostKey && { hostKey }),
      ...(privateKey && { privateKey }),
      // Reports a host that does not answer within a minute: four dials of ten seconds at most.
      dialErrorLimit: 3,
      perDialTimeout: 10,
    },
  };
}
