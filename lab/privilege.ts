/** The lab runs as root, or as root of a user namespace of its own. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** For `unshare`: a user namespace where one is needed, with this user as its root. */
export const userNamespace = (): string[] => (isRoot() ? [] : ['--user', '--map-root-user']);

/** Runs a program as the root of a whole range of users, as a file system with several owners needs. */
export const asOwnerOfFiles = (argv: readonly string[]): string[] =>
  isRoot() ? [...argv] : ['unshare', '--user', '--map-root-user', '--map-auto', '--', ...argv];
