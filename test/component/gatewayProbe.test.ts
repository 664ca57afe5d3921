import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { Host, IpvlanNetwork, MacvlanNetwork, NetworkContainer, type NetworkContainerArgs } from 'vlan-trunk';
import { apiAnswer, ownedAnswers } from '../apiAnswer';
import { ProgramsOnPath } from '../programsOnPath';
import { noteOptions, optionsOf, valueOf } from './declare';
import { recordHooks } from './engineWithHooks';

/** What is asked of a host once a container has been made. A program on PATH stands for ssh: all gateways are silent there. */

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const programs = new ProgramsOnPath();
const warnings: string[] = [];
let count = 0;
let open = 0;

beforeEach(() => {
  recordHooks();
  warnings.length = 0;
  open = 0;
  jest.spyOn(pulumi.log, 'warn').mockImplementation((text) => Promise.resolve(void warnings.push(text)));
  // The program does not end while it is held.
  jest.spyOn(pulumi.runtime, 'rpcKeepAlive').mockImplementation(() => {
    open++;
    return () => (open -= 1);
  });
  const engine = [...apiAnswer({ ServerVersion: '28.5.2' }), ...apiAnswer([]), ...apiAnswer([]), ...ownedAnswers()];
  const report = ['link eth0', 'address eth0 192.0.2.77', ...engine, 'end'];
  const said = (facts: string[]) => facts.map((fact) => `echo 'vlan-trunk-probe ${fact}'`).join('\n');
  const facts = 'container=running link=eth0 neighbour=FAILED parent=eth0 state=up';
  programs.make(
    'ssh',
    `input=$(cat)
     asked=$(printf '%s\\n' "$input" | grep '^gateway [0-9]')
     [ -n "$asked" ] || { ${said(report)}
       exit; }
     printf '%s\\n' "$asked" >>${programs.folder}/asked
     printf '%s\\n' "$asked" | while read -r _ number _; do echo "vlan-trunk-probe gateway $number silent ${facts}"; done
     echo 'vlan-trunk-probe end'`,
  );
});
afterEach(() => pulumi.runtime.disconnect());

const asked = (): string[] => {
  const file = join(programs.folder, 'asked');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(file);
  return lines;
};

const subnets = (at: string) => [
  { subnet: '10.0.0.0/24', gateway: `10.0.0.${at}` },
  { subnet: '2001:db8::/64', gateway: `2001:db8::${at}` },
];
type Parent = pulumi.ComponentResource;
const lan = (host: Host, parent: Parent) =>
  new MacvlanNetwork(`lan${count}`, { host, name: 'lan', parentInterface: 'eth0', subnets: subnets('1') }, { parent });

/** Makes a container on a network of a host of their own, as the engine does: with the hooks of the child. */
async function make(
  more: Partial<NetworkContainerArgs> = {},
  network: (host: Host, parent: Parent) => MacvlanNetwork | IpvlanNetwork = lan,
) {
  const name = `n${(count += 1)}`;
  const parent = new pulumi.ComponentResource('test:index:Parent', `parent${count}`, {}, noteOptions);
  // ssh here knows nothing of links.
  const preflight = network !== shimmed;
  const host = new Host(name, { address: `192.0.2.${count}`, hostKey, site: name, preflight });
  const attachments = [{ network: network(host, parent), ipv4Address: '10.0.0.7' }];
  const args = { image: 'busybox', name: 'web', ...(more.networkOf === undefined && { attachments }), ...more };
  const made = new NetworkContainer(`c${count}`, args, { parent });
  await valueOf(made.container.id);
  return { made, run: (outputs = networkDatas) => runHooks(`c${count}-container`, outputs) };
}
const networkDatas = [{ networkName: 'lan', ipAddress: '10.0.0.7', globalIpv6Address: '2001:db8::7' }];

async function runHooks(name: string, outputs: object[]): Promise<void> {
  const { beforeCreate = [], afterCreate = [] } = optionsOf(name)?.hooks ?? {};
  const args = { urn: '', id: '', name, type: '', newInputs: {}, newOutputs: { networkDatas: outputs } };
  for (const hook of [...beforeCreate, ...afterCreate]) await (hook as pulumi.ResourceHook).callback(args);
  while (open > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('the first container asks for both gateways, which is one warning, and the program waits for that', async () => {
  const { run } = await make();
  await run();
  expect(asked()).toEqual(['gateway 0 web 10.0.0.1', 'gateway 1 web 2001:db8::1']);
  expect(warnings).toEqual([
    `Host n${count}: network lan: its gateways 10.0.0.1 and 2001:db8::1 do not answer container web: they are not there, or the switch port is in another VLAN, or port security or a hypervisor drops frames of a second MAC address`,
  ]);
  await run();
  expect(asked()).toEqual([]);
  expect(warnings).toHaveLength(1);
});

test('nothing is asked at preview', async () => {
  await make();
  const { afterCreate = [], afterUpdate = [] } = optionsOf(`c${count}-container`)?.hooks ?? {};
  const hooks = [...afterCreate, ...afterUpdate] as pulumi.ResourceHook[];
  expect(hooks.map(({ opts }) => opts?.onDryRun ?? false)).toEqual([false, false]);
});

test.each<[string, Partial<NetworkContainerArgs>]>([
  ['need not run', { mustRun: false }],
  ['is not started', { start: false, mustRun: false }],
])('a container that %s asks for nothing', async (_, more) => {
  const { run } = await make(more);
  await run();
  expect(asked()).toEqual([]);
});

test('a container in the network of another one asks for nothing', async () => {
  const { made } = await make();
  const { run } = await make({ networkOf: made, name: 'beside' });
  await run([]);
  expect(asked()).toEqual([]);
});

const shimmed = (host: Host, parent: Parent) =>
  new MacvlanNetwork(
    `lan${count}`,
    {
      ...{ host, name: 'lan', parentInterface: 'eth0', subnets: subnets('1') },
      shim: { addresses: ['10.0.0.1', '2001:db8::1'] },
    },
    { parent },
  );
const routed = (host: Host, parent: Parent) =>
  new IpvlanNetwork(
    `lan${count}`,
    { host, name: 'lan', parentInterface: 'eth0', mode: 'l3', subnets: [{ subnet: '10.0.0.0/24' }] },
    { parent },
  );
test.each([
  ['that the host carries on a shim', shimmed],
  ['of ipvlan l3, which has none', routed],
])('a gateway %s is not asked for', async (_, network) => {
  const { run } = await make({}, network);
  await run();
  expect(asked()).toEqual([]);
});
