import { answering } from '../../lab/reach';
import { sh } from './facts';
import { configured, forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/** How the docker provider reaches Docker on a host: without a docker command for each connection, unless the host's settings want one. */

const host = 'n13';
const [n13] = hostConfigs(host) as [HostConfig];
const prefix = '192.168.93';

beforeAll(() =>
  sh(
    host,
    `printf '%s\\n' '#!/bin/sh' 'echo "$*" >>/run/docker-commands' 'exec /usr/bin/docker "$@"' >/usr/local/bin/docker
     chmod 755 /usr/local/bin/docker
     useradd --create-home --shell /bin/bash --groups docker --password '*' elsewhere
     install -d -m 700 -o elsewhere /home/elsewhere/.ssh
     install -m 600 -o elsewhere /etc/ssh/lab_authorized_keys /home/elsewhere/.ssh/authorized_keys
     echo 'export DOCKER_HOST=unix:///run/elsewhere.sock' >/home/elsewhere/.bashrc
     ln -s /run/docker.sock /run/elsewhere.sock
     : >/run/docker-commands; chmod 666 /run/docker-commands`,
  ),
);
afterAll(async () => {
  await forgetStacks();
  await sh(
    host,
    'rm -f /usr/local/bin/docker /run/docker-commands /run/elsewhere.sock; userdel --force --remove elsewhere',
  );
});

// Those of the provider: our own look at the host has an option in front.
const dials = async () => Number(await sh(host, 'grep -c "^system dial-stdio" /run/docker-commands || :'));

test.each([
  ['no docker command runs for a connection', {}, false],
  ['DOCKER_HOST of the login is heeded, by the docker command', { user: 'elsewhere' }, true],
])('%s: up, refresh and destroy', async (_, login, byCommand) => {
  const before = await dials();
  const stack = await newStack('test/e2e/programs/one.ts', 'dial', { host: { ...n13, ...login }, prefix });
  await succeeds(stack.up());
  expect(await answering({ host, container: 'n13-c1', address: '' }, [`${prefix}.12`])).toEqual(
    new Set([`${prefix}.12`]),
  );
  await succeeds(stack.refresh());
  expect(
    (await succeeds(configured(stack, { host: { ...n13, ...login }, prefix }).preview())).steps.filter(
      ({ op }) => op !== 'same',
    ),
  ).toEqual([]);
  await succeeds(stack.destroy());
  expect(await sh(host, 'docker ps -q; docker network ls -q --filter driver=macvlan')).toBe('');
  expect((await dials()) > before).toBe(byCommand);
});
