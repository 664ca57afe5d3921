import fc from 'fast-check';
import { Gate, type GateMember } from '../../src/components/gate';
import { warnOfDrift } from '../../src/components/driftWarning';
import { revisionOf } from '../../src/components/revision';
import { cutsOff, engineAtLeast, missingParent } from '../../src/host/dockerReport';
import type { HostQuestion } from '../../src/host/hostSession';
import { askHost, type HostAnswer } from '../../src/host/probe';
import type { ProbeResult } from '../../src/host/probeResult';
import { linkCommand } from '../../src/host/remoteScript';
import type { SshResult } from '../../src/host/ssh';
import type { SshTarget } from '../../src/host/sshOption';
import { checkForeignContainers } from '../../src/plan/layout/foreignContainer';
import { checkForeignNetworks, foreignOnSameParent } from '../../src/plan/layout/foreignNetwork';
import { warnSecondMac } from '../../src/plan/layout/machineWarning';
import { checkNetworkParent, checkTrunkParent } from '../../src/plan/layout/parentInterface';
import { planHost } from '../../src/plan/layout/placement';
import { readTrunk } from '../../src/plan/link/trunk';
import { engine } from '../../src/plan/network/engineVersion';
import { planNetwork } from '../../src/plan/network/network';
import { planWith } from '../readWith';
import { Canary, hostile, mostText, reportTried, safeText, tries } from '../hostile';
import { anyHop, anyTarget as target } from '../sshTarget';

/** What a host may answer, from its own words to bytes that are no text: what of it is printed is safe to print, and short. */

const answers: SshResult[] = [];
jest.mock('../../src/host/ssh', () => ({
  runOverSsh: () => Promise.resolve(answers[0]),
}));

const canary = new Canary();
afterAll(() => {
  canary.forget();
});

const through = { ...target, proxy: { ...anyHop, address: '192.0.2.9' } };
const question: HostQuestion = { report: true, specs: ['owner p+s+t\nparent eth0\n'], sudo: false, links: 'check' };
const network = planNetwork({
  driver: 'macvlan',
  name: 'lan',
  parentInterface: 'eth0.50',
  subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }],
});

const trunk = planWith(readTrunk, { parentInterface: 'eth0', vlans: [{ vlanId: 50 }] });

/** All that is printed of an answer, at preview: warnings, or the refusal. */
async function printed(result: ProbeResult<HostAnswer>): Promise<string> {
  const lines: string[] = [];
  const gate = new Gate({
    isDryRun: () => true,
    warn: (text) => {
      lines.push(text);
      return Promise.resolve();
    },
  });
  const member = (probe: ProbeResult<unknown>): GateMember => ({
    subject: 'Host n1',
    settled: Promise.resolve(),
    secrets: [],
    problems: () => [],
    probe: () => Promise.resolve(probe),
  });
  const members = [...uses(result), ...(result.kind === 'seen' ? result.value.links : [])].map(member);
  for (const one of members) gate.add(one);
  await gate
    .pass(members, { label: 'Host n1', isUpdate: false })
    .catch((error: unknown) => lines.push((error as Error).message));
  const [links] = result.kind === 'seen' ? result.value.links : [];
  if (links?.kind === 'seen') await warnOfDrift(gate, member(links), links.value);
  return lines.join('\n');
}

/** What networks make of it. */
function uses(result: ProbeResult<HostAnswer>): ProbeResult<unknown>[] {
  if (result.kind !== 'seen' || result.value.report === undefined) return [result];
  const { report } = result.value;
  const clashes = [
    ...checkForeignNetworks(network, report.networks),
    ...report.containers.flatMap(({ name }) => checkForeignContainers(name, report.containers)),
  ].map(({ path, message }) => `${path}: ${message}`);
  const parents = [
    checkTrunkParent(trunk, report.parents),
    checkNetworkParent(network, report.parents, true),
    checkNetworkParent({ ...network, parentInterface: 'eth0' }, report.parents, true),
  ];
  const machine = warnSecondMac(planHost([network], []), report.parents.machine, report.networks);
  const reasons = [
    ...parents.flatMap(({ faults }) => faults),
    ...clashes,
    cutsOff(report, 'eth0'),
    missingParent(report, 'eth9'),
  ].filter((one) => one !== undefined);
  foreignOnSameParent(network, report.networks);
  return [
    {
      kind: 'seen',
      value: true,
      warnings: [...parents.flatMap(({ warnings }) => warnings), ...machine.map(({ message }) => message)],
    },
    ...reasons.map((reason) => ({ kind: 'refused', reason }) as const),
    engineAtLeast(report, engine(999), 'a network'),
  ];
}

async function expectSafe(answer: SshResult, of: SshTarget = target): Promise<void> {
  tries();
  answers[0] = answer;
  const result = await askHost(of, question);
  const text = await printed(result);
  expect(text).toMatch(safeText);
  expect(text.length).toBeLessThan(mostText * 3);
  const [links] = result.kind === 'seen' ? result.value.links : [result];
  const { word } = revisionOf(links, new Date(0));
  expect(linkCommand('apply', false, word)).toMatch(/ "\$SSH_CONNECTION" [A-Za-z0-9-]{1,40}$/);
}

/** Bytes of any kind, as ssh hands them on. */
const bytes = fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.from(raw).toString());
const text = (right: string) =>
  fc.oneof({ weight: 6, arbitrary: hostile(canary.file, right) }, { weight: 1, arbitrary: bytes });
const line = (right: string) => text(right).map((one) => one.replaceAll('\n', ' '));
const json = (right: string) => text(right).map((one) => JSON.stringify(one));

const word = (name: string, right: string) => line(right).map((one) => `${name} ${one}`);
/** Answers of the Engine's API, as they are printed line by line. */
const api = (body: string) => ['api HTTP/1.1 200 OK\r', 'api \r', ...body.split('\n').map((one) => `api ${one}`)];
const listing = fc
  .tuple(json('lan'), json('macvlan'), json('id'), json('eth0.50'), json('bridge'), json('10.0.0.0/24'), fc.boolean())
  .map(([name, driver, owner, parent, mode, subnet, isOdd]) => {
    const more = isOdd ? subnet : '"10.0.0.0/24"';
    const ipam = `{"Driver":"default","Config":[{"Subnet":${more},"IPRange":${subnet}}]}`;
    const options = `{"parent":${parent},"macvlan_mode":${mode}}`;
    const labels = `{"vlan-trunk.owner":${owner},"com.docker.compose.project":${mode}}`;
    return [
      ...api(`{"ServerVersion":${mode},"message":${driver}}`),
      ...api(
        `[{"Name":${name},"Driver":${driver},"Scope":"local","IPAM":${ipam},"Options":${options},"Labels":${labels}}]`,
      ),
      ...api(`[{"Names":[${name}],"Image":${driver},"Labels":${labels}}]`),
    ];
  });
const apiLine = line('[]').map((one) => `api ${one}`);
const fact = fc.oneof(
  word('docker error', 'no daemon'),
  word('missing', 'awk'),
  word('link', 'eth0'),
  word('link eth0', 'eth0'),
  word('port eth0', 'br0'),
  word('port eth0 br0', 'bridge'),
  word('port tap1 eth0', 'bridge'),
  line('br0').map((one) => `port eth0 ${one.replaceAll(/\s/g, '_')} bond`),
  word('vlan eth0.50 eth0 50', '802.1Q'),
  word('vlan eth0.50', 'eth0 50 802.1Q'),
  word('bond eth0', 'balance-alb'),
  word('filter eth0', '802.1Q'),
  word('wireless', 'eth0'),
  word('no-module', 'macvlan'),
  word('kernel', '6.1.0'),
  word('dmi sys_vendor', 'Hetzner'),
  word('dmi', 'product_name VirtualBox'),
  word('bridge-vlans', '[{"ifname":"eth0","vlans":[{"vlan":1}]}]'),
  json('eth0').map(
    (one) => `bridge-vlans [{"ifname":${one},"vlans":[{"vlan":50,"vlanEnd":${one},"flags":[${one}]}]}, ${one}]`,
  ),
  word('arrival', 'eth0'),
  apiLine,
  fc.constantFrom(
    'links 0 0',
    'links 0 1',
    'arrival eth0',
    'api HTTP/1.1 200 OK',
    'link eth0',
    'filter eth0 802.1Q',
    'wireless eth0',
    'bond eth0 balance-tlb',
    'no-module macvlan',
    'no-module 8021q',
    'bridge-vlans []',
  ),
  word('links 0', '0'),
  ...['', 'vlan-trunk: ', 'warning: ', 'revision ', 'healed 2 ', 'healed ', 'drift '].map((start) =>
    line('x').map((one) => `words 0 ${start}${one}`),
  ),
  fc
    .tuple(line('eth0.50'), line('link'), line('up'), line('missing'))
    .map(([a, b, c, d]) => `words 0 drift ${a} ${b} ${c} -- ${d}`),
  fc
    .tuple(
      line('eth0.50'),
      fc.constantFrom('link', 'state', 'MTU', 'alias', 'route', 'address', 'sysctl'),
      line('up'),
      line('x'),
    )
    .map(([a, b, c, d]) => `words 0 drift ${a.replaceAll(/\s/g, '_')} ${b} ${c} -- ${d}`),
);

test('facts of a session, among them lines of a login shell', async () => {
  const stdout = fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fact.map((one) => `vlan-trunk-probe ${one}`) },
        { weight: 2, arbitrary: listing.map((lines) => lines.map((one) => `vlan-trunk-probe ${one}`).join('\n')) },
        text('Welcome'),
      ),
      { maxLength: 8 },
    )
    .map((lines) => [...lines, 'vlan-trunk-probe links 0 0', 'vlan-trunk-probe end', ''].join('\n'));
  await fc.assert(
    fc.asyncProperty(stdout, (said) => expectSafe({ status: 0, stdout: said, stderr: '' })),
    { numRuns: 1500 },
  );
});

test('failures of ssh, with a banner, and hosts that run something else', async () => {
  const status = fc.constantFrom(255, undefined, 0, 1, 127);
  const words = fc.constantFrom(
    'Permission denied (publickey).',
    'Host key verification failed.',
    'Load key "/home/me/k": error in libcrypto',
    'ControlPath too long',
    'Unable to negotiate with 192.0.2.1: no matching cipher found. Their offer: ',
    'vlan-trunk: no private key ',
  );
  const stderr = fc
    .tuple(text('Welcome'), words, text('x'))
    .map(([banner, cause, more]) => `${banner}\n${cause}${more}`);
  await fc.assert(
    fc.asyncProperty(status, text('Welcome'), stderr, fc.boolean(), (code, stdout, error, hasProxy) =>
      expectSafe({ status: code, stdout, stderr: error }, hasProxy ? through : target),
    ),
    { numRuns: 700 },
  );
});

test.each([
  ['a banner of 100 kB', { status: 255, stdout: '', stderr: '#'.repeat(100_000) }],
  ['100,000 lines', { status: 1, stdout: '', stderr: 'x\n'.repeat(100_000) }],
  [
    '100,000 reasons',
    {
      status: 0,
      stdout: `vlan-trunk-probe links 0 1\n${'vlan-trunk-probe words 0 vlan-trunk: no\n'.repeat(100_000)}vlan-trunk-probe end\n`,
      stderr: '',
    },
  ],
  [
    'a chain of 20,000 links and ports',
    {
      status: 0,
      stdout: `vlan-trunk-probe arrival l0\n${Array.from({ length: 20_000 }, (_, n) => `vlan-trunk-probe link l${n} l${n + 1}\nvlan-trunk-probe port p${n} l${n}\n`).join('')}vlan-trunk-probe links 0 0\nvlan-trunk-probe end\n`,
      stderr: '',
    },
  ],
])('%s floods nothing', (_, answer) => expectSafe(answer));

test('what a host names is told apart by each of its characters, and forges no line', async () => {
  const evil = {
    Name: 'evil\n2 problems:\u001b[2J\u202e',
    Driver: 'macvlan',
    Scope: 'local',
    IPAM: { Driver: 'default', Config: [{ Subnet: '10.0.0.0/24' }] },
    Options: { parent: 'eth0.50', macvlan_mode: 'passthru' },
  };
  const answer = ['{"ServerVersion":"28.5.2"}', JSON.stringify([evil])].flatMap(api);
  const stdout = [...answer, 'links 0 0', 'end', ''].map((one) => `vlan-trunk-probe ${one}`).join('\n');
  answers[0] = { status: 0, stdout, stderr: '' };
  expect(await printed(await askHost(target, question))).toContain(
    String.raw`Docker network evil\u000a2 problems:\u001b[2J\u202e (macvlan)`,
  );
});

reportTried('answers', 2000);
