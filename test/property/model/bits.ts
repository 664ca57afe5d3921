/*
 * The model's own idea of addresses: strings of '0' and '1'. A block is the bits that its addresses begin with, so that
 * "contains" is `startsWith`. Nothing here is shared with the code under test.
 */

/** 32 or 128 bits of an address; throws for anything that is none (RFC 791, RFC 4291 2.2). */
export function bitsOf(text: string): string {
  return text.includes(':') ? ipv6Bits(text) : ipv4Bits(text);
}

/** The fixed bits of a block in CIDR form (RFC 4632); throws where host bits are set. */
export function blockBits(text: string): { bits: string; width: number } {
  const [address = '', prefix = ''] = text.split('/');
  const all = bitsOf(address);
  if (!/^\d+$/.test(prefix) || Number(prefix) > all.length) throw new Error(`no prefix length: ${text}`);
  const bits = all.slice(0, Number(prefix));
  if (bits.padEnd(all.length, '0') !== all) throw new Error(`host bits set: ${text}`);
  return { bits, width: all.length };
}

function ipv4Bits(text: string): string {
  const parts = text.split('.');
  if (parts.length !== 4) throw new Error(`no IPv4 address: ${text}`);
  return parts.map((part) => binary(part, /^(0|[1-9]\d{0,2})$/, 10, 8)).join('');
}

function ipv6Bits(text: string): string {
  const halves = text.split('::');
  if (halves.length > 2) throw new Error(`no IPv6 address: ${text}`);
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) throw new Error(`no IPv6 address: ${text}`);
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return groups.map((group) => binary(group, /^[0-9a-f]{1,4}$/i, 16, 16)).join('');
}

function binary(digits: string, pattern: RegExp, radix: number, size: number): string {
  const value = Number.parseInt(digits, radix);
  if (!pattern.test(digits) || value >= 2 ** size) throw new Error(`no part of an address: ${digits}`);
  return value.toString(2).padStart(size, '0');
}
