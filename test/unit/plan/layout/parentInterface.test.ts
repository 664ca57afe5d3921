import { checkNetworkParent, checkTrunkParent } from '../../../../src/plan/layout/parentInterface';
import type { ParentReport } from '../../../../src/plan/link/parentReport';
import { readTrunk, type VlanSpec } from '../../../../src/plan/link/trunk';
import { type NetworkSpec, planNetwork } from '../../../../src/plan/network/network';
import { nothingFound } from '../../../nothingFound';
import { planWith } from '../../../readWith';

const nothing = { faults: [], warnings: [] };
const trunk = (report: Partial<ParentReport>, parentInterface: string, ...vlans: VlanSpec[]) =>
  checkTrunkParent(planWith(readTrunk, { parentInterface, vlans }), { ...nothingFound, ...report });
const network = (report: Partial<ParentReport>, spec: Partial<NetworkSpec>, isNamed = true) =>
  checkNetworkParent(
    planNetwork({ driver: 'macvlan', subnets: [{ subnet: '10.0.0.0/24', gateway: 'none' }], ...spec }),
    { ...nothingFound, ...report },
    isNamed,
  );

describe('a bridge with VLAN filtering', () => {
  const tagged = (first: number, last = first) => ({ first, last, isUntagged: false });
  const untagged = { first: 1, last: 1, isUntagged: true };
  const filters = new Map([['br0', '802.1Q']]);
  const masters = new Map([
    ['eth0', { name: 'br0', kind: 'bridge' }],
    ['tap1', { name: 'br0', kind: 'bridge' }],
    ['eth9', { name: 'br9', kind: 'bridge' }],
  ]);
  const report = {
    filters,
    masters,
    bridgeVlans: new Map([
      ['br0', [untagged, tagged(50), tagged(60, 69)]],
      ['eth0', [untagged, tagged(2, 64)]],
      ['tap1', [untagged]],
      ['eth9', [tagged(2, 4094)]],
    ]),
  };

  test('one that lets the VLANs through, by itself and by a port, is none to speak of', () => {
    expect(trunk(report, 'br0', { vlanId: 50 }, { vlanId: 60 }, { vlanId: 64 })).toEqual(nothing);
    // It takes frames of another protocol for such without a tag.
    expect(trunk(report, 'br0', { vlanId: 70, protocol: '802.1ad' })).toEqual(nothing);
    expect(trunk({ ...report, filters: new Map() }, 'br0', { vlanId: 70 })).toEqual(nothing);
  });

  test('the entry that is missing is named as the command that makes it', () => {
    const missing = (ids: string, commands: string) =>
      `br0 is a bridge with VLAN filtering, and lets no frame of ${ids} through to itself: \`${commands}\` on the host does, and has to be in the configuration of br0 to last`;
    expect(trunk(report, 'br0', { vlanId: 50 }, { vlanId: 51 }, { vlanId: 52 })).toEqual({
      faults: [missing('VLANs 51, 52', 'bridge vlan add dev br0 vid 51 self; bridge vlan add dev br0 vid 52 self')],
      warnings: [],
    });
    const one = { faults: [missing('VLAN 51', 'bridge vlan add dev br0 vid 51 self')], warnings: [] };
    // The VLAN of a network whose parent is a name: as Docker makes it, or as the host has it.
    expect(network(report, { parentInterface: 'br0.51' })).toEqual(one);
    const vlans = new Map([['plant', { parentInterface: 'br0', vlanId: 51, protocol: '802.1Q' }]]);
    expect(network({ ...report, vlans }, { parentInterface: 'plant' })).toEqual(one);
    expect(network(report, { parentInterface: 'br0.50' })).toEqual(nothing);
    // Of a handle, the trunk tells.
    expect(network(report, { parentInterface: 'br0.51' }, false)).toEqual(nothing);
  });

  test('a VLAN that is untagged on the bridge itself is the bridge, and not a subinterface', () => {
    expect(trunk(report, 'br0', { vlanId: 1 })).toEqual({
      faults: [
        'br0 is a bridge with VLAN filtering, and VLAN 1 is untagged on itself, so that its frames are those of br0 and not of a subinterface: give "br0" as the parent interface of the network',
      ],
      warnings: [],
    });
  });

  test('warns where no port carries the VLAN, and where nobody can tell', () => {
    expect(trunk(report, 'br0', { vlanId: 65 })).toEqual({
      faults: [],
      warnings: [
        'br0 is a bridge with VLAN filtering, and no port of it (eth0, tap1) lets VLAN 65 through: `bridge vlan add dev PORT vid 65` is missing',
      ],
    });
    expect(trunk({ ...report, masters: new Map() }, 'br0', { vlanId: 50 }).warnings).toEqual([
      expect.stringContaining('no port of it (it has none) lets VLAN 50 through'),
    ]);
    expect(trunk({ filters, masters }, 'br0', { vlanId: 50 })).toEqual({
      faults: [],
      warnings: [
        'br0 is a bridge with VLAN filtering, and the host has no program bridge (package iproute2, OpenWrt: ip-bridge) that tells what it lets through: `bridge vlan add dev br0 vid 50 self` may be missing',
      ],
    });
  });
});

test('the port of a bridge or the member of a bond carries no network, and a bond’s member no VLAN', () => {
  const masters = new Map([
    ['eth0', { name: 'br0', kind: 'bridge' }],
    ['eth1', { name: 'bond0', kind: 'bond' }],
    ['eth2', { name: 'red', kind: 'vrf' }],
    ['eth3', { name: 'team0', kind: 'team' }],
  ]);
  const faults = (name: string) => network({ masters }, { parentInterface: name, driver: 'ipvlan' }).faults;
  expect(faults('eth0')).toEqual(['eth0 is a port of the bridge br0, which gets its frames: must be "br0"']);
  expect(faults('eth1')).toEqual(['eth1 is a member of the bond bond0, which gets its frames: must be "bond0"']);
  expect(faults('eth3')).toEqual(['eth3 is a member of the team team0, which gets its frames: must be "team0"']);
  expect([faults('eth2'), faults('br0'), faults('eth0.50')]).toEqual([[], [], []]);
  // The kernel takes tagged frames out before the bridge does, and after the bond.
  expect(trunk({ masters }, 'eth0', { vlanId: 50 })).toEqual(nothing);
  expect(trunk({ masters }, 'eth1', { vlanId: 50 }).faults).toEqual(faults('eth1'));
});

describe('frames of a second MAC address', () => {
  const vlans = new Map([['vlan9', { parentInterface: 'bond0', vlanId: 9, protocol: '802.1Q' }]]);
  test.each(['balance-alb', 'balance-tlb'])('macvlan on a bond in %s is warned of, on its VLANs too', (mode) => {
    const report = { bonds: new Map([['bond0', mode]]), vlans };
    const warnings = [
      `bond0 is a bond in mode ${mode}, which sends part of the frames of macvlan networks with the MAC address of one of its members, so that whatever learns or filters by MAC address takes them for those of others: active-backup, balance-xor and 802.3ad leave them as they are, and ipvlan networks have no MAC address of their own`,
    ];
    for (const parentInterface of ['bond0', 'bond0.7', 'vlan9']) {
      expect(network(report, { parentInterface }, parentInterface === 'bond0')).toEqual({ faults: [], warnings });
      expect(network(report, { parentInterface, driver: 'ipvlan' })).toEqual(nothing);
    }
  });
  test('other modes pass', () =>
    expect(network({ bonds: new Map([['bond0', '802.3ad']]) }, { parentInterface: 'bond0' })).toEqual(nothing));
  test('on Wi-Fi macvlan is refused, ipvlan is not, and a trunk is warned of', () => {
    const report = { wireless: new Set(['wlan0']) };
    const { faults } = network(report, { parentInterface: 'wlan0.50' }, false);
    expect(faults).toEqual([expect.stringMatching(/^wlan0 is a Wi-Fi interface, .* use an ipvlan network there/)]);
    expect(network(report, { parentInterface: 'wlan0', driver: 'ipvlan' })).toEqual(nothing);
    expect(trunk(report, 'wlan0', { vlanId: 50 })).toEqual({
      faults: [],
      warnings: ["wlan0 is a Wi-Fi interface, and most access points drop frames with a VLAN's tag"],
    });
  });
});

describe('a kernel without a module', () => {
  const report = { missingModules: new Set(['8021q', 'macvlan', 'ipvlan', 'dummy']), kernel: '6.8.0-31-generic' };
  const named = (faults: readonly string[]) => faults.map((fault) => /needs the module (\w+)/.exec(fault)?.[1]);
  test.each<[string, readonly string[], string[]]>([
    ['a trunk', trunk(report, 'eth0', { vlanId: 50 }).faults, ['8021q']],
    ['a trunk without VLANs', trunk(report, 'eth0').faults, []],
    ['a macvlan network', network(report, { parentInterface: 'eth0' }).faults, ['macvlan']],
    [
      'an ipvlan network on a VLAN by name',
      network(report, { parentInterface: 'eth0.5', driver: 'ipvlan' }).faults,
      ['ipvlan', '8021q'],
    ],
    ['a network on the VLAN of a trunk', network(report, { parentInterface: 'eth0.5' }, false).faults, ['macvlan']],
    ['a network without a parent', network(report, {}).faults, ['macvlan', 'dummy']],
  ])('%s names what it needs', (_, faults, modules) => expect(named(faults)).toEqual(modules));
  test('the fault names the packages, and a restart', () =>
    expect(network(report, { parentInterface: 'eth0' }).faults).toEqual([
      'a macvlan network needs the module macvlan, which the kernel of this host (6.8.0-31-generic) does not have: install the package with it (Ubuntu: linux-modules-extra-6.8.0-31-generic, OpenWrt: kmod-macvlan), or restart the host if its kernel was updated since it was started',
    ]));
});
