/** Files with tests that run one after the other, on hosts that no other suite uses meanwhile: a test compares all that is on its host before and after. */
export interface Suite {
  title: string;
  /** Its hosts, by name. */
  hosts: string[];
  /** Hosts that it only asks, also beside another suite. */
  asks?: string[];
  /** Its files below `test`, without `.test.ts`; a folder, with its slash, is all of them. */
  files: string[];
  /** Variables of its tests. */
  env?: Record<string, string>;
}

/** What a host of the lab is, where it is not the usual one: Docker 28 on a kernel without netfilter. */
export const special = {
  /** Routers, and other machines. */
  withoutDocker: ['n4', 'n9', 'n21', 'n23'],
  images: { n7: 'trixie', n10: 'trixie', n17: 'trixie', n18: 'engine29', n19: 'engine29', n22: 'engine29' },
};

const e2e = (...names: string[]) => names.map((name) => `e2e/${name}`);
const script = (...names: string[]) => names.map((name) => `script/${name}`);

/**
 * What `npm test` runs on the lab: each component, each promise once, and the examples. They begin in this order, so what has most to do comes first; the
 * examples are on the VLANs of the scenarios, and so on their hosts after them.
 */
export const everyday: Suite[] = [
  { title: 'networks', hosts: ['n7', 'n9', 'n18'], files: e2e('networks', 'routing') },
  { title: 'newest Engine', hosts: ['n22'], asks: ['n9'], files: e2e('attachment', 'mixed', 'stacks') },
  { title: 'host script', hosts: ['n5', 'n6'], files: script('dockerDial', 'shim', 'trunk') },
  { title: 'one host and a router', hosts: ['n3', 'n4'], files: e2e('access', 'ipvlanFlag') },
  { title: 'drift', hosts: ['n12'], files: e2e('cost', 'drift') },
  {
    title: 'one host',
    hosts: ['n13'],
    files: e2e('adoption', 'afterFailure', 'dockerDial', 'gate', 'keyText', 'layout', 'qosMap', 'unknown'),
  },
  { title: 'trunks', hosts: ['n1', 'n2'], files: e2e('macvlanModes', 'macvlanTrunk') },
  { title: 'shared networks', hosts: ['n8', 'n11'], files: e2e('connectivity', 'sharedNetwork') },
  { title: 'examples of one host', hosts: ['n3', 'n4'], files: ['cli/examplesOneHost', 'cli/languageHost'] },
  { title: 'examples of two hosts', hosts: ['n1', 'n2'], files: ['cli/examplesTwoHosts'] },
  { title: 'refused layouts', hosts: ['n5', 'n6'], files: ['cli/refused'] },
  { title: 'cut off', hosts: ['n15', 'n16'], files: e2e('cutOff') },
  // Each kill takes a minute.
  { title: 'kills', hosts: ['n14'], files: ['cli/kills'], env: { VLAN_TRUNK_KILLS: '4' } },
  { title: 'reboots', hosts: ['n20', 'n21'], files: e2e('reboot') },
  { title: 'firewall', hosts: ['n17'], files: ['cli/exampleWithFirewall'] },
  { title: 'Engine', hosts: ['n19'], files: ['engine/'] },
];

/** What only `npm run soak` runs: more moments, every Engine, and what takes a quarter of an hour for one promise. */
export const longer: Suite[] = [
  {
    title: 'more of the host script',
    hosts: ['n5', 'n6'],
    files: script(
      ...[
        'fault',
        'hostileHost',
        'hostileStack',
        'manager',
        'oddHome',
        'persist',
        'qosMap',
        'reboot',
        'remade',
        'subnet',
        'used',
      ],
    ),
  },
  // Of which `npm test` runs the examples by the CLI: their packets, and nothing that is on the wire.
  {
    title: 'scenarios',
    hosts: ['n1', 'n2', 'n3', 'n4'],
    files: e2e(
      ...['dualStack', 'hostAccess', 'ipvlanMultiSubnet', 'macvlanBridge', 'macvlanMultiSubnet', 'macvlanVsIpvlan'],
    ),
  },
  { title: 'more of one host', hosts: ['n13'], files: e2e('passThrough', 'registry') },
  { title: 'MAC addresses', hosts: ['n22'], asks: ['n3'], files: e2e('mac') },
  { title: 'moves', hosts: ['n7', 'n9', 'n18'], files: e2e('announced') },
  { title: 'parents', hosts: ['n1', 'n2', 'n3'], files: e2e('moved', 'parents', 'reach') },
  { title: 'what one routes', hosts: ['n9', 'n17', 'n23'], files: e2e('hostRouter', 'isolation') },
  { title: 'scripts and shells', hosts: ['n12', 'n13'], files: e2e('hostScript', 'loginShell') },
  { title: 'roll-back', hosts: ['n15', 'n16'], files: ['script/arm', ...e2e('away', 'cutOff', 'cutOffTogether')] },
  {
    title: 'every Engine',
    hosts: ['n7', 'n8', 'n9', 'n18'],
    files: e2e(
      ...['attachment', 'drivers', 'foreignNetwork', 'leftover', 'mixed', 'networks', 'parent', 'routing', 'stacks'],
    ),
  },
  { title: 'Engines alone', hosts: ['n10', 'n11', 'n19'], files: ['engine/'] },
  { title: 'links that change', hosts: ['n20', 'n21'], files: e2e('linkLife', 'qinq') },
  { title: 'each drift alone', hosts: ['n12'], files: e2e('drift') },
  { title: 'drift of Docker', hosts: ['n14'], files: e2e('driftDocker') },
  { title: 'network managers', hosts: ['n9', 'n12'], files: e2e('managed', 'managers') },
  { title: 'networkd', hosts: ['n6'], files: script('networkd') },
  { title: 'shims and gateways', hosts: ['n3', 'n4'], files: e2e('gateway', 'shimDrivers') },
  { title: 'plugins', hosts: ['n5', 'n6'], files: ['conformance/'] },
  { title: 'killed', hosts: ['n14'], files: ['script/killed', 'cli/kills', 'e2e/disturbed'] },
];
