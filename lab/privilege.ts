import { delimiter } from 'node:path';

/** The lab runs as root, or as root of a user namespace of its own. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * For `unshare`: a user namespace where one is needed, with this user as its root and with its range of further users,
 * which file systems, tcpdump and sshd's helpers want.
 */
export const userNamespace = (): string[] => (isRoot() ? [] : ['--user', '--map-root-user', '--map-auto']);

/** Runs a program as a user who may create files of several owners. */
export const asOwnerOfFiles = (argv: readonly string[]): string[] =>
  isRoot() ? [...argv] : ['unshare', ...userNamespace(), '--', ...argv];

/** Where Debian keeps programs that a user's PATH may leave out. */
const administrators = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** This process's PATH with the administrators' programs on it. */
export function wholePath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders, ...administrators.filter((folder) => !folders.includes(folder))].join(delimiter);
}
