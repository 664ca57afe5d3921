import { readDockerAnswers } from '../../../src/host/dockerAnswer';

const lines = (text: string) => text.split('\n');
const head = (...fields: string[]) =>
  ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...fields, '', ''].join('\r\n');
/** As Go's server sends what it does not know the length of: in chunks with their length, cut at any byte. */
const chunked = (...parts: string[]) =>
  head('Transfer-Encoding: chunked') +
  [...parts, ''].map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');
const plain = (json: string) => head(`Content-Length: ${json.length + 1}`) + `${json}\n`;

test('answers behind each other, of a known length and in chunks', () => {
  const text = plain('{"ServerVersion":"28.5.2"}') + chunked('[{"Name":"a b', 'c"},', '{"Name":"d"}]\n') + plain('[]');
  expect(readDockerAnswers(lines(text))).toEqual([
    { status: 200, body: { ServerVersion: '28.5.2' } },
    { status: 200, body: [{ Name: 'a bc' }, { Name: 'd' }] },
    { status: 200, body: [] },
  ]);
});

test.each([
  ['after the blank at its end', ['["a ', 'b"]\n']],
  ['before its last line break', ['["a b"]', '\n']],
  ['at what looks like a length', ['["a b","', '12","', '0"]\n']],
])('a chunk that is cut %s loses nothing', (_, parts) => {
  const [answer, next] = readDockerAnswers(lines(chunked(...parts) + plain('{}')));
  expect(answer?.body).toEqual(JSON.parse(parts.join('')));
  expect(next).toEqual({ status: 200, body: {} });
});

test('a refusal of the Engine has its status and message', () => {
  const text = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 24\r\n\r\n{"message":"starting"}\n';
  expect(readDockerAnswers(lines(text))).toEqual([{ status: 503, body: { message: 'starting' } }]);
});

test.each([
  ['nothing', '', 0],
  ['no answer', 'bash: docker: command not found', 0],
  ['an answer that breaks off', chunked('[{"Name":"a"').slice(0, -8), 1],
  ['an answer that is no JSON', plain('<html>'), 1],
])('%s has no body', (_, text, count) => {
  const answers = readDockerAnswers(lines(text));
  expect(answers.map(({ body }) => body)).toEqual(Array(count).fill(undefined));
});
