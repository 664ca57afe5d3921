import * as pulumi from '@pulumi/pulumi';
import { Host, HostShim, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanInterface, VlanTrunk } from 'vlan-trunk';
import { Gate } from '../../src/components/gate';
import { formatProblems } from '../../src/plan/argument/problem';
import { recordHooks } from './engineWithHooks';

/*
 * What a JavaScript program may give in place of any argument: each is a problem with the argument's path, and none a TypeError.
 */

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const key = '-----BEGIN OPENSSH PRIVATE KEY-----';
const subnet = (third: number) => ({
  subnet: `10.0.${third}.0/24`,
  gateway: `10.0.${third}.1`,
  ipRange: `10.0.${third}.128/25`,
  auxiliaryAddresses: { shim: `10.0.${third}.2` },
});
const vlan = {
  vlanId: 50,
  interfaceName: 'plant',
  mtu: 1500,
  addresses: ['10.9.0.1/24'],
  routes: [{ destination: '10.8.0.0/24', gateway: '10.9.0.2' }],
  protocol: '802.1Q',
};

/** The components with every argument of theirs. */
function declarations(): Record<string, { component: new (name: string, args: never) => unknown; args: object }> {
  const host = new Host('n1', { address: '192.0.2.1', hostKey, preflight: false });
  const network = new MacvlanNetwork('lan', {
    host,
    parentInterface: 'eth0',
    subnets: [{ ...subnet(0) }, { subnet: '2001:db8::/64', gateway: 'none' }],
  });
  const networkArgs = {
    host,
    name: 'net',
    parentInterface: 'eth1',
    subnets: [subnet(1)],
    internal: false,
    labels: { site: 'north' },
    shim: { addresses: ['10.0.1.2'], routes: ['10.0.1.20'], interfaceName: 'net-shim' },
  };
  const attachment = {
    network,
    ipv4Address: '10.0.0.5',
    ipv6Address: '2001:db8::5',
    aliases: ['web'],
    defaultRoute: true,
    ipv6: 'static',
    sysctls: { 'net.ipv4.conf.IFNAME.rp_filter': '1' },
    interfaceName: 'lan0',
  };
  return {
    Host: {
      component: Host,
      args: {
        address: '192.0.2.2',
        port: 22,
        user: 'root',
        hostKey,
        privateKeyFile: __filename,
        sudo: false,
        site: 'north',
        preflight: false,
        persistence: 'none',
        confirmTimeout: 30,
        proxy: { address: '192.0.2.3', privateKey: key, hostKey },
      },
    },
    VlanTrunk: { component: VlanTrunk, args: { host, parentInterface: 'eth2', vlans: [vlan] } },
    VlanInterface: { component: VlanInterface, args: { host, parentInterface: 'eth2', vlanId: 51 } },
    MacvlanNetwork: { component: MacvlanNetwork, args: { ...networkArgs, mode: 'bridge' } },
    IpvlanNetwork: { component: IpvlanNetwork, args: { host, subnets: [], mode: 'l2', flag: 'bridge' } },
    NetworkContainer: {
      component: NetworkContainer,
      args: { name: 'web', sysctls: {}, attachments: [attachment], ...passedOn },
    },
    HostShim: {
      component: HostShim,
      args: { network, addresses: ['10.0.0.2'], routes: ['10.0.0.20'], interfaceName: 'lan-shim' },
    },
  };
}

/** For the provider, which reports what is wrong with it. */
const passedOn = { image: 'busybox', healthcheck: { interval: '60s' }, capabilities: { adds: ['all'] } };

type Path = readonly (string | number)[];

/** Never right, whatever the argument. */
const neverRight = (): unknown[] => [null, () => 1, pulumi.output(null)];
/** Right for some arguments. */
const mostlyWrong = (): unknown[] => [undefined, -5, [null], pulumi.output({})];

/** Paths of the arguments, of what is in them, and of all of them together. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const isNested = Array.isArray(value) || (typeof value === 'object' && value?.constructor === Object);
  const inner = isNested ? Object.entries(value as object) : [];
  const step = (name: string) => (Array.isArray(value) ? Number(name) : name);
  return [path, ...inner.flatMap(([name, one]) => pathsOf(one, [...path, step(name)]))];
}

function withValue(value: unknown, [first, ...rest]: Path, wrong: unknown): unknown {
  if (first === undefined) return wrong;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[first] = withValue(copy[first], rest, wrong);
  return copy;
}

/** The path as problems show it. */
function shown(path: Path): string {
  if (path.length === 0) return 'args';
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^\w+$/.test(step)) return `${text}["${step}"]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** The problems of a component with the wrong value, once all that it waits for has resolved. Any error but a refusal fails the test. */
async function problemsOf(kind: string, path: Path, wrong: unknown): Promise<string> {
  const { component: Component, args } = declared[kind] ?? { component: Host, args: {} };
  members.mockClear();
  try {
    new Component(`wrong${count++}`, withValue(args, path, wrong) as never);
  } catch (error) {
    if (error instanceof pulumi.RunError) return error.message;
    throw error;
  }
  const added = members.mock.calls.map(([member]) => member);
  await Promise.all(added.map(({ settled }) => settled));
  return formatProblems(
    kind,
    added.flatMap((member) => member.problems()),
  );
}

// The SDK takes a stack trace for each promise, which would be most of the time of these tests.
Error.stackTraceLimit = 0;

let count = 0;
recordHooks();
const declared = declarations();
const members = jest.spyOn(Gate.prototype, 'add');
const cases = Object.entries(declared).flatMap(([kind, { args }]) =>
  pathsOf(args).map((path) => ({ kind, path, argument: shown(path) })),
);

test('the arguments themselves are right', async () => {
  for (const kind of Object.keys(declared)) {
    expect(await problemsOf(kind, ['label'], undefined)).toBe(`${kind}: 0 problems`);
  }
});

test.each(cases.filter(({ path: [first = ''] }) => !(first in passedOn)))(
  '$kind: what is never right for $argument is refused, with its path',
  async ({ kind, path, argument }) => {
    for (const wrong of neverRight()) expect(await problemsOf(kind, path, wrong)).toContain(`\n  ${argument}: `);
  },
);

test.each(cases)('$kind: a wrong $argument makes no other error than a refusal', async ({ kind, path }) => {
  for (const wrong of mostlyWrong()) expect(await problemsOf(kind, path, wrong)).toMatch(/: \d+ problems?/);
});
