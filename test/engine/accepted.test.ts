import type { EngineHost } from './engineHost';
import { type HostSpec, sampleHosts } from '../property/world';
import { isIpv6 } from './declared';
import { createHost, neededEngine } from './generatedHost';
import { later } from './later';
import { onEngines } from './onEngines';

/**
 * What the checks accept is really created by an Engine: each generated host is declared on a real one, its networks as
 * `planDockerNetwork` asks for them, its containers with their fixed addresses. Then all of it is taken away again.
 */

const seed = Number(process.env.FAST_CHECK_SEED ?? 802_1);
/** Number of generated hosts. An Engine makes the first ones of them that its release supports. */
const sampleSize = 600;
/** An older Engine takes twice as long for each. `VLAN_TRUNK_ACCEPTED` asks for another number on each Engine. */
const hostCountOf = (release: number): number => Number(process.env.VLAN_TRUNK_ACCEPTED ?? (release < 28 ? 20 : 40));
/** Of so many hosts the containers of one are started; those of the others run already, and are put on the networks. */
const startedEach = 40;
/** So many networks of each kind that needs a later Engine. */
const laterEach = 6;
/** A minute where nothing else runs. */
const patience = 1_800_000;

/** The NIC and the VLAN that generated hosts use, besides the NIC that every host of the lab has. */
const plug = `ip link add eth1 type dummy && ip link set eth1 up &&
  ip link add link eth0 name eth0.50 type vlan id 50 && ip link set eth0.50 up`;
const unplug = 'ip link del eth0.50; ip link del eth1';

/** How many there are of each kind. */
function countKinds(hosts: readonly HostSpec[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (kind: string, isOne = true): unknown => counts.set(kind, (counts.get(kind) ?? 0) + Number(isOne));
  for (const spec of hosts.flatMap(({ specs }) => specs)) {
    const families = new Set(spec.subnets.map(({ subnet }) => isIpv6(subnet)));
    if (spec.mode !== undefined) count(spec.mode);
    if (spec.flag !== undefined) count(`ipvlan ${spec.flag}`);
    count(`on ${String(spec.parentInterface ?? 'no parent')}`);
    count('internal', spec.internal === true);
    count('no subnet', spec.subnets.length === 0);
    count('several subnets', spec.subnets.length > 1);
    count('IPv6 alone', families.size === 1 && families.has(true));
    count('both families', families.size === 2);
  }
  for (const subnet of hosts.flatMap(({ specs }) => specs).flatMap(({ subnets }) => subnets)) {
    count(`/${(subnet.subnet as string).split('/')[1] ?? ''}`);
    count('IP range', subnet.ipRange !== undefined);
    count('auxiliary address', Object.keys(subnet.auxiliaryAddresses ?? {}).length > 0);
    count(subnet.gateway === 'none' ? 'no gateway' : 'gateway');
  }
  for (const { ipv4Address, ipv6Address } of hosts.flatMap(({ containers }) => containers)) {
    count(ipv4Address === undefined ? 'address handed out' : 'fixed IPv4 address');
    count('fixed IPv6 address', ipv6Address !== undefined);
  }
  return counts;
}

/** The differences from the declaration, or the error of the creation. */
const wrongWith = (engine: EngineHost, host: HostSpec, isStarted: boolean): Promise<string[]> =>
  createHost(engine, host, isStarted).catch((error: unknown) => [String(error)]);

onEngines('on %s', { idle: 5, plug, unplug }, (engine) => {
  let sample: HostSpec[];
  let creatable: HostSpec[];

  beforeAll(() => {
    sample = sampleHosts(sampleSize, seed);
    creatable = sample.filter((host) => neededEngine(host) <= engine.release).slice(0, hostCountOf(engine.release));
  });

  test('there is some of everything among the hosts to create', () => {
    expect(creatable).toHaveLength(hostCountOf(engine.release));
    const modes = ['bridge', 'private', 'vepa', 'passthru', 'l2', 'l3', 'l3s'];
    const flags = ['ipvlan bridge', 'ipvlan private', 'ipvlan vepa'];
    const parents = ['on no parent', 'on eth0', 'on eth0.50', 'on eth1'];
    const prefixes = ['/24', '/30', '/31', '/64'];
    const shapes = ['internal', 'several subnets', 'both families'];
    const addresses = ['IP range', 'auxiliary address', 'no gateway', 'gateway'];
    const containers = ['address handed out', 'fixed IPv4 address', 'fixed IPv6 address'];
    const since28 = engine.release < 28 ? [] : ['no subnet', 'IPv6 alone', '/32', '/127'];
    const counts = countKinds(creatable);
    const kinds = [modes, flags, parents, prefixes, shapes, addresses, containers, since28].flat();
    const some = Math.floor(creatable.length / 60);
    expect(kinds.filter((kind) => (counts.get(kind) ?? 0) < some)).toEqual([]);
  });

  test(
    'the Engine creates them, and every container has the addresses and routes declared',
    async () => {
      const since = Date.now();
      const failures: string[] = [];
      for (const [index, host] of creatable.entries()) {
        const wrong = await wrongWith(engine, host, index % startedEach === 0);
        if (wrong.length > 0) failures.push(JSON.stringify({ index, wrong, host }));
      }
      const count = (items: (host: HostSpec) => unknown[]): number => creatable.flatMap(items).length;
      const figures = `${count(({ specs }) => specs)} networks and ${count(({ containers }) => containers)} containers`;
      const seconds = Math.round((Date.now() - since) / 1000);
      process.stderr.write(`${engine.name}: ${creatable.length} hosts with ${figures} in ${seconds} s\n`);
      expect(failures.slice(0, 3)).toEqual([]);
    },
    patience,
  );

  test.each(later)(
    '$what: Engine $since does it, and none before',
    async ({ since, isOne, containers: count, before }) => {
      const specs = sample.flatMap((host) => host.specs).filter(isOne);
      expect(specs.length).toBeGreaterThanOrEqual(laterEach);
      for (const spec of specs.slice(0, laterEach)) {
        const containers = Array.from({ length: count(spec) }, () => ({ network: 0 }));
        const wrong = await wrongWith(engine, { specs: [spec], containers }, false);
        if (engine.release < since) expect(wrong.join('; ')).toMatch(before);
        else expect(wrong).toEqual([]);
      }
    },
  );
});
