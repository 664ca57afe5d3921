import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { Host, MacvlanNetwork, NetworkContainer } from 'vlan-trunk';
import { apiAnswer, inspectedContainer, ownedAnswers } from '../apiAnswer';
import { declaredAs, noteOptions, optionsOf, valueOf } from './declare';
import { recordHooks } from './engineWithHooks';

/** What goes into labels and components as a host's answer has it, and what keeps the value of the state. A program on PATH stands for ssh. */

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const ownPath = process.env.PATH ?? '';
const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-drift-'));
beforeAll(() => {
  process.env.PATH = `${folder}${delimiter}${ownPath}`;
  const file = join(folder, 'ssh');
  // Each host has a file of its own; one without does not answer.
  const script = `input=$(cat)
for word; do
  case $word in
  *192.0.2.*) [ ! -e ${folder}/\${word##*@} ] || { printf '%s\\n' "$input" >${folder}/asked; cat ${folder}/\${word##*@}; exit; } ;;
  esac
done
echo "connect: no route to host" >&2; exit 255`;
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
});
beforeEach(recordHooks);
// The engine of the next test knows nothing of what this one has still to register.
afterEach(() => pulumi.runtime.disconnect());
afterAll(() => {
  process.env.PATH = ownPath;
  rmSync(folder, { recursive: true, force: true });
});

const owner = '0b8c8a3e-6a49-4a25-9a4b-9a6e3a1f1d10';
jest.mock('node:crypto', () => ({ ...jest.requireActual<object>('node:crypto'), randomUUID: () => owner }));

const old = '20250101T000000Z';
const fresh = expect.stringMatching(/^2\d{7}T\d{6}Z$/) as string;
let count = 0;

const warnings: string[] = [];
beforeEach(() => {
  warnings.length = 0;
  jest.spyOn(pulumi.log, 'warn').mockImplementation((text) => Promise.resolve(void warnings.push(text)));
});

const ipam = [{ Subnet: '10.0.0.0/24', Gateway: '10.0.0.1' }];
const network = (mode: string) => ({
  Id: 'abc',
  Name: 'lan',
  Driver: 'macvlan',
  Scope: 'local',
  Options: { parent: 'eth0', macvlan_mode: mode },
  Labels: { 'vlan-trunk.owner': owner, 'vlan-trunk.revision': old },
  IPAM: { Driver: 'default', Config: ipam },
});
/** The Engine's answers: what it is, its networks and its containers, of which `owned` tells more. */
const engine = (...networks: object[]) => [
  ...apiAnswer({ ServerVersion: '28.5.2' }),
  ...apiAnswer(networks),
  ...apiAnswer([]),
];
const container = (status: string) =>
  inspectedContainer('web', owner, old, status, { lan: { NetworkID: 'abc', IPAddress: '10.0.0.7' } });
const asMade = [...engine(network('bridge')), ...ownedAnswers(container('running'))];

interface Given {
  /** What the host prints; absent: it does not answer. */
  facts?: string[];
  preflight?: boolean;
  labels?: Record<string, string>;
  /** Further arguments of the container. */
  more?: { mustRun: boolean; rm: boolean };
}

/** A network and a container on a host of their own. */
async function declare({ facts, preflight = true, labels, more = { mustRun: true, rm: false } }: Given) {
  const at = `${(count += 1)}`;
  const address = `192.0.2.${at}`;
  const lines = ['link eth0', ...(facts ?? []), 'end'];
  if (facts !== undefined)
    writeFileSync(join(folder, address), lines.map((one) => `vlan-trunk-probe ${one}\n`).join(''));
  const host = new Host(`n${at}`, { address, hostKey, preflight, site: address });
  // Its transformation comes after those that a resource adds itself.
  const parent = new pulumi.ComponentResource('test:index:Parent', `parent${at}`, {}, noteOptions);
  const subnets = [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }];
  const withLabels = labels === undefined ? {} : { labels };
  const lan = new MacvlanNetwork(
    `lan${at}`,
    { host, name: 'lan', parentInterface: 'eth0', subnets, ...withLabels },
    { parent },
  );
  const args = { ...more, image: 'busybox', name: 'web', attachments: [{ network: lan, ipv4Address: '10.0.0.7' }] };
  const c = new NetworkContainer(`c${at}`, args, { parent });
  await valueOf(pulumi.all([lan.network.id, c.container.id]));
  const of = async (name: string) => {
    const { inputs } = await declaredAs(name);
    const { revision, repair, labels: all = [] } = inputs;
    const label = Array.isArray(all)
      ? (all as { label: string; value: string }[]).find((one) => one.label === 'vlan-trunk.revision')?.value
      : undefined;
    const kept = optionsOf(name)?.ignoreChanges ?? [];
    return { ...(name.includes('-') ? { label } : { revision, repair }), kept };
  };
  return {
    network: await of(`lan${at}`),
    networkChild: await of(`lan${at}-network`),
    container: await of(`c${at}`),
    containerChild: await of(`c${at}-container`),
    lan,
    c,
  };
}

const unchanged = { label: old, kept: [] };
const inSync = { revision: old, kept: ['repair'] };

test('what is as it was made keeps the revision of the host', async () => {
  const { network, networkChild, container, containerChild } = await declare({ facts: asMade });
  expect([networkChild, containerChild]).toEqual([unchanged, unchanged]);
  expect([network, container]).toMatchObject([inSync, inSync]);
});

test('what is missing, or a network with other settings, gets a new one', async () => {
  for (const facts of [
    [...engine(), ...ownedAnswers()],
    [...engine(network('private')), ...ownedAnswers()],
  ]) {
    const all = await declare({ facts });
    expect([all.networkChild, all.containerChild]).toEqual(Array(2).fill({ label: fresh, kept: [] }));
    expect([all.network, all.container]).toMatchObject(Array(2).fill({ revision: fresh, kept: ['repair'] }));
  }
});

test('a container that only stands still keeps its revision, and its component gets a new input', async () => {
  const { container: component, containerChild } = await declare({
    facts: [...engine(network('bridge')), ...ownedAnswers(container('exited'))],
  });
  expect(containerChild).toEqual(unchanged);
  expect(component).toEqual({ revision: old, repair: fresh, kept: [] });
});

test('a container that has ended, and that Docker removes then, is not missing', async () => {
  const facts = [...engine(network('bridge')), ...ownedAnswers()];
  const { container: ended, containerChild } = await declare({ facts, more: { mustRun: false, rm: true } });
  expect([containerChild.kept, [...ended.kept].sort()]).toEqual([['labels'], ['repair', 'revision']]);
  const { containerChild: lost } = await declare({ facts, more: { mustRun: true, rm: true } });
  expect(lost).toEqual({ label: fresh, kept: [] });
});

test.each<[string, Given, string]>([
  ['does not answer', {}, 'no route to host'],
  ['could list only a part', { facts: asMade.slice(0, -apiAnswer({}).length) }, 'Docker did not list all that it has'],
  ['has no Engine that answers', { facts: ['docker error Cannot connect', 'end'] }, 'Cannot connect'],
])('of a host that %s all stays as the state has it, and that is said', async (_, given, reason) => {
  const { network: net, networkChild, container: c, containerChild } = await declare(given);
  const keptChild = { label: undefined, kept: ['labels'] };
  if (given.facts?.[0]?.startsWith('docker') !== true)
    expect([networkChild, containerChild]).toEqual([keptChild, keptChild]);
  expect([net.kept, c.kept].map((one) => [...one].sort())).toEqual(Array(2).fill(['repair', 'revision']));
  const notChecked = warnings.filter((text) => text.includes('could be checked'));
  expect(new Set(notChecked).size).toBe(1);
  expect(notChecked[0]).toContain(reason);
});

test('without preflight labels stay as the state has them, but those of the user', async () => {
  const plain = await declare({ preflight: false });
  expect([plain.networkChild, plain.containerChild]).toEqual(Array(2).fill({ label: undefined, kept: ['labels'] }));
  const labelled = await declare({ preflight: false, labels: { role: 'x' } });
  expect(labelled.networkChild).toEqual({ label: undefined, kept: [] });
});

describe('the hook of a component', () => {
  const hookOf = (name: string) => optionsOf(name)?.hooks?.beforeUpdate?.[0] as pulumi.ResourceHook;
  const call = (name: string, oldInputs: object | undefined, newInputs: object) =>
    hookOf(name).callback({ urn: '', id: '', name, type: '', newInputs, ...(oldInputs && { oldInputs }) });
  const said = () => warnings.filter((text) => text.includes('not as the last up left it'));
  const latest = (prefix: string) => `${prefix}${count}`;
  const attachments = [{ network: 'lan', ipv4Address: '10.0.0.7' }];

  test('tells what is missing, where the state has it', async () => {
    await declare({ facts: [...engine(), ...ownedAnswers()] });
    await call(latest('lan'), { name: 'lan', revision: old }, { name: 'lan', revision: 'new' });
    expect(said()).toEqual([expect.stringContaining('network lan is missing')]);
  });

  test('tells nothing of what is made for the first time, or declared otherwise than before', async () => {
    await declare({ facts: [...engine(), ...ownedAnswers()] });
    await call(latest('lan'), undefined, { name: 'lan', revision: 'new' });
    await call(latest('lan'), { name: 'wan', revision: old }, { name: 'lan', revision: 'new' });
    await call(latest('c'), { attachments: [] }, { attachments, revision: 'new' });
    expect(said()).toEqual([]);
  });

  test('tells that another program has made it anew, where it is as declared', async () => {
    await declare({ facts: asMade });
    await call(latest('lan'), { revision: '20240101T000000Z' }, { revision: old });
    expect(said()).toEqual([expect.stringContaining('network lan was made anew by another program')]);
  });

  test('tells nothing of another program where the last up did not learn the revision, because Docker did not answer', async () => {
    await declare({ facts: asMade });
    await call(latest('lan'), { name: 'lan' }, { name: 'lan', revision: old });
    expect(said()).toEqual([]);
  });

  test('at up a container is mended in one session', async () => {
    await declare({ facts: [...engine(network('bridge')), ...ownedAnswers(container('exited'))] });
    const address = join(folder, `192.0.2.${count}`);
    writeFileSync(address, 'vlan-trunk-probe mended 0 mended\nvlan-trunk-probe end\n');
    await call(latest('c'), { attachments, env: ['A=1'] }, { attachments, env: ['A=2'] });
    expect(said()).toEqual([expect.stringContaining('container web is exited')]);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(/-- vlan-trunk data\ncontainer 0 \S+ web\nstart\n/);
    writeFileSync(address, 'vlan-trunk-probe mended 0 failed no space left\nvlan-trunk-probe end\n');
    await expect(call(latest('c'), { attachments }, { attachments })).rejects.toThrow(
      'container web could not be mended: no space left',
    );
    // Another command may let it start: then it is made anew.
    await call(latest('c'), { attachments, command: ['/nosuch'] }, { attachments, command: ['/bin/sh'] });
  });
});
