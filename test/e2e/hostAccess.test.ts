import type { OperationResult, Stack } from '../../lab/engine/stack';
import { untilInShell } from '../../lab/lab';
import { answer } from './answer';
import { containerStarts, hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** examples/host-access: a host talks to its own containers by a shim. Each driver: shimDrivers.test.ts. */

const host = 'n3';
const other = 'n4';
const [config] = hostConfigs(host);

/** The host and another machine on the NIC's LAN, as before any container was there. */
const own = '192.168.58.133';
const neighbour = '192.168.58.134';
const dns = '192.168.58.64';
const recorder = '192.168.57.64';
const shims = { lan: '192.168.58.250', cameras: '192.168.57.250' };

let untouched: string;
let untouchedOther: string;

beforeAll(async () => {
  untouchedOther = await hostFacts(other);
  untouched = await hostFacts(host);
  await sh(host, `ip addr add ${own}/24 dev eth0`);
  await sh(
    other,
    `ip addr add ${neighbour}/24 dev eth0
     ip link add link eth0 name eth0.57 type vlan id 57 && ip link set eth0.57 up
     ip addr add 192.168.57.134/24 dev eth0.57`,
  );
});

afterAll(async () => {
  await forgetStacks();
  await sh(host, `ip addr del ${own}/24 dev eth0`);
  await sh(other, `ip addr del ${neighbour}/24 dev eth0; ip link del eth0.57; ip neigh flush dev eth0`);
  expect(await hostFacts(host)).toBe(untouched);
  expect(await hostFacts(other)).toBe(untouchedOther);
});

/** All MACs that answer the other machine when it asks for an address of the host. */
async function macsOf(address: string): Promise<string[]> {
  const said = await sh(other, `arping -c 3 -w 60 -I eth0 ${address} 2>/dev/null`);
  return [...new Set(said.match(/(?<=from )[0-9a-f:]{17}/g))];
}

/** The MAC that the other machine sends to for an address. */
async function keptMac(address: string): Promise<string> {
  const [mac = 'none'] = /(?<=lladdr )[0-9a-f:]{17}/.exec(await sh(other, `ip neigh show ${address} dev eth0`)) ?? [];
  return mac;
}

const same = ({ changes }: OperationResult) => Object.keys(changes);

describe('the example', () => {
  afterAll(() => stack.destroy());

  let stack: Stack;
  let nic: string;
  let before: string;
  const access = (lanAccess: boolean) => configured(stack, { host: config, lanAccess: String(lanAccess) });

  /** Holds with and without a shim. */
  async function othersAreUndisturbed() {
    expect(await answer(other, [dns, own, recorder])).toEqual([dns, own, recorder]);
    expect(await answer(host, [neighbour])).toEqual([neighbour]);
    expect(await answer(host, [neighbour], 'dns')).toEqual([neighbour]);
    expect(await answer(host, ['192.168.57.134'], 'recorder')).toEqual(['192.168.57.134']);
    expect(await macsOf(own)).toEqual([nic]);
    expect(await keptMac(own)).toBe(nic);
  }

  beforeAll(async () => {
    before = await hostFacts(host);
    nic = await sh(host, 'cat /sys/class/net/eth0/address');
    stack = await newStack('examples/host-access/index.ts', 'host-access', { host: config });
  });

  test('without a shim the host reaches no container of its own, though it is in the same subnet', async () => {
    await succeeds(access(false).preview());
    await succeeds(access(false).up());
    expect(await answer(host, [dns])).toEqual([]);
    expect(await answer(host, [own], 'dns')).toEqual([]);
    await othersAreUndisturbed();
  });

  test('one that was declared with its network answers from the first up', async () => {
    expect(await answer(host, [recorder])).toEqual([recorder]);
    expect(await answer(host, [shims.cameras], 'recorder')).toEqual([shims.cameras]);
    expect(await sh(host, `ip route get ${recorder}`)).toContain(`dev eth0.57-shim src ${shims.cameras}`);
  });

  test('a shim opens both directions, and neither the containers nor other machines notice', async () => {
    const starts = await containerStarts(host);
    expect(doings(await succeeds(access(true).up()))).toEqual([
      'create lan-shim',
      'create lan-shim-removal',
      'create lan-shim-link',
    ]);
    expect(await answer(host, [dns, recorder])).toEqual([dns, recorder]);
    expect(await answer(host, [shims.lan], 'dns')).toEqual([shims.lan]);
    expect(await containerStarts(host)).toBe(starts);
    await othersAreUndisturbed();
    // A program of the host that is bound to the NIC's address asks for a container, and no machine learns another MAC for this address.
    // The other machine heeds such news only of an address that it has, and has had for a second: the last figure of `used`.
    const age = `$(ip -s neigh show ${own} dev eth0 | sed -n 's|.* used [0-9]*/[0-9]*/\\([0-9]*\\).*|\\1|p')`;
    await sh(other, `ping -c 1 ${own}; ${untilInShell(`[ ${age} -ge 2 ]`)}`);
    await sh(host, `ip neigh flush dev eth0-shim; ping -c 1 -W 1 -I ${own} ${dns} || true`);
    expect(await keptMac(own)).toBe(nic);
    // A shim has routes to containers only: on the VLAN, where the host has no other address, it has no route back to other machines.
    expect(await answer(other, [shims.lan, shims.cameras])).toEqual([shims.lan]);
  });

  test('a host with strict reverse path filtering is reached at the shim by other machines, too', async () => {
    const strict = 'for name in all eth0; do echo VALUE >/proc/sys/net/ipv4/conf/$name/rp_filter; done';
    const shim = await sh(host, 'cat /sys/class/net/eth0-shim/address');
    await sh(host, strict.replace('VALUE', '1'));
    try {
      // The NIC answers for the shim's address as well: here the other machine has heard the shim.
      await sh(other, `ip neigh replace ${shims.lan} lladdr ${shim} dev eth0`);
      expect(await answer(other, [shims.lan, own, dns])).toEqual([shims.lan, own, dns]);
    } finally {
      await sh(host, strict.replace('VALUE', '0'));
      await sh(other, `ip neigh del ${shims.lan} dev eth0`);
    }
  });

  test('a second up is empty', async () => {
    expect(same(await succeeds(access(true).up()))).toEqual(['same']);
  });

  test('when the shim goes, host and containers are separated as before, and the containers run on', async () => {
    const starts = await containerStarts(host);
    expect(doings(await succeeds(access(false).up()))).toEqual([
      'delete lan-shim-link',
      'delete lan-shim-removal',
      'delete lan-shim',
    ]);
    expect(await answer(host, [dns])).toEqual([]);
    expect(await sh(host, `ip route get ${dns}`)).toContain(`dev eth0 src ${own}`);
    expect(await containerStarts(host)).toBe(starts);
    await othersAreUndisturbed();
  });

  test('destroy with a shim in use leaves the host as it was', async () => {
    await succeeds(access(true).up());
    await succeeds(stack.destroy());
    expect(await hostFacts(host)).toBe(before);
  });
});
