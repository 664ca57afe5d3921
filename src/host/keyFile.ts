import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { leaseKey } from './keyLease';

/** ssh's token for the home of the local user (ssh_config(5), TOKENS). */
const sshHome = '%d';

/**
 * Puts a private key where the local `ssh` can read it (mode 0600, in the user's cache folder) and returns its path as
 * ssh spells it. The name is the key's hash, so that it is the same on every machine and a rotated key is another file.
 * The file is removed at the end of the last process that put it there.
 */
export function cachePrivateKey(privateKey: string): string {
  const folder = join('.cache', 'vlan-trunk', 'keys');
  const text = privateKey.endsWith('\n') ? privateKey : `${privateKey}\n`;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  // `%d` is the home in the user database, which $HOME need not be.
  const keys = join(userInfo().homedir, folder);
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  // Also where it was there before.
  chmodSync(keys, 0o700);
  leaseKey(keys, name);
  const path = join(keys, name);
  // Written beside it and renamed, because an ssh of another run may be reading the file.
  const temporary = `${path}.new-${process.pid}`;
  rmSync(temporary, { force: true });
  // A new file: one that is there could be a link, or keep a mode of its own.
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, path);
  return `${sshHome}/${folder}/${name}`;
}

/** A path in ssh's spelling. Below the user's home it begins with `%d`, so that the text is the same on every machine. */
export function identityPath(file: string): string {
  const expanded = expandHome(file);
  const home = userInfo().homedir;
  const isInHome = expanded.startsWith(`${home}/`);
  const literal = (isInHome ? expanded.slice(home.length) : expanded).replaceAll('%', '%%');
  return isInHome ? `${sshHome}${literal}` : literal;
}

/** Expands a leading `~` as a shell does. */
export function expandHome(file: string): string {
  return file === '~' || file.startsWith('~/') ? join(homedir(), file.slice(1)) : file;
}
