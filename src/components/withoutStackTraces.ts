/**
 * Makes a provider's resource. Pulumi's SDK keeps a stack trace for each of its promises, four for each output and so 320 for a container, and finds the
 * place of each frame in the sources: a seventh of what a program with many containers costs. It shows them only at the end of a program whose
 * promises are never resolved.
 */
export function withoutStackTraces<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
