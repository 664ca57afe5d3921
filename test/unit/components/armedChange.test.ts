import * as pulumi from '@pulumi/pulumi';
import { armedChange } from '../../../src/components/armedChange';

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
