import { type Ping, runExample } from './example';
import { forgetProjects } from './project';

/** The examples of one host, as users run them. */

const host = 'n3';

afterAll(forgetProjects);

test.each<[string, Ping[]]>([
  ['macvlan-bridge', [{ host, container: 'b1', to: ['192.168.14.12'] }]],
  ['ipvlan-multi-subnet', [{ host, container: 'c210-10', to: ['192.168.210.9'], notTo: ['192.168.212.9'] }]],
  ['macvlan-multi-subnet', [{ host, container: 'macnet216_test', to: ['192.168.216.11'], notTo: ['192.168.218.10'] }]],
  [
    'mixed-networks',
    [
      { host, container: 'plc', to: ['192.168.72.11', '192.168.71.13'] },
      { host, container: 'sensor', to: ['192.168.71.11'], notTo: ['192.168.72.11'] },
      { host, container: 'portal', to: ['172.30.71.13'], notTo: ['192.168.71.13'] },
    ],
  ],
  ['host-access', [{ host, to: ['192.168.57.64', '192.168.58.64'] }]],
])('%s', (name, pings) => runExample(name, [host], pings));
