import type { ContainerSpec } from '../../../src/plan/container';
import { checkMacAddresses } from '../../../src/plan/macAcrossHosts';
import { deriveMacAddress } from '../../../src/plan/macAddress';
import { planNetwork } from '../../../src/plan/network';
import { planHost } from '../../../src/plan/placement';
import { lines } from './text';

const subnets = [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }];
const network = planNetwork({ driver: 'macvlan', name: 'v4', parentInterface: 'eth0.50', subnets });
const other = planNetwork({ driver: 'macvlan', name: 'other', internal: true, subnets: [{ subnet: '10.1.0.0/24' }] });
const mac = '02:00:5e:10:00:01';

const host = (name: string, containers: Record<string, ContainerSpec>) =>
  planHost([network, other], Object.values(containers), {
    host: name,
    networks: ['v4', 'other'],
    containers: Object.keys(containers),
  });
const check = (...hosts: ReturnType<typeof host>[]) => lines(checkMacAddresses(hosts));
const at = (macAddress: string, container = 'db'): ContainerSpec => ({
  owner: { stack: 's', host: 'n1', container },
  attachments: [{ network, macAddress }],
});

test('a MAC address twice, however it is written, and wherever in the program', () => {
  const twice = { attachments: [network, other].map((one) => ({ network: one, macAddress: mac })) };
  expect(check(host('n1', { a: twice }), host('n2', { b: at('02-00-5E-10-00-01') }))).toEqual([
    `hosts.n1.containers.a.attachments[1].macAddress: must be given once, got ${mac} also at ` +
      'hosts.n1.containers.a.attachments[0].macAddress',
    `hosts.n2.containers.b.attachments[0].macAddress: must be given once, got ${mac} also at ` +
      'hosts.n1.containers.a.attachments[0].macAddress',
  ]);
});

test('a derived one is as good as a given one', () => {
  const derived = deriveMacAddress('s', 'n1', 'db');
  expect(check(host('n1', { db: at('derived'), web: at('derived', 'web') }))).toEqual([]);
  expect(check(host('n1', { db: at('derived'), web: at(derived) }))).toEqual([
    `hosts.n1.containers.web.attachments[0].macAddress: must be given once, got ${derived} also at ` +
      'hosts.n1.containers.db.attachments[0].macAddress',
  ]);
});
