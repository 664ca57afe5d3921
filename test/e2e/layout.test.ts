import type { Stack } from '../../lab/engine/stack';
import { hostFacts } from './facts';
import { forgetStacks, hostConfigs, newStack, problemsIn, succeeds } from './stack';

/** Conflicts between components that are valid alone, reported before any host is touched. */

const host = 'n13';
const [n13] = hostConfigs(host);

let untouched: string;
beforeAll(async () => (untouched = await hostFacts(host)));
afterAll(async () => {
  await forgetStacks();
  expect(await hostFacts(host)).toBe(untouched);
});

const declaring = (more: object): Promise<Stack> =>
  newStack('test/e2e/programs/layout.ts', 'layout', { host: n13, ...more });

test('all conflicts of a host are reported at once, by the names of the components, and up touches nothing', async () => {
  const stack = await declaring({ clash: true });
  for (const { ok, error } of [await stack.preview(), await stack.up()]) {
    expect(ok).toBe(false);
    for (const line of [
      'hosts.n13.networks["second-driver"].parentInterface: must be another interface than that of hosts.n13.networks.lan: macvlan and ipvlan cannot share one, got "eth0.91"',
      'hosts.n13.networks["same-subnet"].name: must be given once, got "lan" also at hosts.n13.networks.lan.name',
      'hosts.n13.networks["same-subnet"].subnets[0].subnet: must not overlap 192.168.91.0/24 of hosts.n13.networks.lan.subnets[0] unless both have an ipRange, got "192.168.91.0/24"',
      'hosts.n13.networks["whole-parent"].parentInterface: must be another interface than that of hosts.n13.networks["same-subnet"]: a passthru network has its own, got "eth0.92"',
      'hosts.n13.networks["ipvlan-two"].parentInterface: must be another interface than that of hosts.n13.networks["ipvlan-one"]: Docker puts one ipvlan network on each, got "eth0.93"',
      'hosts.n13.containers.twin.attachments[0].ipv4Address: must be given once, got 192.168.91.11 also at hosts.n13.containers.fixed.attachments[0].ipv4Address',
    ]) {
      expect(error).toContain(line);
    }
    expect(await hostFacts(host)).toBe(untouched);
  }
});

test('a value that becomes known after other components were checked is checked as well', async () => {
  const stack = await declaring({ late: true });
  const clash =
    'hosts.n13.containers.late.attachments[0].ipv4Address: must be given once, got 192.168.91.11 also at hosts.n13.containers.fixed.attachments[0].ipv4Address';
  const preview = await stack.preview();
  expect(preview.ok).toBe(false);
  expect(preview.error).toContain(clash);

  // An `up` without a preview fails at the component, and not at Docker.
  const up = await stack.up();
  expect(up.ok).toBe(false);
  // Another resource may reach the gate first: then it reports the problem, and this one refers to it.
  expect(up.error).toContain(clash);
  expect(up.errorsOf.late).toBeDefined();
  expect(up.errorsOf['late-container']).toBeUndefined();
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(untouched);
});

test('a fixed address that Docker may hand out is a warning, with the range that would be right', async () => {
  const { diagnostics } = await succeeds((await declaring({})).preview());
  expect(diagnostics.filter((line) => line.includes('ipRange'))).toEqual([
    expect.stringContaining(
      'warning: hosts.n13.networks.lan.subnets[0].ipRange: should leave out the fixed 192.168.91.11 (hosts.n13.containers.fixed.attachments[0].ipv4Address), which Docker may hand out first, got "192.168.91.0/24" (did you mean 192.168.91.128/25?)',
    ),
  ]);
});

test('two hosts of a site must not hand out the same addresses on a VLAN; hosts of different sites may', async () => {
  const { ok, error } = await (await declaring({ second: true })).preview();
  expect(ok).toBe(false);
  expect(error).toContain(
    'hosts.far.networks["lan-there"].subnets[0].ipRange: must be apart from 192.168.91.0/24 of hosts.n13.networks.lan.subnets[0], where another Docker hands out addresses, got "192.168.91.0/24" (did you mean 192.168.91.128/26?); if these hosts are on different switched networks, give them different values of site',
  );
  await succeeds((await declaring({ second: true, site: 'south' })).preview());
});

test('a parent given by its name must be there, be what Docker can make, or come from elsewhere in the program', async () => {
  const { ok, error = '' } = await (await declaring({ named: true })).preview();
  expect(ok).toBe(false);
  expect(error).toMatch(
    /MacvlanNetwork no-nic: parentInterface: there is no interface eth9 on this host, it has .*eth0/,
  );
  expect(error).toMatch(
    /MacvlanNetwork no-vlan: parentInterface: there is no interface eth9 on this host, it has .*eth0/,
  );
  expect(problemsIn(error)).toHaveLength(2);
});

test('the name of a link that the program makes itself is refused where its handle would keep the order', async () => {
  const { ok, error } = await (await declaring({ hasty: true })).preview();
  expect(ok).toBe(false);
  expect(error).toContain(
    'hosts.n13.networks.hasty.parentInterface: must be the handle that VlanTrunk trunk gives, so that its link exists before Docker would make one, got "eth0.92"',
  );
});

test("a host's own addresses on a VLAN must not be those of containers", async () => {
  const { ok, error } = await (await declaring({ own: true })).preview();
  expect(ok).toBe(false);
  for (const line of [
    'hosts.n13.trunks.own.vlans[0].addresses[0]: must be given once on the VLAN, got 192.168.106.2 also at hosts.n13.containers.same.attachments[0].ipv4Address',
    'hosts.n13.trunks.own.vlans[0].addresses[1]: must lie outside of 192.168.106.128/25, which the Docker of hosts.n13.networks.among.subnets[0] hands out; make it an auxiliary address there, got "192.168.106.200"',
  ]) {
    expect(error).toContain(line);
  }
});

test('a passthru network on the very NIC that ssh arrives by is refused, before the host is cut off', async () => {
  const { ok, error } = await (await declaring({ cutOff: true })).preview();
  expect(ok).toBe(false);
  expect(error).toContain('MacvlanNetwork whole-nic: passthru on eth0 would cut the host off: ssh arrives by it');
});
