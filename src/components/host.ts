import { readFileSync } from 'node:fs';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { cachePrivateKey, expandHome, identityPath } from '../host/keyFile';
import type { Look } from '../host/look';
import { type DockerReport, probeHost } from '../host/probe';
import { dockerUrl, sshOptions, type SshHop, type SshTarget } from '../host/sshOption';
import { canonicalHostKey, checkSshHost, type SshHostSpec } from '../plan/sshHost';
import { knownNow } from './knownNow';
import { Preflight } from './preflight';
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
  /** Public key of the server, `<type> <base64>` as in `/etc/ssh/ssh_host_ed25519_key.pub`; any other key is refused. */
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
   * Looks at the host over one shared connection, at preview and before `up` touches it, and says what would fail. Default: true;
   * false for a host that the same program still has to set up.
   */
  preflight?: boolean;
}

/** How the command provider reaches a host; secret as a whole, since it may hold a private key. */
export interface HostConnection {
  host: string;
  port: number;
  user: string;
  hostKey?: string;
  privateKey?: string;
  dialErrorLimit: number;
  perDialTimeout: number;
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
  /** @internal The target as far as it is known: at preview a host may not exist yet. */
  knownTarget: SshTarget | undefined;

  constructor(name: string, args: HostArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse('Host', name, checkSshHost(knownNow(args) as SshHostSpec));
    super('vlan-trunk:index:Host', name, {}, opts);

    const resolved = resolveHost(name, args);
    this.sudo = args.sudo ?? false;
    this.address = pulumi.output(args.address);
    // How to get there is no secret, though the private key is one.
    this.target = pulumi.unsecret(resolved.apply(({ target }) => (this.knownTarget = target)));
    this.connection = pulumi.secret(resolved.apply(({ connection }) => connection));
    this.preflight = (args.preflight ?? true) ? new Preflight(`host ${name}`, () => this.lookAt()) : undefined;
    this.provider = new docker.Provider(
      `${name}-docker`,
      { host: this.target.apply(dockerUrl), sshOpts: this.target.apply(sshOptions) },
      { parent: this },
    );
    this.registerOutputs({ address: this.address });
  }

  private async lookAt(): Promise<Look<DockerReport> | undefined> {
    return this.knownTarget && probeHost(this.knownTarget);
  }
}

function resolveHost(name: string, args: HostArgs): pulumi.Output<ResolvedHost> {
  const { proxy, ...rest } = args;
  return pulumi.output({ host: sshInputs(rest), proxy: proxy && sshInputs(proxy) }).apply((known) => {
    refuse('Host', name, checkSshHost({ ...known.host, ...(known.proxy && { proxy: known.proxy }) }));
    const host = hop(known.host);
    const jump = known.proxy && hop(known.proxy);
    return {
      target: { ...host.target, proxy: jump?.target },
      connection: { ...host.connection, ...(jump && { proxy: jump.connection }) },
    };
  });
}

/** Only what the connection is made of, so that a value not known yet elsewhere holds nothing up. */
function sshInputs({ address, port, user, privateKey, privateKeyFile, hostKey, acceptAnyHostKey }: SshArgs) {
  return { address, port, user, privateKey, privateKeyFile, hostKey, acceptAnyHostKey };
}

/** One hop as both ssh stacks want it. */
function hop(args: pulumi.Unwrap<ReturnType<typeof sshInputs>>): { target: SshHop; connection: HostConnection } {
  const port = args.port ?? 22;
  const user = args.user ?? 'root';
  const privateKey = args.privateKey ?? (args.privateKeyFile && readFileSync(expandHome(args.privateKeyFile), 'utf8'));
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
