import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostProbe } from '../../../src/components/hostProbe';
import { ProgramsOnPath } from '../../programsOnPath';
import { anyTarget as target } from '../../sshTarget';

/** A program on PATH stands for the local ssh: it notes what it was given, and answers as a host would. */

const programs = new ProgramsOnPath();

/** What probe.sh prints of the Engine's answer. */
const engine = ['api HTTP/1.1 200 OK', 'api', 'api {"ServerVersion":"28.5.2"}'];

beforeEach(() => {
  answers([...engine, 'links 0 0', 'words 0 warning: a router', 'words 0 staged', 'links 1 0', 'end']);
});

function answers(facts: string[]): void {
  const lines = facts.map((fact) => `echo 'vlan-trunk-probe ${fact}'`);
  const { folder } = programs;
  const log = [`echo "$1 $2 $3 $4" >>${folder}/options`, `{ cat; echo '== end of a session'; } >>${folder}/log`];
  // As often as the file has lines, no connection can be made.
  const silent = `if [ -s ${folder}/silent ]; then sed -i 1d ${folder}/silent; echo 'port 22: timed out' >&2; exit 255; fi`;
  programs.make('ssh', [...log, silent, ...lines].join('\n'));
}

async function waitUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** What went in, one text a session. */
function sessions(): string[] {
  const log = join(programs.folder, 'log');
  return existsSync(log) ? readFileSync(log, 'utf8').split('== end of a session\n').slice(0, -1) : [];
}

const how = (session: string | undefined) => /^-- vlan-trunk script (\S+) (\S+)/m.exec(session ?? '')?.slice(1);
const [one, two] = ['owner p+s+one\nparent eth0\n', 'owner p+s+two\nparent eth1\n'] as [string, string];

const nothing = {
  revision: undefined,
  healed: undefined,
  manager: undefined,
  drift: [],
  departing: [],
  reverted: undefined,
  isArmed: false,
};

test('all that is asked before anything is awaited goes in one session, and nothing is asked twice', async () => {
  const probe = new HostProbe(target, false, true);
  const [report, first, second] = await Promise.all([probe.report(), probe.links(one), probe.links(two)]);
  expect(report).toMatchObject({ kind: 'seen', value: { version: '28.5.2' } });
  expect(first).toEqual({ kind: 'seen', value: { staged: true, kept: false, ...nothing }, warnings: ['a router'] });
  expect(second).toEqual({ kind: 'seen', value: { staged: false, kept: false, ...nothing }, warnings: [] });
  await Promise.all([probe.report(), probe.links(one)]);
  expect(sessions()).toHaveLength(1);
  expect(sessions()[0]).toContain('fact docker missing');
  expect(sessions()[0]).toContain(`-- vlan-trunk spec\n${one}-- vlan-trunk spec\n${two}`);
  await probe.links('owner p+s+late\n');
  expect(sessions()).toHaveLength(2);
  // The facts about Docker are not asked for again.
  expect(sessions()[1]).not.toContain('fact docker missing');
});

describe('a session that was begun before the question', () => {
  const begun = async (): Promise<HostProbe> => {
    // Notes its start, before it reads anything.
    answers(['links 0 0', 'end']);
    const probe = new HostProbe(target, false, true);
    probe.begin();
    await waitUntil(() => existsSync(join(programs.folder, 'options')));
    return probe;
  };
  const starts = () => readFileSync(join(programs.folder, 'options'), 'utf8').trim().split('\n').length;

  test('is the one in which the host is asked, once', async () => {
    const probe = await begun();
    const first = probe.links(one);
    await new Promise((resolve) => setImmediate(resolve));
    // The first one is still under way.
    const second = probe.links(two);
    expect(await Promise.all([first, second])).toMatchObject([{ kind: 'seen' }, { kind: 'seen' }]);
    expect(starts()).toBe(2);
    expect(sessions()).toHaveLength(2);
  });

  test('is not used if it has ended: the host may have come since', async () => {
    programs.make('ssh', 'exit 255');
    const probe = new HostProbe(target, false, true);
    probe.begin();
    await new Promise((resolve) => setTimeout(resolve, 500));
    answers(['links 0 0', 'end']);
    expect(await probe.links(one)).toMatchObject({ kind: 'seen' });
  });

  test('is not used after ten seconds: another machine may have the address by then', async () => {
    const probe = await begun();
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 11_000);
    expect(await probe.links(one)).toMatchObject({ kind: 'seen' });
    jest.restoreAllMocks();
    await waitUntil(() => sessions().length === 2);
    expect(sessions().sort()).toEqual(['', expect.stringContaining(one)]);
  });
});

test('at preview nothing is kept on the host', async () => {
  const probe = new HostProbe(target, true, true);
  await probe.links(one);
  await probe.stage(one, false);
  expect(sessions().map(how)).toEqual([['check', '-']]);
});

test('at up the check brings the script, and where it did not, one more session does', async () => {
  const probe = new HostProbe(target, true, false);
  await Promise.all([probe.links(one), probe.links(two)]);
  await probe.stage(one, false);
  const name = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
  expect(sessions().map(how)).toEqual([['check', name]]);
  answers(['links 0 0', 'end']);
  await probe.stage(two, false);
  await probe.stage('owner p+s+without+preflight\n', false);
  expect(sessions().map(how)).toEqual([
    ['check', name],
    ['stage', name],
    ['stage', name],
  ]);
  // Once for the removal and the command that makes the links.
  await probe.stage(two, false);
  expect(sessions()).toHaveLength(3);
});

test('where the last apply has kept the same script, it is brought only after a removal', async () => {
  answers(['links 0 0', 'words 0 kept', 'end']);
  const probe = new HostProbe(target, true, false);
  await probe.links(one);
  await probe.stage(one, false);
  expect(sessions().map((text) => how(text)?.[0])).toEqual(['check']);
  await probe.stage(one, true);
  await probe.stage(one, false);
  expect(sessions().map((text) => how(text)?.[0])).toEqual(['check', 'stage']);
});

test('a host that does not take the script is an error with its words', async () => {
  const probe = new HostProbe(target, false, false);
  answers(['links 0 1', 'words 0 vlan-trunk: could not write to /var/run/vlan-trunk', 'end']);
  await expect(probe.stage(one, false)).rejects.toThrow(
    'reported by ops@192.0.2.1 port 22:\n  could not write to /var/run/vlan-trunk',
  );
});

test('what the check has kept is taken back where the program is refused, and nothing else', async () => {
  const probe = new HostProbe(target, false, false);
  await Promise.all([probe.links(one), probe.links(two)]);
  await probe.takeBack();
  expect(how(sessions()[1])?.[0]).toBe('unstage');
  expect(sessions()[1]).toContain(one);
  expect(sessions()[1]).not.toContain(two);
  const preview = new HostProbe(target, false, true);
  answers(['links 0 0', 'end']);
  await preview.links(one);
  await preview.takeBack();
  expect(sessions()).toHaveLength(3);
});

describe('a change that is armed', () => {
  const options = () => readFileSync(join(programs.folder, 'options'), 'utf8').trim().split('\n');

  test('is confirmed by a connection of its own, again and again until the host answers', async () => {
    writeFileSync(join(programs.folder, 'silent'), '1\n');
    answers(['links 0 0', 'words 0 confirmed', 'end']);
    const result = await new HostProbe(target, false, false).confirm(one, 'abc-1', 60);
    expect(result.kind).toBe('seen');
    expect(sessions().map(how)).toEqual([
      ['confirm', 'abc-1'],
      ['confirm', 'abc-1'],
    ]);
    for (const line of options()) expect(line).toMatch(/^-o ControlMaster=no -o ControlPath=none$/);
  });

  test('and taken back by the host is an error with why no connection could be made, and what the host says', async () => {
    writeFileSync(join(programs.folder, 'silent'), '1\n');
    answers(['links 0 1', 'words 0 vlan-trunk: not confirmed', 'end']);
    expect(await new HostProbe(target, false, false).confirm(one, 'abc-1', 60)).toEqual({
      kind: 'refused',
      reason:
        'ops@192.0.2.1 port 22 cannot be reached (port 22: timed out)\n  reported by ops@192.0.2.1 port 22:\n  not confirmed',
    });
  });

  test('is held, and undone where others have failed: then the host is asked for what it has come to', async () => {
    const probe = new HostProbe(target, false, false);
    answers(['links 0 0', 'words 0 reverted because of another host; undone', 'end']);
    expect(await probe.hold(one, 'abc-1', 60)).toMatchObject({ kind: 'seen' });
    expect(await probe.undo(one, 'abc-1', 60)).toMatchObject({
      value: { reverted: 'because of another host; undone' },
    });
    expect(sessions().map(how)).toEqual([
      ['hold', 'abc-1'],
      ['undo', 'abc-1'],
      ['check', '-'],
    ]);
    for (const line of options()) expect(line).toMatch(/^-o ControlMaster=no -o ControlPath=none$/);
  });

  test('of a run whose connection broke is asked for until the host has taken it back', async () => {
    answers(['links 0 0', 'words 0 armed', 'end']);
    const asked = new HostProbe(target, false, false).afterChange(one, 60);
    await waitUntil(() => sessions().length === 1);
    answers(['links 0 0', 'words 0 reverted not confirmed; undone', 'end']);
    expect(await asked).toMatchObject({
      value: { reverted: 'not confirmed; undone', isArmed: false },
      warnings: ['the host has taken the last change back: not confirmed; undone'],
    });
    expect(sessions().map((text) => how(text)?.[0])).toEqual(['check', 'check']);
  });

  test('on a host that stays away is given up some time after the host has', async () => {
    writeFileSync(join(programs.folder, 'silent'), '1\n2\n3\n');
    const result = await new HostProbe(target, false, false).confirm(one, 'abc-1', -60);
    expect(result).toMatchObject({ kind: 'unreachable' });
    expect(sessions()).toHaveLength(1);
  });
});
