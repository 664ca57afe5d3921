import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ownerTag, ownerWord } from '../../src/host/linkOwner';
import { linkCommand } from '../../src/host/remoteScript';
import { renderOwner, renderShimSpec, renderTrunkSpec } from '../../src/host/trunkSpec';
import { listProblems, type Problem } from '../../src/plan/argument/problem';
import { checkAttachments, type ContainerSpec } from '../../src/plan/container/container';
import { planContainer } from '../../src/plan/container/containerPlan';
import { readTrunk } from '../../src/plan/link/trunk';
import { planDockerNetwork } from '../../src/plan/network/dockerNetwork';
import { checkNetwork, type NetworkSpec, planNetwork } from '../../src/plan/network/network';
import { readShim } from '../../src/plan/shim/shim';
import { run } from '../../lab/command';
import { Canary, hostile, mostText, reportTried, safeText, tries } from '../hostile';
import { planWith, problemsWith } from '../readWith';
import { leavesOf, namesOf, type Path, shownPath, withName, withValue } from '../valuePath';

/** Every text of a declaration in place of which something hostile stands: refused with its path, or one line of a spec. */

const canary = new Canary();
afterAll(() => {
  expect(canary.made).toEqual([]);
  canary.forget();
});

const network: NetworkSpec = {
  driver: 'macvlan',
  name: 'lan',
  parentInterface: 'eth0.50',
  mode: 'bridge',
  subnets: [
    {
      subnet: '10.0.0.0/24',
      gateway: '10.0.0.1',
      ipRange: '10.0.0.128/25',
      auxiliaryAddresses: { shim: '10.0.0.2', printer: '10.0.0.3' },
    },
    { subnet: '2001:db8::/64', gateway: '2001:db8::1', auxiliaryAddresses: { six: '2001:db8::2' } },
  ],
  labels: { site: 'north' },
};
const trunk = {
  parentInterface: 'eth0',
  vlans: [
    {
      vlanId: 50,
      interfaceName: 'plant',
      mtu: 1500,
      protocol: '802.1Q',
      addresses: ['10.9.0.1/24', '2001:db8:9::1/64'],
      routes: [{ destination: '10.8.0.0/24', gateway: '10.9.0.2' }],
    },
  ],
};
const shim = { network, addresses: ['10.0.0.2'], routes: ['10.0.0.20', '10.0.0.192/26'], interfaceName: 'lan-shim' };
const attachment = {
  ipv4Address: '10.0.0.5',
  ipv6Address: '2001:db8::5',
  aliases: ['web'],
  ipv6: 'static',
  sysctls: { 'net.ipv4.conf.IFNAME.rp_filter': '1' },
  interfaceName: 'lan0',
};
const container = { name: 'web', sysctls: { 'net.core.somaxconn': '1' }, attachments: [attachment] };

const owner = { project: 'p', stack: 's', kind: 'trunk', name: 't' } as const;
const specs: string[] = [];

/** A declaration, what refuses it, and what becomes of one that is accepted. */
interface Kind {
  right: object;
  check: (value: never) => Problem[];
  accepted: (value: never) => void;
}

const shimOf = (value: { network: NetworkSpec }) => ({ ...value, network: planNetwork(value.network) });
const containerOf = (value: typeof container): ContainerSpec =>
  ({ ...value, attachments: value.attachments.map((one) => ({ ...one, network: planNetwork(network) })) }) as never;

const kinds: Record<string, Kind> = {
  trunk: {
    right: trunk,
    check: (value) => problemsWith(readTrunk, value),
    accepted: (value) => {
      const spec = renderTrunkSpec(owner, planWith(readTrunk, value), { persistence: 'unit' });
      expect(spec.split('\n')).toHaveLength(9);
      specs.push(spec);
    },
  },
  network: {
    right: network,
    check: (value) => checkNetwork(value),
    accepted: (value: NetworkSpec) => {
      const { name, options, labels } = planDockerNetwork(value);
      expect(`${name} ${options.parent}`).toMatch(/^[A-Za-z0-9][\w.-]* [A-Za-z0-9][\w.-]*$/);
      expect(labels).toEqual(value.labels);
      expect(JSON.stringify(labels)).not.toMatch(/\\ud[89a-f]/);
    },
  },
  shim: {
    right: shim,
    check: (value: typeof shim) => [
      ...checkNetwork(value.network).map(({ path, message }) => ({ path: `network.${path}`, message })),
      ...problemsWith(readShim, shimOf(value)),
    ],
    accepted: (value: typeof shim) => {
      const plan = planWith(readShim, shimOf(value));
      const spec = renderShimSpec({ ...owner, kind: 'shim' }, plan, { isParentDeclared: true, persistence: 'none' });
      expect(spec.split('\n')).toHaveLength(11);
      specs.push(spec);
    },
  },
  container: {
    right: container,
    check: (value) => checkAttachments(containerOf(value)),
    accepted: (value) => {
      for (const { driverOptions } of planContainer(containerOf(value)).endpoints)
        for (const option of driverOptions)
          expect(option).toMatch(/^com\.docker\.network\.endpoint\.(sysctls|ifname)=[\w.,:=-]+$/);
    },
  },
};

/** A declaration with one hostile text, as a value or as the name of a property; and where. */
const broken = (right: object): fc.Arbitrary<{ path: Path; value: unknown }> => {
  const change = (places: { path: Path; text: string }[], put: typeof withValue | typeof withName) =>
    fc
      .constantFrom(...places)
      .chain(({ path, text }) => hostile(canary.file, text).map((value) => ({ path, value: put(right, path, value) })));
  const names = namesOf(right);
  return fc.oneof(
    { weight: 4, arbitrary: change(leavesOf(right), withValue) },
    { weight: names.length > 0 ? 1 : 0, arbitrary: change(names.length > 0 ? names : leavesOf(right), withName) },
  );
};

test.each(Object.entries(kinds))('%s', (_, { right, check, accepted }) => {
  expect(check(right as never)).toEqual([]);
  accepted(right as never);
  fc.assert(
    fc.property(broken(right), ({ path, value }) => {
      tries();
      const problems = check(value as never);
      const report = listProblems(problems);
      expect(report).toMatch(safeText);
      expect(report.length).toBeLessThan(mostText);
      if (problems.length === 0) accepted(value as never);
      // Of a wrong address others that belong to it may be wrong, too; its own path is always among them.
      else expect(problems.map((one) => one.path)).toContainEqual(expect.stringContaining(shownPath(path.slice(0, 1))));
    }),
    { numRuns: 700 },
  );
});

test('projects, stacks and components of any name are one word of a spec, and a file name on the host', () => {
  const text = hostile(canary.file, 'site');
  fc.assert(
    fc.property(text, text, text, fc.constantFrom('trunk', 'shim'), (project, stack, name, kind) => {
      tries();
      const spec = renderOwner({ project, stack, kind, name });
      expect(spec).toBe(`owner ${ownerWord({ project, stack, kind, name })}\n`);
      expect(spec).toMatch(/^owner (?!\.)[A-Za-z0-9._:%+-]{1,200}\n$/);
      expect(ownerTag({ project, stack, kind, name })).toMatch(/^[0-9a-f]{8}$/);
      specs.push(spec);
    }),
    { numRuns: 150 },
  );
});

test("what is accepted passes the host script's own grammar", async () => {
  expect(specs.length).toBeGreaterThan(200);
  const grammar = readFileSync(join(__dirname, '../../src/host/script/wellFormed.awk'), 'utf8');
  expect(await run(['awk', grammar], { stdin: specs.join('') })).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('a revision is of the allow-list, or makes no command', () => {
  fc.assert(
    fc.property(hostile(canary.file, '20261126T101500Z'), (word) => {
      tries();
      let made = '';
      try {
        made = linkCommand('apply', true, word);
      } catch (error) {
        expect((error as Error).message).toMatch(safeText);
        return;
      }
      expect(made).toBe(`${linkCommand('apply', true)} ${word}`);
      expect(word).toMatch(/^(?:-|[A-Za-z0-9][A-Za-z0-9-]*)$/);
    }),
    { numRuns: 300 },
  );
});

reportTried('arguments', 2000);
