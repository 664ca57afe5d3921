import * as pulumi from '@pulumi/pulumi';
import { armedChange, isBrokenConnection } from '../../../src/components/confirmation';

const id = '0f7c0f0e-6a39-4c1e-9d54-5a0a8f4f0b11';
const text = `as declared: eth0.50\nwarning: armed x\narmed ${id}`;

test('the ID is a line of its own, also in an output that is secret', async () => {
  expect(await armedChange(text)).toBe(id);
  expect(await armedChange(pulumi.secret(text))).toBe(id);
});

test('nothing else is one', async () => {
  for (const stdout of [undefined, '', 'as declared: armed', 'armed $(reboot)', 7])
    expect(await armedChange(stdout)).toBeUndefined();
});

test('a connection that breaks is told from a script that fails and a host that does not answer', () => {
  const command = `running "sh -c 'vlan-trunk: needs root'"`;
  expect(isBrokenConnection(`wait: remote command exited without exit status or exit signal: ${command}`)).toBe(true);
  expect(isBrokenConnection(`Process exited with status 1: ${command}:\nvlan-trunk: eth0.50 is already there`)).toBe(
    false,
  );
  expect(isBrokenConnection('dial tcp 192.0.2.1:22: i/o timeout')).toBe(false);
});
