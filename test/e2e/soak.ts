/** Whether `npm run soak` runs the tests: each kind alone, and on every Engine, where `npm test` takes some together. */
export const inSoak = process.env.VLAN_TRUNK_SOAK === 'yes';
