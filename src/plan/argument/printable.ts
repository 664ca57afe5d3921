/** What a terminal obeys, what cannot be seen, and what changes the order in which text is read: controls, formats (bidi), halves of characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const longestLine = 1000;
const mostLines = 200;
const longestText = 20_000;

/**
 * One line of text from outside (a host, a file's name, a component's name) that is safe to print: what is not printable as an escape, as in
 * JavaScript, and the end cut off where it is too long.
 */
export function printable(text: string, longest = longestLine): string {
  // Cut before, so that a long text costs nothing, and after, since an escape is longer than what it stands for.
  return cut(cut(text, longest).replace(unprintable, escaped), longest);
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
  const lines = text.split('\n', mostLines + 1);
  const shown = lines.slice(0, mostLines).map((line) => printable(line));
  return cut([...shown, ...(lines.length > mostLines ? ['…'] : [])].join('\n'), longestText);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
