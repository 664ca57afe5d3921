import fc from 'fast-check';
import type { AttachmentSpec, ContainerSpec } from '../../src/plan/container/container';
import type { NetworkSpec } from '../../src/plan/network/network';
import type { SshHostSpec } from '../../src/plan/ssh/sshHost';
import { checkAttachments } from '../../src/plan/container/container';
import { engine, isAtLeast } from '../../src/plan/network/engineVersion';
import { planDockerNetwork } from '../../src/plan/network/dockerNetwork';
import { checkNetwork, planNetwork } from '../../src/plan/network/network';
import { checkSshHost } from '../../src/plan/ssh/sshHost';
import { garbage, listOf, withOneUnknown, wreck } from './arbitrary';

const byte = fc.nat(255);
const ipv4Subnet = fc
  .record({ third: fc.nat(9), prefix: fc.integer({ min: 22, max: 32 }), gateway: byte, printer: byte, bits: fc.nat(4) })
  .map(({ third, prefix, gateway, printer, bits }) => ({
    subnet: `10.0.${third}.0/${prefix}`,
    gateway: gateway < 60 ? 'none' : `10.0.${third}.${gateway % 2 ** Math.min(8, 32 - prefix)}`,
    ...(bits > 2 ? {} : { ipRange: `10.0.${third}.0/${Math.min(32, prefix + bits)}` }),
    auxiliaryAddresses: printer < 80 ? {} : { printer: `10.0.${third}.${printer % 2 ** Math.min(8, 32 - prefix)}` },
  }));
const ipv6Subnet = fc
  .record({ third: fc.nat(9), prefix: fc.integer({ min: 64, max: 127 }), gateway: fc.nat(3) })
  .map(({ third, prefix, gateway }) => ({
    subnet: `2001:db8:${third}::/${prefix}`,
    gateway: gateway === 0 ? 'none' : `2001:db8:${third}::${gateway}`,
  }));
const spec = fc.record(
  {
    driver: fc.constantFrom('macvlan', 'ipvlan'),
    parentInterface: fc.constantFrom('eth0', 'eth0.50'),
    mode: fc.constantFrom('bridge', 'private', 'l2', 'l3', 'l3s'),
    subnets: fc.array(fc.oneof(ipv4Subnet, ipv6Subnet), { maxLength: 3 }),
    internal: fc.boolean(),
  },
  { requiredKeys: ['driver', 'subnets'] },
) as fc.Arbitrary<NetworkSpec>;
const accepted = spec.filter((network) => checkNetwork(network).length === 0);

test('an accepted network is passed to Docker completely, with its mode', () => {
  fc.assert(
    fc.property(accepted, (network) => {
      const { options, ipamConfigs, driver } = planDockerNetwork(network);
      expect(options).toHaveProperty(driver === 'macvlan' ? 'macvlan_mode' : 'ipvlan_mode');
      expect(ipamConfigs).toHaveLength(network.subnets.length);
    }),
  );
});

test('a network that needs no Engine of 29 has, on every Engine, the default route that was declared', () => {
  fc.assert(
    fc.property(accepted, (network) => {
      const { minimumEngine, internal, ipamConfigs, options } = planDockerNetwork(network);
      const routed = options.ipvlan_mode === 'l3' || options.ipvlan_mode === 'l3s';
      // Only a network that is neither internal nor routed makes an old Engine choose a gateway.
      if (!isAtLeast(minimumEngine, engine(29)) && !internal && !routed)
        for (const { gateway } of ipamConfigs) expect(gateway).toBeDefined();
    }),
  );
});

test('a value not known yet, anywhere, is no problem', () => {
  const half = accepted.chain((network) => withOneUnknown(network));
  fc.assert(
    fc.property(half, (network) => {
      expect(checkNetwork(network as NetworkSpec)).toEqual([]);
      expect(() => planNetwork(network as NetworkSpec)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

describe('garbage is a problem or none, never a crash', () => {
  const subnet = fc.oneof(
    wreck('subnet', 'gateway', 'ipRange', 'auxiliaryAddresses'),
    fc.record({ subnet: fc.constant('10.0.0.0/24'), gateway: garbage, ipRange: garbage, auxiliaryAddresses: garbage }),
  );
  const network = fc.record({
    driver: fc.oneof(garbage, fc.constantFrom('macvlan', 'ipvlan')),
    name: garbage,
    parentInterface: garbage,
    mode: garbage,
    flag: garbage,
    subnets: listOf(subnet),
    internal: garbage,
    labels: garbage,
  });

  test('networks', () => {
    fc.assert(
      fc.property(fc.oneof(garbage, network), (value) => {
        expect(Array.isArray(checkNetwork(value as NetworkSpec))).toBe(true);
        expect(() => planNetwork(value as NetworkSpec)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  test('containers', () => {
    const attachment = fc.record({
      network: fc.oneof(
        garbage,
        network.map((value) => planNetwork(value as NetworkSpec)),
      ),
      ipv4Address: garbage,
      ipv6Address: garbage,
      aliases: garbage,
      macAddress: garbage,
      defaultRoute: garbage,
      ipv6: fc.oneof(garbage, fc.constantFrom('static', 'slaac', 'off')),
      sysctls: fc.oneof(garbage, wreck('net.ipv4.conf.IFNAME.arp_notify', 'net.ipv6.conf.eth0.accept_ra')),
      interfaceName: garbage,
    });
    const container = fc.record({
      attachments: listOf(attachment),
      ports: garbage,
      sysctls: garbage,
    });
    fc.assert(
      fc.property(fc.oneof(garbage, container), (value) => Array.isArray(checkAttachments(value as ContainerSpec))),
      { numRuns: 500 },
    );
  });

  test('ssh hosts', () => {
    const keys = ['address', 'port', 'user', 'hostKey', 'acceptAnyHostKey', 'privateKey', 'privateKeyFile'];
    const host = fc.oneof(garbage, wreck(...keys, 'proxy'), wreck(...keys));
    fc.assert(fc.property(host, (value) => Array.isArray(checkSshHost(value as SshHostSpec))));
  });
});

test('an attachment with values not known yet is no problem', () => {
  const network = planNetwork({ driver: 'macvlan', subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }] });
  const attachment = {
    ipv4Address: '10.0.0.5',
    aliases: ['db'],
    ipv6: 'slaac',
    sysctls: { 'net.ipv4.conf.IFNAME.arp_notify': '1' },
    interfaceName: 'lan0',
  };
  const half = withOneUnknown(attachment).map((value) => ({ ...(value as AttachmentSpec), network }));
  fc.assert(fc.property(half, (value) => expect(checkAttachments({ attachments: [value] })).toEqual([])));
});

test('neither is one on a network with values not known yet', () => {
  const printer = { printer: '10.0.0.9' };
  const subnet = { subnet: '10.0.0.0/24', gateway: '10.0.0.10', ipRange: '10.0.0.8/29', auxiliaryAddresses: printer };
  const half = withOneUnknown({ driver: 'macvlan', parentInterface: 'eth0', subnets: [subnet] });
  fc.assert(
    fc.property(half, fc.constantFrom('10.0.0.1', '10.0.0.8'), (value, ipv4Address) => {
      const network = planNetwork(value as NetworkSpec);
      expect(checkAttachments({ attachments: [{ network, ipv4Address }] })).toEqual([]);
    }),
  );
});
