/** What the Engine's API answered to one request. */
export interface DockerAnswer {
  /** 200 where it did what it was asked. */
  readonly status: number;
  /** The parsed JSON; `undefined` where it is none. */
  readonly body: unknown;
}

/**
 * Reads answers of the Engine's API (HTTP/1.1, RFC 9112), one behind the other, as probe.sh prints them: line by line. No JSON of the Engine
 * has a line break within, so that no length has to be counted.
 */
export function readDockerAnswers(lines: readonly string[]): DockerAnswer[] {
  const answers: DockerAnswer[] = [];
  const left = lines.map((line) => line.replace(/\r$/, ''));
  for (let line = left.shift(); line !== undefined; line = left.shift()) {
    const status = /^HTTP\/1\.\d (\d{3})/.exec(line)?.[1];
    if (status === undefined) continue;
    const header = takeWhile(left, (one) => one !== '');
    left.shift();
    const isChunked = header.some((one) => /^transfer-encoding: *chunked$/i.test(one));
    const text = isChunked ? takeChunks(left) : takeWhile(left, (one) => !one.startsWith('HTTP/')).join('');
    answers.push({ status: Number(status), body: parsed(text) });
  }
  return answers;
}

/** Each chunk is a line with its length and one with its data; the line break that ends the JSON comes last. */
function takeChunks(lines: string[]): string {
  let text = '';
  for (;;) {
    const length = lines.shift();
    if (length === undefined || !/^[0-9a-f]*[1-9a-f][0-9a-f]*$/i.test(length)) return text;
    text += lines.shift() ?? '';
  }
}

function takeWhile(lines: string[], isWanted: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !isWanted(line));
  return lines.splice(0, end === -1 ? lines.length : end);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
