/** The lab's hosts with each Docker Engine, for `describe.each`, the one that all other tests run on first. */
export const everyEngine = [
  { host: 'n8', engine: 28 },
  { host: 'n7', engine: 26 },
  { host: 'n18', engine: 29 },
];
/** Where the one between them would tell nothing that these do not. */
export const oldestAndNewestEngine = everyEngine.filter(({ engine }) => engine !== 28);
/** For what is Docker's own, and the same on all of them. */
export const newestEngine = everyEngine.filter(({ engine }) => engine === 29);
/** The host beside them, which is their router. */
export const routerHost = 'n9';
