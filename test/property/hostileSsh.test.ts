import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { run } from '../../lab/command';
import { KeyFiles, resolveHost } from '../../src/components/hostConnection';
import { sessionCommand, sessionInput } from '../../src/host/hostSession';
import { linkCommand } from '../../src/host/remoteScript';
import { dockerSshOptions, dockerUrl, type SshHop, sshOptions } from '../../src/host/sshOption';
import { listProblems } from '../../src/plan/argument/problem';
import { checkSshHost, type SshHostSpec } from '../../src/plan/ssh/sshHost';
import { Canary, hostile, mostText, reportTried, safeText, tries } from '../hostile';
import { leavesOf, shownPath, withValue } from '../valuePath';

/*
 * The command lines that are really run, by the real ssh and sh of this machine. A program named ssh stands for the jump host's: it notes its
 * arguments and answers as a server, so that the outer ssh goes on to run KnownHostsCommand.
 */

const canary = new Canary();
const bin = new Canary();
const key = new Canary();
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const inner = join(bin.folder, 'argv');
const greeting = String.raw`printf 'SSH-2.0-x\r\n'`;
const env = { ...process.env, PATH: `${bin.folder}:${process.env.PATH ?? ''}` };
let realSsh = '';

beforeAll(async () => {
  realSsh = (await run(['sh', '-c', 'command -v ssh'])).stdout.trim();
  program('ssh', `printf '%s\\0' "$@" >${inner}; ${greeting}`);
  // In place of the host's: nothing that a test runs may reach this machine's links.
  program('ip', 'exit 1');
  program('canary', `touch ${canary.file}`);
});
afterAll(() => {
  expect(canary.made).toEqual([]);
  for (const one of [canary, bin, key]) one.forget();
});

function program(name: string, script: string): void {
  writeFileSync(join(bin.folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin.folder, name), 0o755);
}

/** A file of that name, as far as a file may have it, with its path. A name holds no slash, so that a program stands for the path of the canary. */
function keyFile(text: string): string {
  const name = text.replaceAll(`touch ${canary.file}`, 'canary').replaceAll(`touch\${IFS}${canary.file}`, 'canary');
  const path = join(key.folder, Array.from(name.replaceAll('/', '\u2215').replaceAll('\0', '0')).slice(0, 60).join(''));
  if (path !== key.folder && !path.endsWith('/..')) writeFileSync(path, 'a key');
  return path;
}

const right = {
  address: 'n1.example.com',
  user: 'ops',
  hostKey,
  privateKeyFile: '/nowhere',
  proxy: { address: '192.0.2.9', user: 'jump', hostKey, privateKeyFile: '/nowhere' },
};
const leaves = leavesOf(right);

/** Declarations with one hostile text in them; key files of that name are there. */
const declaration = fc
  .constantFrom(...leaves, ...leaves.filter(({ path }) => path.at(-1) === 'privateKeyFile'))
  .chain(({ path, text }) => hostile(canary.file, text).map((value) => ({ path, value })))
  .map(({ path, value }) => {
    // Every eighth is a path as it is, at which no file is.
    const given = path.at(-1) === 'privateKeyFile' && value.length % 8 > 0 ? keyFile(value) : value;
    const files = withValue(
      withValue(right, ['privateKeyFile'], keyFile('id')),
      ['proxy', 'privateKeyFile'],
      keyFile('id'),
    );
    return { path, spec: withValue(files, path, given) as SshHostSpec };
  });

/** The arguments of an ssh without what is for the shared connection, as the jump host's gets them. */
function hopArguments(hop: SshHop): string[] {
  const options = sshOptions({ ...hop, proxy: undefined });
  return options.slice(0, options.findIndex((word) => word.startsWith('ControlMaster')) - 1);
}

test('hosts and jump hosts: the real ssh runs nothing, and the jump host’s gets each word as it is', async () => {
  let connected = 0;
  await fc.assert(
    fc.asyncProperty(declaration, async ({ path, spec }) => {
      tries();
      const keys = new KeyFiles(spec as never);
      const problems = [...checkSshHost(spec), ...keys.problems];
      expect(listProblems(problems)).toMatch(safeText);
      expect(listProblems(problems).length).toBeLessThan(mostText);
      if (problems.length > 0) {
        expect(problems.map((one) => one.path)).toContain(shownPath(path));
        return;
      }
      connected++;
      const { target } = resolveHost(spec as never, keys);
      expect(dockerUrl(target)).toMatch(/^ssh:\/\/(\[[0-9a-fA-F:]+\]|[\w.-]+)$/);
      // Through the jump host, and straight.
      rmSync(inner, { force: true });
      await run([realSsh, ...dockerSshOptions(target)], { env });
      const { proxy } = target;
      if (proxy === undefined) throw new Error('the proxy is lost');
      const where = target.address.includes(':') ? target.address : target.address.toLowerCase();
      expect(readFileSync(inner, 'utf8').split('\0').slice(0, -1)).toEqual([
        ...hopArguments(proxy),
        '-W',
        `[${where}]:${target.port}`,
        '--',
        proxy.address,
      ]);
      await run([realSsh, '-o', `ProxyCommand=${greeting}`, ...dockerSshOptions({ ...target, proxy: undefined })], {
        env,
      });
      expect(canary.made).toEqual([]);
    }),
    { numRuns: 250 },
  );
  expect(connected).toBeGreaterThan(50);
});

test('specs and revisions: what starts the host script runs none of it', async () => {
  const spec = hostile(canary.file, 'owner p+s+t\nparent eth0\nvlan eth0.50 50 802.1Q -\n');
  await fc.assert(
    fc.asyncProperty(spec, fc.constantFrom('apply', 'sweep', 'remove'), async (text, action) => {
      tries();
      await run(['/bin/sh', '-c', linkCommand(action, false, '-')], { stdin: text, env });
      expect(canary.made).toEqual([]);
    }),
    { numRuns: 80 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(spec, { minLength: 1, maxLength: 3 }), async (specs) => {
      tries();
      const stdin = sessionInput({ report: false, specs, sudo: false, links: 'check' });
      const { stdout } = await run(['/bin/sh', '-c', sessionCommand], { stdin, env });
      expect(stdout).toMatch(/^vlan-trunk-probe end$/m);
      // No link can be read here, and a spec that is none is refused before.
      expect(stdout).toMatch(/^vlan-trunk-probe links 0 1$/m);
      expect(canary.made).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('a private key in place of another argument is shown nowhere', () => {
  const text =
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ==\n-----END OPENSSH PRIVATE KEY-----\n';
  const privateKeyFile = keyFile('id');
  const whole = { ...right, privateKeyFile, proxy: { ...right.proxy, privateKeyFile } };
  for (const { path } of leaves) {
    const spec = withValue(whole, path, text);
    const problems = [...checkSshHost(spec as SshHostSpec), ...new KeyFiles(spec as never).problems];
    expect(problems.map((one) => one.path)).toEqual([shownPath(path)]);
    expect(listProblems(problems)).not.toMatch(/b3Blbn|BEGIN OPENSSH/);
  }
});

reportTried('words of ssh and sh', 350);
