import { inSoak } from './soak';

/** The lab's hosts with each Docker Engine, for `describe.each`. All other end-to-end tests are on Engine 28. */
const engines = [
  { host: 'n8', engine: 28 },
  { host: 'n7', engine: 26 },
  { host: 'n18', engine: 29 },
];

const some = (...wanted: number[]) => engines.filter(({ engine }) => inSoak || wanted.includes(engine));

/** For what differs between them. */
export const oldestAndNewestEngine = some(26, 29);
/** For what a newer one could break; in the soak on every Engine. */
export const newestEngine = inSoak ? engines : [{ host: 'n22', engine: 29 }];
/** The host beside them, which is their router. */
export const routerHost = 'n9';
/** By their Engine, for what happens between two of them. */
export const engineHosts = { 26: 'n7', 29: 'n18' };
