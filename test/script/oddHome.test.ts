import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../lab/command';
import { currentLab } from '../../lab/lab';
import { sshArguments, type SshTarget } from '../../src/host/sshOption';

/** The local ssh of a user whose home, as the user database has it, is an unusual path. */

const { hosts, privateKeyFile } = currentLab();
const [host] = hosts.filter(({ name }) => name === 'n5');
const keyFile = '%d/my keys/#1 "old"';
const hop = { address: host?.address ?? '', port: 22, user: 'root', hostKey: host?.hostKey, identityFile: keyFile };

let folder: string;
let home: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'odd-'));
  home = join(folder, String.raw`a b'c"d%d$(touch x)#&\e`);
  const file = keyFile.replace('%d', home);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(privateKeyFile, file);
  const { username, uid, gid } = userInfo();
  const others = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .filter((line) => line.split(':')[2] !== String(uid));
  const own = `${username}:x:${uid}:${gid}::${home}:/bin/sh`;
  writeFileSync(join(folder, 'passwd'), [own, ...others].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Calls ssh where another user database is mounted, which only this call sees. */
const ssh = (args: string[]) =>
  run([
    ...['unshare', '--mount', 'sh', '-c', 'mount --bind "$1" /etc/passwd && shift && cd / && exec ssh "$@"', 'sh'],
    ...[join(folder, 'passwd'), ...args],
  ]);

test.each<[string, SshTarget]>([
  ['directly', { ...hop, proxy: undefined }],
  ['over a jump host', { ...hop, proxy: hop }],
  ['with any host key', { ...hop, hostKey: undefined, proxy: undefined }],
])('a host is reached %s, by a connection that is shared', async (_, target) => {
  const args = sshArguments(target);
  expect(await ssh([...args, 'id -un'])).toMatchObject({ code: 0, stdout: 'root\n' });
  expect(await ssh(['-O', 'check', ...args])).toMatchObject({ code: 0 });
  expect(await ssh(['-O', 'exit', ...args])).toMatchObject({ code: 0 });
});

test('a wrong host key is refused', async () => {
  const type = 'ssh-ed25519';
  const parts = [
    Buffer.from([0, 0, 0, type.length]),
    Buffer.from(type),
    Buffer.from([0, 0, 0, 32]),
    Buffer.alloc(32, 7),
  ];
  const hostKey = `${type} ${Buffer.concat(parts).toString('base64')}`;
  expect(await ssh([...sshArguments({ ...hop, hostKey, proxy: undefined }), 'true'])).toMatchObject({
    code: 255,
    stderr: expect.stringContaining('Host key verification failed') as string,
  });
});
