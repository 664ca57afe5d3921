import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/command';
import { currentLab, sshCommand, waitUntil } from '../../lab/lab';
import { hostOf } from '../../lab/namespace';
import { hostFacts, sh } from './facts';
import { forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/** Other ways to connect to a host. Each must work for both ssh stacks: a link tests one, a Docker network the other. */

const host = 'n3';
const [n3, n2] = hostConfigs(host, 'n2') as [HostConfig, HostConfig];
const { privateKeyFile } = currentLab();
const key = readFileSync(privateKeyFile, 'utf8');
const n3ByAgent = { name: host, address: n3.address, hostKey: n3.hostKey };

let untouched: string;
beforeAll(async () => (untouched = await hostFacts(host)));
afterAll(forgetStacks);

/** Whether sshd lets a user of the lab in, by a connection of its own: one that is open stays so, whatever sshd is set to. */
async function letsIn(user: string): Promise<string> {
  const [ssh = '', ...rest] = sshCommand(currentLab(), hostOf(currentLab(), host), user);
  const { code, stderr } = await run([ssh, '-o', 'ControlMaster=no', '-o', 'ControlPath=none', ...rest, 'true']);
  return code === 0 ? 'yes' : stderr;
}

/** Brings a link and a network with containers up and takes them away again. */
async function works(to: object, environment: Record<string, string | undefined> = { SSH_AUTH_SOCK: undefined }) {
  const config = { host: { name: host, ...to }, vlanId: 95, prefix: '192.168.95' };
  const stack = (await newStack('test/e2e/programs/one.ts', 'reach', config)).with({ environment });
  await succeeds(stack.up());
  expect(await sh(host, 'ip -d link show eth0.95')).toContain('vlan protocol 802.1Q id 95');
  expect(await sh(host, "docker inspect n3-c1 --format '{{.State.Running}}'")).toBe('true');
  const again = await succeeds(stack.up());
  expect(Object.keys(again.changes)).toEqual(['same']);
  const state = JSON.stringify(await stack.exportState());
  // A key given as text is here only while the program runs.
  await succeeds(stack.destroy({ runProgram: true }));
  expect(await hostFacts(host)).toBe(untouched);
  return state;
}

test('the text of a private key: secret in the state, and gone from this machine after each run', async () => {
  const state = await works({ ...n3ByAgent, privateKey: key });
  expect(state).not.toContain('PRIVATE KEY');
  const [, name = ''] = /IdentityFile=%d\/\.cache\/vlan-trunk\/keys\/([0-9a-f]+)/.exec(state) ?? [];
  expect(name).not.toBe('');
  expect(existsSync(join(userInfo().homedir, '.cache/vlan-trunk/keys', name))).toBe(false);
});

test('the ssh agent', async () => {
  const said = execFileSync('ssh-agent', ['-s']).toString();
  const [, socket = ''] = /SSH_AUTH_SOCK=([^;]+)/.exec(said) ?? [];
  const [, pid = ''] = /SSH_AGENT_PID=(\d+)/.exec(said) ?? [];
  try {
    execFileSync('ssh-add', ['-q', privateKeyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    const state = await works(n3ByAgent, { SSH_AUTH_SOCK: socket });
    expect(state).not.toContain(socket);
  } finally {
    process.kill(Number(pid));
  }
});

test('a jump host with a key of its own: the connection goes through it, and its key is pinned too', async () => {
  const jump = { address: n2.address, hostKey: n2.hostKey, privateKeyFile };
  // The host accepts connections from the jump host only, so that a connection past it would fail.
  const rule = `Match Address *,!${n2.address}\\n  DenyUsers ops`;
  await sh(host, `printf '${rule}\\n' >/etc/ssh/sshd_config.d/jump.conf && systemctl reload ssh`);
  try {
    await waitUntil('sshd to have the rule', async () => (await letsIn('ops')).includes('Permission denied'));
    await works({ ...n3, user: 'ops', sudo: true, proxy: jump });
    const wrong = { host: { ...n3, user: 'ops', sudo: true, proxy: { ...jump, hostKey: n3.hostKey } }, vlanId: 95 };
    const refused = await (await newStack('test/e2e/programs/one.ts', 'reach', wrong)).preview();
    expect(refused.error).toContain('Host n3: jump host root@10.88.0.12 port 22 does not have the declared host key');
  } finally {
    await sh(host, 'rm /etc/ssh/sshd_config.d/jump.conf && systemctl reload ssh');
    await waitUntil('sshd to have no such rule', async () => (await letsIn('ops')) === 'yes');
  }
});
