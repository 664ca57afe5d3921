/** Where in a declaration a value stands. */
export type Path = readonly (string | number)[];

const isNested = (value: unknown): value is object =>
  Array.isArray(value) || (typeof value === 'object' && value?.constructor === Object);

/** Paths of all values in a declaration, of the declaration itself too. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  const inner = isNested(value) ? Object.entries(value) : [];
  const step = (name: string) => (Array.isArray(value) ? Number(name) : name);
  return [path, ...inner.flatMap(([name, one]) => pathsOf(one, [...path, step(name)]))];
}

/** All values in a declaration that are texts. */
export function leavesOf(value: unknown): { path: Path; text: string }[] {
  return pathsOf(value).flatMap((path) => {
    const text = valueAt(value, path);
    return typeof text === 'string' ? [{ path, text }] : [];
  });
}

/** Properties whose names the program chooses. */
export function namesOf(value: unknown): { path: Path; text: string }[] {
  return pathsOf(value).flatMap((path) => {
    const isChosen = ['labels', 'auxiliaryAddresses', 'sysctls', 'egressQosMap', 'ingressQosMap'].includes(
      String(path.at(-2)),
    );
    return isChosen ? [{ path, text: String(path.at(-1)) }] : [];
  });
}

export function valueAt(value: unknown, [first, ...rest]: Path): unknown {
  return first === undefined ? value : valueAt((value as Record<string, unknown>)[first], rest);
}

/** A copy with another value in one place. */
export function withValue(value: unknown, [first, ...rest]: Path, other: unknown): unknown {
  if (first === undefined) return other;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[first] = withValue(copy[first], rest, other);
  return copy;
}

/** A copy with another name for one property. */
export function withName(value: unknown, path: Path, name: string): unknown {
  const parent = path.slice(0, -1);
  const { [String(path.at(-1))]: moved, ...others } = valueAt(value, parent) as Record<string, unknown>;
  return withValue(value, parent, Object.fromEntries([...Object.entries(others), [name, moved]]));
}

/** The path as problems show it. */
export function shownPath(path: Path): string {
  if (path.length === 0) return 'args';
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number' || /^\d+$/.test(step)) return `${text}[${step}]`;
    if (!/^\w+$/.test(step)) return `${text}["${step}"]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
