import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/*
 * Values as an attacker or an accident would write them. Each that a shell, awk, sed, ssh or a terminal takes for a command makes a file, the
 * canary: it must never be there.
 */

/** A folder in which nothing may ever appear. */
export class Canary {
  readonly folder = mkdtempSync('/tmp/c-');
  /** The file that the values try to make. */
  readonly file = join(this.folder, 'x');

  /** What has been made. */
  get made(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder) : [];
  }

  forget(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whole values and parts of them, for one canary. */
export function hostilePieces(canary: string): string[] {
  const run = `touch ${canary}`;
  const shell = [
    `$(${run})`,
    `$(>${canary})`,
    `$(touch\${IFS}${canary})`,
    `\`${run}\``,
    `;${run};`,
    `|${run}|`,
    `&&${run}&`,
    `\n${run}\n`,
    `\r\n${run}\r\n`,
    `'; ${run}; '`,
    `"; ${run}; "`,
    `'"'"'; ${run} #`,
    `\\'; ${run} #`,
    `>${canary}`,
    `\${x:-$(${run})}`,
    `$((a[$(${run})]))`,
    `{${run},}`,
    `\nEOF\n${run}\n`,
  ];
  const programs = [
    `"; system("${run}"); "`,
    `BEGIN { system("${run}") }`,
    `" | getline; print > "${canary}`,
    `|e ${run}`,
    `/e; s/.*/${run}/e`,
    `\nw ${canary}\n`,
    `-oProxyCommand=${run}`,
    `-o ProxyCommand="${run}"`,
    `\nProxyCommand ${run}\n`,
    `-F${canary}`,
    `--rcfile=${canary}`,
    `-exec ${run} ;`,
    `ext::sh -c "${run}"`,
  ];
  const options = [
    '-',
    '--',
    '-h',
    '--help',
    '-f',
    '-rf /nosuch',
    '-e',
    '-force',
    '--privileged',
    '-x=y',
    'x=y',
    '@file',
  ];
  const patterns = ['*', '?', '/*', '[a-z]*', '~', '~root', '{a,b}', '!', '!!', '#', '%', '&', '\\', '\\\\', '|', '^$'];
  const formats = [
    '%s%s%s%n',
    '%h',
    '%d',
    '%%',
    '%C',
    '%(x)s',
    '{{.Name}}',
    '${HOME}',
    '$HOME',
    '$0',
    '$1',
    '$@',
    '\\n',
  ];
  const controls = [
    '\0',
    '\x07',
    '\b\b\b',
    '\r',
    '\n',
    '\t',
    '\v\f',
    '\x1b[2J\x1b[H',
    '\x1b]0;owned\x07',
    '\x1b]52;c;eA==\x07',
    '\x1bP+q\x1b\\',
    '\x7f',
    '\x85',
    '\x9b31m',
  ];
  const unicode = [
    '\u202egnp.exe',
    '\u2066x\u2069',
    '\u200b',
    '\u200f',
    '\ufeff',
    '\u2028',
    '\u2029',
    '\u00ad',
    '\ud800',
    'x\udc00',
    '\udbff\ud800',
    '\ufffe',
    '\u{e0041}',
    '\u{10ffff}',
    'ｅｔｈ０',
    'é',
    'e\u0301',
    '💥',
    'İ',
  ];
  const forged = [
    '\nowner evil',
    '\nparent eth9',
    ' declared',
    '\npersist unit',
    '\nvlan eth0.7 7 802.1Q -\n',
    '\nsysctl eth0 ipv4 ../../../kernel/core_pattern |x\n',
    '\n-- vlan-trunk data\n',
    '\n-- vlan-trunk spec\n',
    '\n-- script\n',
    `\n-- script\n${run}\n`,
    `\n-- spec\n${run}\n`,
    `\n-- vlan-trunk spec\n-- script\n${run}\n`,
    '\n--\n',
    '\nvlan-trunk-probe end\n',
    'vlan-trunk: ',
    '\ndo link del dev eth0\n',
    ' dev eth0 ',
    '/../../../../etc/passwd',
    '../x',
    '.',
    '..',
    '/',
    '+',
    '__proto__',
    'constructor',
    'null',
    'undefined',
    '',
    ' ',
  ];
  return [
    ...[...shell, ...programs, ...options, ...patterns, ...formats, ...controls, ...unicode, ...forged],
    'a'.repeat(100_000),
    `${'1'.repeat(50_000)}\n${'\u202e'.repeat(50_000)}`,
  ];
}

/** Hostile alone, inside a value that is right, or put together of several. */
export function hostile(canary: string, right: string): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...hostilePieces(canary)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    { weight: 1, arbitrary: fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)) },
  );
  const at = fc
    .nat(right.length)
    .chain((index) => piece.map((text) => right.slice(0, index) + text + right.slice(index)));
  return fc.oneof(
    piece,
    at,
    at,
    fc.array(piece, { minLength: 2, maxLength: 4 }).map((all) => all.join('')),
  );
}

/** Text that is safe to print and does not flood: no control, bidi or broken character but the ends of its lines. */
export const safeText = /^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\n)*$/u;
export const mostText = 25_000;

let tried = 0;

/** Counts one value. */
export function tries(): void {
  tried++;
}

/** At the end of a file: prints how many values it has tried. */
export function reportTried(what: string, least: number): void {
  test(`at least ${least} hostile values were tried`, () => expect(tried).toBeGreaterThanOrEqual(least));
  afterAll(() => {
    const { seed } = fc.readConfigureGlobal();
    process.stderr.write(`hostile ${what}: ${tried} tried, seed ${seed ?? 'random'}\n`);
  });
}
