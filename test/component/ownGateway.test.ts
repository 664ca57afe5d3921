import { recordDeclarations } from './declare';

recordDeclarations();

import { Host, MacvlanNetwork, NetworkContainer } from 'vlan-trunk';
import { Gate } from '../../src/components/gate';
import { apiAnswer } from '../apiAnswer';
import { ProgramsOnPath } from '../programsOnPath';

/** A gateway that is found to be the host's own address. A program on PATH stands for ssh, and says what the host has. */

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const programs = new ProgramsOnPath();
const add = jest.spyOn(Gate.prototype, 'add');
let count = 0;

/** What the check of a network on eth0 says, on a host with that address. */
async function said(address: string, isUsed = true): Promise<string | undefined> {
  const facts = ['link eth0', `address eth0 ${address}`, ...apiAnswer({ ServerVersion: '28.5.2' })];
  for (let list = 0; list < 3; list++) facts.push(...apiAnswer([]));
  const lines = [...facts, 'end'].map((fact) => `echo 'vlan-trunk-probe ${fact}'`);
  programs.make('ssh', ['cat >/dev/null', ...lines].join('\n'));
  const name = `n${(count += 1)}`;
  const host = new Host(name, { address: `192.0.2.${count}`, hostKey, site: name });
  add.mockClear();
  const network = new MacvlanNetwork(`lan-${name}`, {
    host,
    parentInterface: 'eth0',
    subnets: [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1' }],
  });
  const [member] = add.mock.calls.map(([added]) => added);
  if (isUsed) new NetworkContainer(`c-${name}`, { image: 'busybox', attachments: [{ network }] });
  const result = await member?.probe?.();
  return result?.kind === 'refused' ? result.reason : result?.kind;
}

test('is refused for containers on that host, and for no others', async () => {
  const refusal =
    "subnets[0].gateway: must not be the host's own address on eth0, which its own containers cannot reach: " +
    'use macvlan with a shim that carries it in place of the interface, or ipvlan in mode l3, which needs no gateway, got "10.0.50.1"';
  expect(await said('10.0.50.1')).toBe(refusal);
  expect(await said('10.0.50.1', false)).toBe('seen');
  expect(await said('10.0.50.2')).toBe('seen');
});
