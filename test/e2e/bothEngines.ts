/** The lab's hosts with a newer and an older Docker Engine, for `describe.each`; and the one beside them, which is their router. */
export const bothEngines = [
  { host: 'n8', engine: 28 },
  { host: 'n7', engine: 26 },
];
export const routerHost = 'n9';
