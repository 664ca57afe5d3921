/** The outcome of probing a host over ssh. */
export type ProbeResult<T> =
  | { kind: 'seen'; value: T; warnings?: string[] }
  /** The host answered, and the operation would fail: wrong host key, refused user, an existing link that contradicts the program. */
  | { kind: 'refused'; reason: string }
  /** No answer; the host may be reachable later. */
  | { kind: 'unreachable'; reason: string };
