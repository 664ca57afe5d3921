import type * as pulumi from '@pulumi/pulumi';

/** How one ssh server is reached: a host, or the jump host in front of it. */
export interface SshArgs {
  /** IP address or DNS name. A new address is another host: what was on the old one is removed there. */
  address: pulumi.Input<string>;
  /** TCP port of sshd. Default: 22. */
  port?: pulumi.Input<number>;
  /** Login name. Default: `root`. */
  user?: pulumi.Input<string>;
  /** Private key, the text of the file (OpenSSH or PEM, no passphrase). Default: `privateKeyFile`, else the ssh agent. `pulumi destroy` and `refresh` need `--run-program` with it. */
  privateKey?: pulumi.Input<string>;
  /** Path of the private key on this machine, `~` allowed. Default: `privateKey`, else the ssh agent. */
  privateKeyFile?: string;
  /** Public key of the server, ed25519 or ecdsa: `<type> <base64>` as in `/etc/ssh/ssh_host_ed25519_key.pub`. Any other is refused. */
  hostKey?: pulumi.Input<string>;
  /** True, in place of `hostKey`: any machine that answers at the address is trusted, also an attacker's. Default: false. */
  acceptAnyHostKey?: boolean;
}

/** A host's, with those of the jump host in front of it. */
export interface RouteArgs extends SshArgs {
  /** The jump host to go through. Default: none. */
  proxy?: SshArgs;
}
