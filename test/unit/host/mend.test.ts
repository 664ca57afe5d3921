import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mender } from '../../../src/components/mender';
import { mendContainers, type Repair } from '../../../src/host/mend';
import { ProgramsOnPath } from '../../programsOnPath';
import { anyTarget as target } from '../../sshTarget';

/** Programs on PATH stand for the local ssh and for docker on the host, which notes what it is asked; mend.sh itself runs for real. */

const owner = '0b8c8a3e-6a49-4a25-9a4b-9a6e3a1f1d10';
const programs = new ProgramsOnPath();
const program = programs.make.bind(programs);

beforeEach(() => {
  program('ssh', `echo session >>${programs.folder}/log; for last; do :; done; exec /bin/sh -c "$last"`);
});

/** A host whose containers c1 and c2 are ours, c3 is of another stack, and which fails to do what is in `fails`. */
function host(fails = 'nothing'): void {
  program(
    'docker',
    `case "$*" in
     "container inspect"*c3) echo other; exit;;
     "container inspect"*c[12]) echo ${owner}; exit;;
     "container inspect"*) exit 1;;
     esac
     printf '<%s>' "$@" >>${programs.folder}/log; echo >>${programs.folder}/log
     case "$*" in *"${fails}"*) echo 'Error response from daemon: no way' >&2; exit 1;; esac`,
  );
}

function asked(): string[] {
  const log = join(programs.folder, 'log');
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
}

const lan = {
  network: 'lan',
  aliases: ['web', 'www'],
  driverOptions: ['a=$(reboot); `x`', 'b=c d'],
  gatewayPriority: 1,
};
const connected: Repair = {
  name: 'c1',
  owner,
  steps: [{ do: 'connect', attachment: { ...lan, addresses: ['10.0.0.7', '2001:db8::7'] } }, { do: 'start' }],
};
const start = (name: string): Repair => ({ name, owner, steps: [{ do: 'start' }] });

test('a container is connected as declared and started, and no value becomes shell text', async () => {
  host();
  expect(
    await mendContainers(target, [connected, { name: 'c2', owner, steps: [{ do: 'unpause' }, { do: 'restart' }] }]),
  ).toEqual([undefined, undefined]);
  expect(asked()).toEqual([
    'session',
    '<network><disconnect><--force><lan><c1>',
    '<network><connect><--ip><10.0.0.7><--ip6><2001:db8::7><--alias><web><--alias><www><--driver-opt><a=$(reboot); `x`><--driver-opt><b=c d><--gw-priority><1><lan><c1>',
    '<start><c1>',
    '<unpause><c2>',
    '<restart><c2>',
  ]);
});

test('one with a MAC address is connected by a request to the API, which the docker command cannot make', async () => {
  host();
  const answer = (status: string) =>
    program(
      'docker',
      `case "$*" in
       "container inspect"*) echo ${owner};;
       *dial-stdio) dd bs=65536 count=1 2>/dev/null >${programs.folder}/request; printf 'HTTP/1.0 ${status}\\r\\n\\r\\n{"message":"no way"}';;
       *) printf '<%s>' "$@" >>${programs.folder}/log; echo >>${programs.folder}/log;;
       esac`,
    );
  answer('200 OK');
  const macAddress = '02:00:5e:10:00:01';
  const attachment = { ...lan, driverOptions: ['a=b=ü"$(reboot)'], addresses: ['2001:db8::7'], macAddress };
  const repair: Repair = { name: 'c1', owner, steps: [{ do: 'connect', attachment }, { do: 'start' }] };
  expect(await mendContainers(target, [repair])).toEqual([undefined]);
  expect(asked()).toEqual(['session', '<network><disconnect><--force><lan><c1>', '<start><c1>']);
  const [head = '', body = ''] = readFileSync(join(programs.folder, 'request'), 'utf8').split('\r\n\r\n');
  expect(head).toMatch(/^POST \/v1\.54\/networks\/lan\/connect HTTP\/1\.0\r\n/);
  expect(head).toContain(`Content-Length: ${body.length}`);
  expect(body).toMatch(/^[ -~]*$/);
  expect(JSON.parse(body)).toEqual({
    Container: 'c1',
    EndpointConfig: {
      IPAMConfig: { IPv6Address: '2001:db8::7' },
      Aliases: ['web', 'www'],
      MacAddress: macAddress,
      DriverOpts: { a: 'b=ü"$(reboot)' },
      GwPriority: 1,
    },
  });
  answer('403 Forbidden');
  expect((await mendContainers(target, [repair]))[0]).toContain('no way');
});

test('one of another owner, and one that is gone, is left alone', async () => {
  host();
  expect(await mendContainers(target, [start('c3'), start('c9')])).toEqual([undefined, undefined]);
  expect(asked()).toEqual(['session']);
});

test('after a failure the rest of that container is left, and its words are given', async () => {
  host('network connect');
  expect(await mendContainers(target, [connected, start('c2')])).toEqual([
    'Error response from daemon: no way',
    undefined,
  ]);
  expect(asked().slice(-1)).toEqual(['<start><c2>']);
});

test('a value with a line break is no step of its own', async () => {
  host();
  await expect(mendContainers(target, [start('c1\nstart')])).rejects.toThrow('line break');
  expect(asked()).toEqual([]);
});

test('a host that does not answer is the reason', async () => {
  program('ssh', 'echo "no route to host" >&2; exit 255');
  expect(await mendContainers(target, [start('c1')])).toEqual(['no route to host']);
});

test('all that come together go in one session, and those that come meanwhile in the next one', async () => {
  host();
  const hold = join(programs.folder, 'hold');
  writeFileSync(hold, '');
  program(
    'ssh',
    `echo session >>${programs.folder}/log; while [ -e ${hold} ]; do sleep 0.01; done; for last; do :; done; exec /bin/sh -c "$last"`,
  );
  const mender = new Mender(() => target);
  const mended = [mender.mend(start('c1')), mender.mend(start('c2'))];
  while (asked().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const name of ['c2', 'c1']) {
    mended.push(mender.mend(start(name)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  rmSync(hold);
  expect(await Promise.all(mended)).toEqual(Array(4).fill(undefined));
  expect(asked()).toEqual(['session', '<start><c1>', '<start><c2>', 'session', '<start><c2>', '<start><c1>']);
});

test('a host of which it is not known how to reach it', async () => {
  expect(await new Mender(() => undefined).mend(start('c1'))).toBe('it is not known how to reach the host');
});
