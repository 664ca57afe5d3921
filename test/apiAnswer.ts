/** What probe.sh prints of one answer of the Engine's API, behind its marker. */
export function apiAnswer(body: object, status = 200): string[] {
  return [`api HTTP/1.1 ${status} X\r`, 'api \r', `api ${JSON.stringify(body)}`];
}
