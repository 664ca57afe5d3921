import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { obtainImages, type WantedImage } from '../../../src/host/image';
import { referenceOf } from '../../../src/plan/container/imageName';
import { ProgramsOnPath } from '../../programsOnPath';
import { anyTarget as target } from '../../sshTarget';

/** Programs on PATH stand for the local ssh and for the Engine on the host, which notes what it is asked; image.sh itself runs for real. */

const programs = new ProgramsOnPath();
const program = programs.make.bind(programs);
const log = () => join(programs.folder, 'log');

beforeEach(() => {
  program('ssh', `echo session >>${log()}; for last; do :; done; exec /bin/sh -c "$last"`);
  program('perl', 'exec docker system dial-stdio');
  engine();
});

/** Has `here`, can pull `team/app`, and no other image. */
function engine(): void {
  program(
    'docker',
    `request=$(dd bs=65536 count=1 2>/dev/null)
     printf '%s\\n' "$request" | tr -d '\\r' >>${log()}
     answer() { printf 'HTTP/1.0 %s\\r\\nContent-Type: application/json\\r\\n\\r\\n' "$1"; shift; printf '%s\\r\\n' "$@"; }
     case $request in
     'GET /images/here:1/json '*) answer '200 OK' '{"Id":"sha256:0"}' ;;
     GET*) answer '404 Not Found' '{"message":"No such image"}' ;;
     *'fromImage=registry.example%3A5000%2Fteam%2Fapp&tag=2 '*) answer '200 OK' '{"status":"Pulling from team/app","id":"2"}' '{"status":"Downloading","progressDetail":{"current":1},"id":"message"}' '{"status":"Status: Downloaded"}' ;;
     *'fromImage=broken&'*) answer '200 OK' '{"status":"Downloading","progressDetail":{"current":1}}' '{"errorDetail":{"message":"unexpected EOF"},"error":"unexpected EOF"}' ;;
     *) answer '404 Not Found' '{"message":"pull access denied for absent"}' ;;
     esac`,
  );
}

function wanted(name: string, more: Partial<WantedImage> = {}): WantedImage {
  const reference = referenceOf(name);
  if (reference === undefined) throw new Error('an ID');
  return { reference, ...more };
}

const asked = () => readFileSync(log(), 'utf8').split('\n');

test('one that is there is not pulled; another one is, with all of them in one session', async () => {
  const login = { username: 'reader', password: 'p$(reboot)"', address: 'registry.example:5000' };
  expect(await obtainImages(target, [wanted('here:1'), wanted('registry.example:5000/team/app:2', { login })])).toEqual(
    [undefined, undefined],
  );
  const lines = asked();
  expect(lines.filter((line) => /^(session|GET|POST) ?/.test(line))).toEqual([
    'session',
    'GET /images/here:1/json HTTP/1.0',
    'GET /images/registry.example:5000/team/app:2/json HTTP/1.0',
    'POST /images/create?fromImage=registry.example%3A5000%2Fteam%2Fapp&tag=2 HTTP/1.0',
  ]);
  const [header = ''] = lines.filter((line) => line.startsWith('X-Registry-Auth:'));
  expect(JSON.parse(Buffer.from(header.split(' ')[1] ?? '', 'base64url').toString())).toEqual({
    username: 'reader',
    password: 'p$(reboot)"',
    serveraddress: 'registry.example:5000',
  });
});

test('each that cannot be had has the reason that the Engine gives', async () => {
  expect(
    await obtainImages(
      target,
      ['broken:1', 'absent', 'here:1'].map((name) => wanted(name)),
    ),
  ).toEqual(['unexpected EOF', 'pull access denied for absent', undefined]);
  expect(asked()).toContain('POST /images/create?fromImage=absent&tag=latest HTTP/1.0');
});

test('the platform is asked for', async () => {
  await obtainImages(target, [wanted('absent', { platform: 'linux/arm64' })]);
  expect(asked()).toContain('POST /images/create?fromImage=absent&tag=latest&platform=linux%2Farm64 HTTP/1.0');
});

test('where Docker cannot be asked, what it says instead', async () => {
  program('docker', 'echo permission denied while trying to connect >&2; exit 1');
  expect(await obtainImages(target, [wanted('absent')])).toEqual(['permission denied while trying to connect']);
  program('ssh', 'echo the way is blocked >&2; exit 255');
  expect(await obtainImages(target, [wanted('absent')])).toEqual(['the way is blocked']);
});
