/** The value where it is an object with named fields. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** The list with each text in another form; anything else as it is. */
export function mapTexts(value: unknown, form: (text: string) => string): unknown {
  return Array.isArray(value) ? value.map((one: unknown) => mapText(one, form)) : value;
}

/** The text in another form; anything else as it is. */
export function mapText(value: unknown, form: (text: string) => string): unknown {
  return typeof value === 'string' ? form(value) : value;
}
