import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/command';
import { debianPrograms } from '../../lab/debianProgram';
import { joinHostScript, joinScript, withoutComments } from '../../src/host/joinScript';

const host = join(__dirname, '../../src/host');
const textOf = (...parts: string[]) => parts.map((part) => readFileSync(join(host, `${part}.sh`), 'utf8')).join('');
const asked = textOf('session', 'probe', 'links', 'machine', 'checkLinks', 'leftover', 'askDocker', 'mend', 'image');

// The command lines that read the scripts set these variables. SC2016: an awk program in single quotes has dollars of its own.
test.each([
  ['the host script', `spec=''\nall=''\n${joinHostScript(host)}`],
  ['what a session runs', `all=''\n${asked}`],
  ['what it runs in containers', `all=''\n${textOf('session', 'namespace', 'gateways', 'reachability')}`],
  ['what announces them', `all=''\n${textOf('session', 'namespace', 'announce')}`],
])(
  'shellcheck has nothing to say about %s',
  async (_, text) => {
    const shellcheck = (await debianPrograms('bookworm', ['shellcheck']))('usr/bin/shellcheck');
    const argv = [...shellcheck, '--shell=sh', '--exclude=SC2016', '-'];
    expect(await run(argv, { stdin: text })).toEqual({ code: 0, stdout: '', stderr: '' });
  },
  300_000,
);

describe('joined from its parts,', () => {
  const parts = mkdtempSync(join(tmpdir(), 'parts-'));
  afterAll(() => rmSync(parts, { recursive: true }));

  test('programs are variables, quotes in them stay, main.sh is last, and no comment goes to a host', async () => {
    writeFileSync(join(parts, 'sayName.awk'), `# It's a comment.\n{ print "it's " $1 }\n`);
    writeFileSync(join(parts, 'main.sh'), 'say "$1"\n');
    writeFileSync(join(parts, 'say.sh'), '# Says.\nsay() { echo "$1" | awk "$say_name_awk"; }\n');
    const script = joinScript(parts);
    expect(withoutComments(script)).not.toContain('#');
    for (const text of [script, withoutComments(script)])
      expect((await run(['sh', '-c', text, 'sh', 'a b'])).stdout).toBe("it's a\n");
  });

  test('a file that is no part is an error', () => {
    writeFileSync(join(parts, 'notes.txt'), '');
    expect(() => joinScript(parts)).toThrow('parts of the host script end in .sh or .awk: notes.txt');
  });
});
