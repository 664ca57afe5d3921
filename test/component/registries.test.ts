import * as pulumi from '@pulumi/pulumi';
import { Host, type RegistryArgs } from 'vlan-trunk';
import { declaredAs, recordDeclarations, valueOf } from './declare';

recordDeclarations();

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const declare = (name: string, registries?: RegistryArgs[]) =>
  new Host(name, { address: '192.0.2.1', hostKey, ...(registries && { registries }) });
const own: RegistryArgs = { address: 'registry.example:5000', username: 'reader', password: pulumi.output('hidden') };

/** Mocks get the value of a secret behind a mark. */
const secretOf = (input: unknown) => {
  const [mark] = Object.keys(input as object).filter((key) => key !== 'value');
  return [mark, (input as { value: unknown }).value];
};

test('the provider gets the logins as a secret, and the component shows no password', async () => {
  declare('n1', [own]);
  const { registryAuth, host } = (await declaredAs('n1-docker')).inputs;
  expect(host).toBe('ssh://192.0.2.1');
  const [mark, value] = secretOf(registryAuth);
  expect(mark).toBe('4dabf18193072939515e22adb298388d');
  expect(JSON.parse(String(value))).toEqual([{ ...own, password: 'hidden' }]);
  const { inputs } = await declaredAs('n1');
  expect(inputs.registries).toEqual([{ address: own.address, username: own.username }]);
});

test('a host without registries asks for nothing', async () => {
  declare('n2');
  expect((await declaredAs('n2-docker')).inputs.registryAuth).toBeUndefined();
  expect((await declaredAs('n2')).inputs).not.toHaveProperty('registries');
});

test('what is wrong with them is refused', () => {
  expect(() => declare('n3', [{ ...own, address: 'team' }])).toThrow(
    /^Host "n3": 1 problem\n {2}registries\[0\]\.address: /,
  );
  expect(() => declare('n4', pulumi.output([own]) as never)).toThrow('registries: must be a plain list');
  expect(() => declare('n5', 'ghcr.io' as never)).toThrow('registries: must be a list, got "ghcr.io"');
});

test('how the host is reached does not wait for a password', async () => {
  const never = pulumi.output(new Promise<string>(() => undefined));
  const host = declare('n6', [{ ...own, password: never }]);
  expect((await valueOf(pulumi.output(host.check.plan))).target.address).toBe('192.0.2.1');
});
