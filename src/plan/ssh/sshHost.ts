import type { Known } from '../argument/known';
import type { Problem } from '../argument/problem';
import { parseAddress } from '../ip/address';
import { dnsName } from '../argument/dnsName';
import { readHostKey } from './hostKey';
import { unknown as notKnown } from '../argument/known';
import { Problems } from '../argument/problem';
import { optional, readBoolean, readInteger, readObject, readPattern, readString } from '../argument/reader';

/** The declaration of an ssh server: how to reach it. */
export interface SshEndpointSpec {
  /** An IP address without zone, or a DNS name. */
  address: Known<string>;
  /** 1 to 65535; by default 22. */
  port?: Known<number>;
  user?: Known<string>;
  /** The host's public key, `<type> <base64>`. Needed, unless `acceptAnyHostKey` is true. */
  hostKey?: Known<string>;
  /** True: any machine that answers is trusted. Not together with `hostKey`. By default false. */
  acceptAnyHostKey?: Known<boolean>;
  /** The text of a private key; not together with `privateKeyFile`. Without either, the keys of the running ssh agent. */
  privateKey?: Known<string>;
  privateKeyFile?: Known<string>;
}

/** A host, and the jump host before it where there is one. */
export interface SshHostSpec extends SshEndpointSpec {
  proxy?: SshEndpointSpec;
}

/*
 * Address and user become words of an `ssh` command line and parts of an `ssh://` URL, so they pass an allow-list; a
 * leading '-' would be read as an option (CVE-2017-1000117 and its kin).
 */
const userName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}$/;
/** ssh reads `${NAME}` in a path as an environment variable, and has no way to escape it (ssh_config(5)). */
const keyPath = /^(?!-)(?!.*\$\{)[^\0\r\n]+$/;
const privateKeyMark = '-----BEGIN ';

/** True for the text of a private key, which may have been given in place of its path. */
export function isKeyText(text: string): boolean {
  return text.includes(privateKeyMark);
}

/** All problems of how to reach a host; empty if there is none. Values not known yet are skipped. */
export function checkSshHost(spec: SshHostSpec): Problem[] {
  const problems = new Problems();
  const host = readObject(problems, spec);
  if (host === undefined) return problems.list;
  checkEndpoint(problems, host);
  if (host.proxy === undefined) return problems.list;
  const at = problems.at('proxy');
  const proxy = readObject(at, host.proxy);
  if (proxy !== undefined) checkEndpoint(at, proxy);
  return problems.list;
}

/** The key as both ssh stacks take it, without its comment; `undefined` if the text is no host key. */
export function canonicalHostKey(text: string): string | undefined {
  return readHostKey(new Problems(), text);
}

function checkEndpoint(problems: Problems, spec: Readonly<Record<string, unknown>>): void {
  readHostAddress(problems.at('address'), spec.address);
  optional(spec.port, (given) => readInteger(problems.at('port'), given, 1, 65535));
  const expectedUser = "must be a user name of letters, digits, '_', '.' and '-', not '-' first";
  optional(spec.user, (given) => readPattern(problems.at('user'), given, userName, expectedUser));
  checkHostKey(problems, spec);
  checkPrivateKey(problems, spec);
}

function readHostAddress(problems: Problems, value: unknown): void {
  const expected = 'must be an IP address or a DNS name';
  const text = readString(problems, value, expected);
  if (text === undefined || parseAddress(text) !== undefined) return;
  if (isName(text)) return;
  problems.add(expected, text, plainHost(text));
}

/** True for a DNS name. A text of digits and dots alone is a mistyped IPv4 address, which resolvers read in different ways. */
function isName(text: string): boolean {
  return dnsName.test(text) && !/^[0-9.]+$/.test(text);
}

/** The host in `ssh://user@host:22`, `user@host`, `host:22` or `[address]`. */
function plainHost(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^[^@]*@/, '');
  const host = /^\[([^\]]*)\]/.exec(bare)?.[1] ?? bare.replace(/:[0-9]+$/, '').replace(/[/%].*$/s, '');
  return host !== text && (isName(host) || parseAddress(host) !== undefined) ? host : undefined;
}

function checkHostKey(problems: Problems, spec: Readonly<Record<string, unknown>>): void {
  const at = problems.at('hostKey');
  const waiver = problems.at('acceptAnyHostKey');
  const acceptsAny = optional(spec.acceptAnyHostKey, (given) => readBoolean(waiver, given));
  const waiverSaysNo = spec.acceptAnyHostKey === undefined || acceptsAny === false;
  if (spec.hostKey !== undefined) {
    readHostKey(at, spec.hostKey);
    if (acceptsAny === true) waiver.add('must be left out where hostKey is given', true);
  } else if (waiverSaysNo) {
    at.addMessage(
      'must be the public key of the host (`ssh-keyscan -t ed25519 HOST` prints it; compare it on the host), ' +
        'or acceptAnyHostKey must be true, got neither',
    );
  }
}

/** The messages show no value, because it may be the key itself. */
function checkPrivateKey(problems: Problems, spec: Readonly<Record<string, unknown>>): void {
  const { privateKey, privateKeyFile } = spec;
  if (typeof privateKey === 'string' && !isKeyText(privateKey)) {
    problems.at('privateKey').addMessage('must be the text of a private key, which begins with "-----BEGIN "');
  } else if (privateKey !== undefined && typeof privateKey !== 'string' && privateKey !== notKnown) {
    problems.at('privateKey').addMessage('must be a string');
  }
  optional(privateKeyFile, (given) => {
    const at = problems.at('privateKeyFile');
    if (typeof given === 'string' && isKeyText(given)) at.addMessage('must be a path, got the key itself');
    else readPattern(at, given, keyPath, "must be a path without '${', not beginning with '-'");
  });
  if (privateKey !== undefined && privateKeyFile !== undefined) {
    problems.addMessage('must have at most one of privateKey and privateKeyFile, got both');
  }
}
