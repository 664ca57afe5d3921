import { type StackExport, withoutComponents } from '../../../bench/bareState';

const urn = (rest: string) => `urn:pulumi:lab::bench::${rest}`;
const component = 'vlan-trunk:index:Host';

const exported: StackExport = {
  deployment: {
    resources: [
      { urn: urn('pulumi:pulumi:Stack::bench-lab'), type: 'pulumi:pulumi:Stack' },
      { urn: urn(`${component}::n1`), type: component, parent: urn('pulumi:pulumi:Stack::bench-lab') },
      { urn: urn('pulumi:providers:command::default_1_2_1'), custom: true, type: 'pulumi:providers:command', id: 'c' },
      {
        urn: urn(`${component}$pulumi:providers:docker::n1-docker`),
        custom: true,
        type: 'pulumi:providers:docker',
        id: 'd',
        parent: urn(`${component}::n1`),
        inputs: { host: 'ssh://10.88.0.11', __defaults: [] },
      },
      {
        urn: urn(`${component}$docker:index/network:Network::lan`),
        custom: true,
        type: 'docker:index/network:Network',
        id: 'n',
        provider: `${urn(`${component}$pulumi:providers:docker::n1-docker`)}::d`,
        inputs: {
          name: 'lan',
          attachable: false,
          ipamConfigs: [{ subnet: '10.77.0.0/24', __defaults: [] }],
          __defaults: ['attachable'],
        },
        dependencies: [urn(`${component}::n1`), urn(`${component}$pulumi:providers:docker::n1-docker`)],
      },
    ],
  },
};

test('what the engine itself keeps is none of them', () => {
  const kept = {
    urn: urn(`${component}$pulumi:index:Stash::n1-kept`),
    custom: true,
    type: 'pulumi:index:Stash',
    id: 's',
  };
  const { state } = withoutComponents({ deployment: { resources: [...exported.deployment.resources, kept] } });
  expect(state).toEqual(withoutComponents(exported).state);
});

test('a state without its components: each resource a child of the stack, of the same provider', () => {
  const { state } = withoutComponents(exported);
  const network = state.deployment.resources.at(-1);
  expect(state.deployment.resources.map(({ type }) => type)).not.toContain(component);
  expect(network).toMatchObject({
    urn: urn('docker:index/network:Network::lan'),
    parent: urn('pulumi:pulumi:Stack::bench-lab'),
    provider: `${urn('pulumi:providers:docker::n1-docker')}::d`,
    dependencies: [urn('pulumi:providers:docker::n1-docker')],
  });
});

test('what the program without components declares: no default provider, and no input that is a default', () => {
  const { resources } = withoutComponents(exported);
  expect(resources.map(({ name }) => name)).toEqual(['n1-docker', 'lan']);
  expect(resources[1]).toEqual({
    type: 'docker:index/network:Network',
    name: 'lan',
    urn: urn('docker:index/network:Network::lan'),
    inputs: { name: 'lan', ipamConfigs: [{ subnet: '10.77.0.0/24' }] },
    provider: urn('pulumi:providers:docker::n1-docker'),
    dependencies: [urn('pulumi:providers:docker::n1-docker')],
  });
});
