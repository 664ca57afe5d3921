import { readFileSync } from 'node:fs';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { cachePrivateKey, expandHome, identityPath } from '../host/keyFile';
import type { DockerReport } from '../host/dockerReport';
import type { Look } from '../host/look';
import { probeHost } from '../host/probe';
import { dockerUrl, sshOptions, type SshHop, type SshTarget } from '../host/sshOption';
import { Problems } from '../plan/argument/problem';
import { canonicalHostKey, checkSshHost, type SshHostSpec } from '../plan/ssh/sshHost';
import { ArgumentCheck } from './argumentCheck';
import { type HostLayout, Layout } from './layout';
import { Preflight, preflightHooks } from './preflight';
import { refuse } from './refusal';

/** How one ssh server is reached: a host, or the jump host in front of it. */
export interface SshArgs {
  /** IP address or DNS name. A new address is another host: what was on the old one is removed there. */
  address: pulumi.Input<string>;
  /** TCP port of sshd. Default: 22. */
  port?: pulumi.Input<number>;
  /** Login name. Default: `root`. */
  user?: pulumi.Input<string>;
  /** Private key, the text of the file (OpenSSH or PEM, no passphrase). Default: `privateKeyFile`, else the ssh agent. */
  privateKey?: pulumi.Input<string>;
  /** Path of the private key on this machine, `~` allowed. Default: `privateKey`, else the ssh agent. */
  privateKeyFile?: string;
  /** Public key of the server, ed25519 or ecdsa: `<type> <base64>` as in `/etc/ssh/ssh_host_ed25519_key.pub`. Any other is refused. */
  hostKey?: pulumi.Input<string>;
  /** Says in place of `hostKey` that whoever answers at the address is trusted, an attacker too. Default: false. */
  acceptAnyHostKey?: boolean;
}

/** Arguments of {@link Host}. */
export interface HostArgs extends SshArgs {
  /** Runs what needs root through `sudo -n`, for a user who is not root. The user must be in the group `docker` as well. Default: false. */
  sudo?: boolean;
  /** The jump host to go through. Default: none. */
  proxy?: SshArgs;
  /**
   * Name of the switched network that the host is plugged into. Hosts of one site that have a VLAN in common are checked together:
   * no two may give out one address on it. Default: all hosts of the program are at one site.
   */
  site?: string;
  /**
   * Looks at the host over one shared connection, at preview and before `up` touches it, and says what would fail. Default: true;
   * false for a host that the same program still has to set up.
   */
  preflight?: boolean;
}

/** How the command provider reaches a host; secret as a whole, since it may hold a private key. */
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
  /** Dials that may fail before one more that counts. */
  dialErrorLimit: number;
  /** Seconds for each dial. */
  perDialTimeout: number;
  /** The jump host. */
  proxy?: Omit<HostConnection, 'proxy'>;
}

/** What the ssh stacks need to know, all values resolved. */
interface ResolvedHost {
  target: SshTarget;
  connection: HostConnection;
}

/**
 * A Linux host with Docker, declared once: feeds the ssh of the command provider and the docker provider alike, with the
 * same user, key and pinned host key. Throws, with all problems at once, when an argument cannot be right.
 */
export class Host extends pulumi.ComponentResource {
  /** IP address or DNS name. */
  readonly address: pulumi.Output<string>;
  /** The docker provider of this host, for Docker resources beside the components of this package. */
  readonly provider: docker.Provider;
  /** The connection for `command.remote.Command`, for commands beside the components of this package. Secret. */
  readonly connection: pulumi.Output<HostConnection>;
  /** @internal */
  readonly sudo: boolean;
  /** @internal */
  readonly target: pulumi.Output<SshTarget>;
  /** @internal The look at the host, where the user wants one. */
  readonly preflight: Preflight<DockerReport> | undefined;
  /** @internal What the program declares on this host. */
  readonly layout: HostLayout;
  /** @internal The target as far as it is known: at preview a host may not exist yet. */
  knownTarget: SshTarget | undefined;

  constructor(name: string, args: HostArgs, opts?: pulumi.ComponentResourceOptions) {
    const keys = readKeyFiles(name, args);
    const check = new ArgumentCheck<SshHostSpec>('Host', name, sshInputs(args), checkSshHost);
    super(
      'vlan-trunk:index:Host',
      name,
      shownInputs(args),
      pulumi.mergeOptions(opts, { hooks: preflightHooks(check.gate) }),
    );

    // The URN makes the check a gate for what is on the host, too, which is no child of this component.
    const resolved = pulumi
      .all([check.plan((values) => resolveHost(values as ResolvedArgs, keys), standIn), this.urn])
      .apply(([host]) => host);
    this.layout = Layout.ofProgram().addHost(name, args.site ?? '');
    this.sudo = args.sudo ?? false;
    this.address = pulumi.output(args.address);
    // How to get there is no secret, though the private key is one.
    this.target = pulumi.unsecret(resolved.apply(({ target }) => (this.knownTarget = target)));
    this.connection = pulumi.secret(resolved.apply(({ connection }) => connection));
    this.preflight = (args.preflight ?? true) ? new Preflight(`host ${name}`, () => this.lookAt()) : undefined;
    this.provider = new docker.Provider(
      `${name}-docker`,
      { host: this.target.apply(dockerUrl), sshOpts: this.target.apply(sshOptions) },
      // A new address is another host: what is on the old one is removed there, by the old provider.
      { parent: this, replaceOnChanges: ['host'] },
    );
    this.registerOutputs({ address: this.address });
  }

  /** @internal How a Docker resource is put on this host: looked at before, and replaced when the host is another one. */
  dockerOptions(more?: Preflight<unknown>): pulumi.CustomResourceOptions {
    const { provider } = this;
    // The engine by itself would take what is on the old host for what is on the new one.
    return { provider, replaceWith: [provider], hooks: preflightHooks(this.preflight, more) };
  }

  private async lookAt(): Promise<Look<DockerReport> | undefined> {
    return this.knownTarget && probeHost(this.knownTarget);
  }
}

/** The text of the key files, read before anything is declared: a file that is missing must not end a half-declared program. */
interface Keys {
  host: string | undefined;
  proxy: string | undefined;
}

function readKeyFiles(name: string, args: HostArgs): Keys {
  const problems = new Problems();
  const keys = {
    host: readKeyFile(problems.at('privateKeyFile'), args.privateKeyFile),
    proxy: readKeyFile(problems.at('proxy').at('privateKeyFile'), args.proxy?.privateKeyFile),
  };
  refuse('Host', name, problems.list);
  return keys;
}

function readKeyFile(problems: Problems, file: string | undefined): string | undefined {
  if (typeof file !== 'string') return undefined;
  try {
    return readFileSync(expandHome(file), 'utf8');
  } catch (error) {
    problems.say(`must be a file that can be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Only what the way to the host is made of, so that a value not known yet elsewhere holds nothing up. */
function sshInputs({ proxy, ...host }: HostArgs) {
  return { ...hopInputs(host), ...(proxy && { proxy: hopInputs(proxy) }) };
}

function hopInputs({ address, port, user, privateKey, privateKeyFile, hostKey, acceptAnyHostKey }: SshArgs) {
  return { address, port, user, privateKey, privateKeyFile, hostKey, acceptAnyHostKey };
}

/** What the engine shows of the component: no key, and no path of this machine. */
function shownInputs({ address, port, user, hostKey, proxy, sudo, site }: HostArgs): pulumi.Inputs {
  return { address, port, user, hostKey, sudo, site, ...(proxy && { proxy: shownInputs(proxy) }) };
}

type ResolvedArgs = pulumi.Unwrap<ReturnType<typeof sshInputs>>;

function resolveHost(args: ResolvedArgs, keys: Keys): ResolvedHost {
  const host = hop(args, keys.host);
  const jump = args.proxy && hop(args.proxy, keys.proxy);
  return {
    target: { ...host.target, proxy: jump?.target },
    connection: { ...host.connection, ...(jump && { proxy: jump.connection }) },
  };
}

/** Stands where a preview that fails shows a host. */
const standIn: ResolvedHost = {
  target: { address: '', port: 22, user: '', hostKey: undefined, identityFile: undefined, proxy: undefined },
  connection: { host: '', port: 22, user: '', dialErrorLimit: 0, perDialTimeout: 1 },
};

/** One hop as both ssh stacks want it. */
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
      // A dead host is told within the minute: four dials of ten seconds at most.
      dialErrorLimit: 3,
      perDialTimeout: 10,
    },
  };
}
