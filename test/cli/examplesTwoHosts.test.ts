import { currentLab } from '../../lab/lab';
import { type Ping, runExample, runProject } from './example';
import { forgetProjects, Project, succeeds } from './project';
import { withAgent } from './sshAgent';

/** The examples of two hosts, and the repository itself as a project, as users run them. */

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

/** The repository as a project: its Pulumi.yaml, and the config of its stack `lab`. */
const rootProject = ['Pulumi.yaml', 'Pulumi.lab.yaml', 'examples/macvlan-trunk'];

async function hostsOf(project: Project, stack: string): Promise<unknown> {
  const { stdout } = await succeeds(project.pulumi('config', '--json', '--stack', stack));
  return (JSON.parse(stdout) as Record<string, { objectValue: unknown }>)['vlan-trunk:hosts']?.objectValue;
}

test('the root project: its stack "lab" is the trunk on the first two hosts of the lab, with the key from the ssh agent', async () => {
  const project = await Project.copyOf(...rootProject).configure();
  const hosts = currentLab().hosts.slice(0, 2);
  expect(await hostsOf(project, 'lab')).toEqual(
    hosts.map(({ name, address }) => ({ name, address, acceptAnyHostKey: true })),
  );
  await withAgent((socket) =>
    runProject(
      project.with({ SSH_AUTH_SOCK: socket }),
      hosts.map(({ name }) => name),
      [{ host: 'n2', container: 'b4', to: ['192.168.15.11'], notTo: ['192.168.14.11'] }],
    ),
  );
});

test('the root project: hosts set by `pulumi config set --path`, as the examples say, are what the program reads', async () => {
  const project = Project.copyOf(...rootProject);
  await succeeds(project.pulumi('stack', 'init', 'home'));
  const set = (path: string, value: string) =>
    succeeds(project.pulumi('config', 'set', '--stack', 'home', '--path', path, value));
  await set('hosts[0].name', 'n1');
  await set('hosts[0].address', '192.0.2.11');
  await set('hosts[0].port', '2222');
  await set('hosts[0].sudo', 'true');
  await set('hosts[1].name', 'n2');
  expect(await hostsOf(project, 'home')).toEqual([
    { name: 'n1', address: '192.0.2.11', port: 2222, sudo: true },
    { name: 'n2' },
  ]);
});
