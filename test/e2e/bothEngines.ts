const pair = (newer: string, older: string) => [
  { host: newer, engine: 28 },
  { host: older, engine: 26 },
];

/** The lab's hosts with a newer and an older Docker Engine, for `describe.each`; and the one beside them, which is their router. */
export const bothEngines = pair('n8', 'n7');
export const routerHost = 'n9';

/** The same for the test of the drivers, which takes as long as all others of both Engines: side by side with them. */
export const driverEngines = pair('n13', 'n12');
export const driverRouterHost = 'n14';
