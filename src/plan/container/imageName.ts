import type { Problems } from '../argument/problem';
import { readPattern } from '../argument/reader';

/**
 * A reference to an image: path components of lower-case letters, digits and separators, a registry with upper-case letters and a port, a tag, a
 * digest (distribution/reference, the part of its grammar that mistakes fall foul of); or an image's ID.
 */
const reference =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/|\[[0-9A-Fa-f:]+\](?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][\w.+-]*:[0-9A-Fa-f]{32,})?$/;
const id = /^sha256:[0-9a-f]{64}$/;

/** Reads the name of an image: `busybox`, `registry.example:5000/team/app:1.2`, with a digest, or an image's ID. */
export function readImage(problems: Problems, value: unknown): string | undefined {
  if (typeof value === 'string' && id.test(value)) return value;
  return readPattern(problems, value, reference, "must be the name of an image, such as 'nginx:1.27', in lower case");
}

/** The name of an image in its parts, as the Engine's API takes them. */
export interface ImageReference {
  readonly name: string;
  /** With the registry: `registry.example:5000/team/app`. */
  readonly repository: string;
  /** A tag, or a digest: `latest` where the name has neither. */
  readonly tag: string;
  /** `docker.io` where the name has none. */
  readonly registry: string;
}

/** The parts of a name that `readImage` accepts; `undefined` for an image's ID, which no registry knows. */
export function referenceOf(name: string): ImageReference | undefined {
  if (id.test(name)) return undefined;
  const [, tagged = name, digest] = /^([^@]*)@(.*)$/.exec(name) ?? [];
  // A colon before a slash is that of a port.
  const [, repository = tagged, tag = 'latest'] = /^(.*):([^/:]*)$/.exec(tagged) ?? [];
  const [first = ''] = repository.split('/');
  const isRegistry = first !== repository && (/[.:]/.test(first) || first === 'localhost');
  return { name, repository, tag: digest ?? tag, registry: isRegistry ? first : 'docker.io' };
}
