/** The value if it is an object with named fields, else `undefined`. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** A list with each text rewritten; any other value unchanged. */
export function mapTexts(value: unknown, form: (text: string) => string): unknown {
  return Array.isArray(value) ? value.map((one: unknown) => mapText(one, form)) : value;
}

/** A text rewritten; any other value unchanged. */
export function mapText(value: unknown, form: (text: string) => string): unknown {
  return typeof value === 'string' ? form(value) : value;
}
