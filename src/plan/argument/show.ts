import { printable } from './printable';

const longest = 60;
/** How the text of a private key begins (PEM; OpenSSH). */
const privateKeyMark = /-----BEGIN [A-Z ]*PRIVATE KEY/;

/** A value as a message shows it: strings in quotes and shortened, lists and objects by their kind only, no private key. Never throws. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return privateKeyMark.test(value) ? 'a private key' : quoted(value);
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return `${String(value)}n`;
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    default:
      if (value === null) return 'null';
      return Array.isArray(value) ? 'a list' : 'an object';
  }
}

function quoted(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  // What is left after JSON's own escapes is printable, or becomes so without another cut.
  return printable(JSON.stringify(short), Infinity);
}

/** Below it, a part of a secret occurs in too many other texts. */
const shortestPart = 8;

/**
 * All texts as which a message may hold a value: as it is, without the white space around it, one of its lines; each also as `show` writes it.
 * The longest first, so that none is hidden by a part of it.
 */
export function shownForms(text: string): string[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const parts = [text, text.trim(), ...lines.filter((line) => line.length >= shortestPart)];
  const forms = new Set(parts.flatMap((part) => [part, quoted(part).slice(1, -1), printable(part)]));
  return [...forms].filter((form) => form !== '').sort((one, other) => other.length - one.length);
}
