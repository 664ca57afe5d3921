import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answering } from '../../lab/reach';
import { plug, unplug } from '../../lab/wire';
import { typesChecked } from '../cli/example';
import { forgetProjects, Project, type Said, succeeds } from '../cli/project';
import { hostFacts, sh } from './facts';
import { type HostConfig, hostConfigs } from './stack';

/** One of two hosts is away: what becomes of it and of the other one, by the CLI, and how a host that never comes back is let go. */

const [here, away] = ['n15', 'n16'] as const;
const both = hostConfigs(here, away);
const silence = new RegExp(`Host ${away}: root@\\S+ port 22 (?:cannot be reached|did not answer in time)`);
let untouched: string[];
let project: Project;

const facts = () => Promise.all([here, away].map(hostFacts));

interface Wanted {
  onUnreachable?: 'fail' | 'skip';
  mtu?: number;
  seconds?: string[];
  hosts?: HostConfig[];
}

function declare({ onUnreachable = 'skip', mtu = 1400, seconds = [], hosts = both }: Wanted): void {
  const own = hosts.map((host) => ({ ...host, ...(host.name === away && { onUnreachable }) }));
  project.reconfigure({ 'away:hosts': own, 'away:mtu': mtu, 'away:seconds': seconds });
}

/** The resources that a preview or an `up` names with a change. */
const changed = ({ stdout }: Said, host: string) =>
  [...stdout.matchAll(/^ +[-+~]+ +\S+ (\S+) (?:create|update|delete|replace)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name.startsWith(`${host}-`));

const mtuOf = (host: string) => sh(host, 'cat /sys/class/net/eth0.247/mtu');

const passes = async () => {
  const from = { host: here, container: 'away-first', address: '' };
  const other = `192.168.247.${10 + Number(away.slice(1))}`;
  expect(await answering(from, [other])).toEqual(new Set([other]));
};

beforeAll(async () => {
  untouched = await facts();
  project = Project.of({
    'Pulumi.yaml': 'name: away\nruntime: nodejs\n',
    'package.json': '{ "main": "index.ts" }',
    'tsconfig.json': readFileSync(join(__dirname, '../../examples/macvlan-trunk/tsconfig.json'), 'utf8'),
    'index.ts': readFileSync(join(__dirname, 'programs/away.ts'), 'utf8'),
  }).with(typesChecked);
  await project.configure();
  declare({});
  await succeeds(project.up());
  await passes();
});

afterAll(async () => {
  await plug(away);
  await forgetProjects();
  expect(await facts()).toEqual(untouched);
});

describe('with onUnreachable skip', () => {
  beforeAll(() => unplug(away));
  afterAll(() => plug(away));

  test('a change of both is made on the other host, and what is on this one stays, with one warning', async () => {
    declare({ mtu: 1300 });
    const preview = await succeeds(project.preview());
    expect(changed(preview, here)).toContain(`${here}-trunk-links`);
    expect(changed(preview, away)).toEqual([]);
    const up = await succeeds(project.up('--skip-preview'));
    expect(changed(up, away)).toEqual([]);
    for (const { diagnostics } of [preview, up]) {
      expect(diagnostics.split(silence)).toHaveLength(2);
      expect(diagnostics).toContain('nothing there could be checked, and it stays as the last up left it');
    }
    expect(await mtuOf(here)).toBe('1300');
    await succeeds(project.preview('--expect-no-changes'));
  });

  test('what is new on it is an error at up', async () => {
    declare({ mtu: 1300, seconds: [away] });
    await succeeds(project.preview());
    const up = await project.up();
    expect([up.code === 0, up.diagnostics]).toEqual([false, expect.stringMatching(silence)]);
  });
});

test('once it answers again, the same up makes all that it has missed', async () => {
  declare({ mtu: 1300, seconds: [away] });
  const preview = await succeeds(project.preview());
  expect(changed(preview, away)).toContain(`${away}-trunk-links`);
  expect(changed(preview, here)).toEqual([]);
  await succeeds(project.up());
  expect(await mtuOf(away)).toBe('1300');
  await passes();
  await succeeds(project.preview('--expect-no-changes'));
});

test('with fail up ends with an error for what is on it, and the other host goes on with --continue-on-error', async () => {
  await unplug(away);
  try {
    declare({ onUnreachable: 'fail', mtu: 1290, seconds: [away] });
    await succeeds(project.preview());
    const up = await project.up('--continue-on-error');
    expect([up.code === 0, up.diagnostics]).toEqual([false, expect.stringMatching(silence)]);
    expect(await mtuOf(here)).toBe('1290');
  } finally {
    await plug(away);
  }
});

test('a host that is gone for good is let go by one command', async () => {
  await unplug(away);
  try {
    declare({ mtu: 1290, hosts: both.slice(0, 1) });
    const urn = `urn:pulumi:lab::away::vlan-trunk:index:Host::${away}`;
    await succeeds(project.pulumi('state', 'delete', '--target-dependents', '--yes', urn));
    await succeeds(project.up());
    const { stdout } = await succeeds(project.pulumi('stack', '--show-urns'));
    expect(stdout).not.toContain(`::${away}`);
    await succeeds(project.preview('--expect-no-changes'));
  } finally {
    await plug(away);
    // By hand, as the state knows nothing of it.
    await sh(
      away,
      `docker rm -f away-first away-second; docker network rm away; ip link del eth0.247
       systemctl disable --quiet vlan-trunk.service; rm -f /etc/systemd/system/vlan-trunk.service
       rm -rf /var/lib/vlan-trunk /var/run/vlan-trunk /etc/systemd/network/00-vlan-trunk-*`,
    );
  }
});
