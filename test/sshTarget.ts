import type { SshTarget } from '../src/host/sshOption';

/** A machine that is reached directly: an address that no machine has (RFC 5737). */
export const anyHop = { address: '192.0.2.1', port: 22, user: 'ops', hostKey: undefined, identityFile: undefined };
export const anyTarget: SshTarget = { ...anyHop, proxy: undefined };
