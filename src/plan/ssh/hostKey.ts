import type { Problems } from '../argument/problem';
import { readString } from '../argument/reader';

/** Types of public keys that sshd offers and both ssh stacks verify (sshd(8), AUTHORIZED_KEYS; RFC 8709, 5656). */
const keyTypes: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

/**
 * The command provider offers sshd only the pinned key's type as an algorithm. For an RSA key that means a signature with SHA-1, which
 * sshd no longer makes since OpenSSH 8.8 (its release notes; seen in test/conformance/rsaHostKey.test.ts).
 */
const rsa = 'ssh-rsa';
const noRsa =
  "must be the host's ed25519 or ecdsa key (`ssh-keyscan -t ed25519,ecdsa HOST` prints them): " +
  'the command provider cannot verify the RSA key of an OpenSSH from 8.8 on';

/**
 * Reads a host's public key, `<type> <base64>`, as in /etc/ssh/ssh_host_ed25519_key.pub. A comment after it is dropped.
 * A line of known_hosts is refused, and the key in it offered. An RSA key is refused, with the reason.
 */
export function readHostKey(problems: Problems, value: unknown): string | undefined {
  const expected = "must be a host's public key, like `ssh-ed25519 AAAA…`";
  const text = readString(problems, value, expected)?.trim();
  if (text === undefined) return undefined;
  if (/[\r\n]/.test(text)) {
    problems.add('must be one public key, on one line', text);
    return undefined;
  }
  const words = text.split(/\s+/);
  const key = keyOf(words);
  if (key !== undefined) return key;
  if (words.slice(0, 3).includes(rsa)) {
    problems.add(noRsa, text);
    return undefined;
  }
  // A line of known_hosts: skip the host name, or marker and host name.
  const inside = keyOf(words.slice(1)) ?? keyOf(words.slice(2));
  if (inside !== undefined) problems.add('must be the key alone, without the host names before it', text, inside);
  else if (!keyTypes.includes(words[0] ?? '')) problems.add(`${expected} (types: ${keyTypes.join(', ')})`, text);
  else problems.add(`must have a complete ${words[0] ?? ''} key in base64 after its type`, text);
  return undefined;
}

/** `<type> <base64>` if the data is a key of that type: a key's data begins with its type (RFC 4253, 6.6). */
function keyOf([type = '', data = '']: readonly string[]): string | undefined {
  if (!keyTypes.includes(type) || !/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data)) {
    return undefined;
  }
  const bytes = Buffer.from(data, 'base64');
  const length = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  const inner = bytes.subarray(4, 4 + length).toString('latin1');
  return inner === type && bytes.length > 4 + length ? `${type} ${data}` : undefined;
}
