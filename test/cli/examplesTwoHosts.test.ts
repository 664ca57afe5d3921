import { type Ping, runExample } from './example';
import { forgetProjects } from './project';

/** The examples of two hosts, as users run them. */

const host = 'n1';

afterAll(forgetProjects);

test.each<[string, Ping[]]>([
  ['macvlan-trunk', [{ host, container: 'b1', to: ['192.168.14.12'], notTo: ['192.168.15.12'] }]],
  ['macvlan-modes', [{ host, container: 'bridge1', to: ['192.168.51.12', '192.168.51.13'] }]],
  [
    'macvlan-vs-ipvlan',
    [
      { host, container: 'm1', to: ['192.168.55.12', '192.168.55.13'] },
      { host, container: 'i1', to: ['192.168.56.12', '192.168.56.13'] },
    ],
  ],
  ['dual-stack', [{ host, container: 'd1', to: ['192.168.61.12', '2001:db8:61::12'] }]],
])('%s', (name, pings) => runExample(name, [host, 'n2'], pings));
