import type { OperationResult } from '../../lab/engine/stack';
import type { Declared } from './declared';
import { ask, connectionTo, Scenario } from './scenario';

/**
 * A pinned RSA host key: the command provider then asks for `ssh-rsa` alone, a signature with SHA-1, which sshd gives up by
 * default from OpenSSH 8.8 on. So `src/plan/ssh/hostKey.ts` refuses such a key, until this test shows that it works.
 */

const host = 'n5';
const folder = '/run/rsa-host-key';
let scenario: Scenario;
let result: OperationResult;

/** An sshd beside the host's own, with one more host key. Gives its public keys by their type. */
async function startSshd(port: number, options: string): Promise<Record<string, string>> {
  const text = await ask(
    host,
    `mkdir -p ${folder} && cd ${folder} && { test -f key || ssh-keygen -q -t rsa -N '' -f key; } &&
     /usr/sbin/sshd -p ${port} -h ${folder}/key -o PidFile=${folder}/${port}.pid ${options} &&
     cat key.pub && ssh-keygen -y -f /etc/ssh/ssh_host_ed25519_key`,
  );
  return Object.fromEntries(text.split('\n').map((line): [string, string] => [line.split(' ')[0] ?? '', line]));
}

beforeAll(async () => {
  scenario = await Scenario.open();
  const keys = await startSshd(2222, '');
  await startSshd(2223, '-o HostKeyAlgorithms=+ssh-rsa');
  const connection = { ...(await connectionTo(host)), dialErrorLimit: 0 };
  const command = (name: string, port: number, type: string): Declared => ({
    kind: 'command',
    name,
    args: { connection: { ...connection, port, hostKey: keys[type] }, create: 'cat /etc/hostname' },
  });
  result = await scenario.up(
    command('rsa', 2222, 'ssh-rsa'),
    command('ed25519', 2222, 'ssh-ed25519'),
    command('rsaWithSha1', 2223, 'ssh-rsa'),
  );
});

afterAll(async () => {
  await ask(host, `cd ${folder} && for pid in *.pid; do kill $(cat $pid); done; rm -r ${folder}`);
  await scenario.close();
});

const stdoutOf = async (name: string) => (await scenario.stateOf(name)).outputs?.stdout;

test('fails against an sshd of today, which has that key', () => {
  const error = result.errorsOf.rsa ?? '';
  expect(error).toContain('no common algorithm for host key; we offered: ["ssh-rsa"], peer offered: [');
  expect(error).toContain('"rsa-sha2-512"');
});

test('works if sshd is configured to sign with SHA-1', async () => {
  expect(await stdoutOf('rsaWithSha1')).toBe(host);
});

test('the same sshd is reached by its ed25519 key', async () => {
  expect(await stdoutOf('ed25519')).toBe(host);
});
