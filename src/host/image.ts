import type { ImageReference } from '../plan/container/imageName';
import { partInput, sessionCommand } from './hostSession';
import { factValues, readProbeFacts } from './probeFact';
import { runOverSsh } from './ssh';
import type { SshTarget } from './sshOption';

/** An image that a container is to be made of. */
export interface WantedImage {
  readonly reference: ImageReference;
  /** As Docker takes it: `linux/arm64`. */
  readonly platform?: string | undefined;
  /** For the registry; none for a public image. */
  readonly login?: { readonly username: string; readonly password: string; readonly address: string } | undefined;
}

/** An image comes over the internet, and a large one at a far site takes long. In seconds. */
const pullLimit = 3600;

/** Has images on a host, in one ssh session: pulls those that are not there. For each: why it cannot be had, or `undefined`. */
export async function obtainImages(target: SshTarget, images: readonly WantedImage[]): Promise<(string | undefined)[]> {
  const input = partInput(['dial', 'askDocker', 'image'], images.flatMap(imageLines));
  const { stdout, stderr } = await runOverSsh(target, sessionCommand, input, false, pullLimit);
  const answers = factValues(readProbeFacts(stdout) ?? [], 'image').map((answer) => answer.split(' '));
  return images.map((_, index) => {
    const own = answers.filter(([number]) => number === String(index)).map(([, ...words]) => words);
    if (own.some(([outcome]) => outcome === 'here' || outcome === 'pulled')) return undefined;
    return reasonOf(own.map(([, ...words]) => words.join(' '))) ?? (stderr.trim() || 'no answer');
  });
}

function imageLines({ reference, platform, login }: WantedImage, number: number): string[] {
  const { name, repository, tag } = reference;
  const query = new URLSearchParams({ fromImage: repository, tag, ...(platform !== undefined && { platform }) });
  return [
    `login ${number} ${login === undefined ? '-' : loginHeader(login)}`,
    // Slashes and colons are part of a path in the Engine's API.
    `look ${number} /images/${encodeURI(name)}/json`,
    `pull ${number} /images/create?${query.toString()}`,
  ];
}

/** The header `X-Registry-Auth` (Engine API, authentication). */
function loginHeader({ username, password, address }: NonNullable<WantedImage['login']>): string {
  return Buffer.from(JSON.stringify({ username, password, serveraddress: address })).toString('base64url');
}

/** What the Engine says went wrong, or the program by which it is asked. */
function reasonOf(answer: readonly string[]): string | undefined {
  const said = answer.flatMap((line) => messageOf(line) ?? []);
  if (said.length > 0) return said.at(-1);
  const words = answer.map((line) => line.trim()).filter((line) => line !== '' && !/^(?:HTTP\/|[\w-]+: )/.test(line));
  return words.length > 0 ? words.join('; ') : undefined;
}

function messageOf(line: string): string | undefined {
  try {
    const read = JSON.parse(line) as { message?: unknown; errorDetail?: { message?: unknown } } | null;
    const message = read?.errorDetail?.message ?? read?.message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
