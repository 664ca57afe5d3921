import { Problems } from '../plan/argument/problem';
import { requirePlainObject } from './componentArgs';
import { isLate } from './knownNow';
import { Host } from './host';
import { refusal } from './refusal';

/** The host of a component. Throws if it is not a `Host`: without one, the other arguments cannot be checked. */
export function requireHost(component: string, name: string, host: unknown): Host {
  if (host instanceof Host) return host;
  const problems = new Problems();
  problems.at('host').add('must be a Host', host);
  throw refusal(component, name, problems.list);
}

/** A list that decides which resources exist must be plain, so that a preview shows the true tree of resources. */
export function requirePlainList(problems: Problems, list: unknown): void {
  if (isLate(list)) problems.addMessage('must be a plain list, whose items may hold outputs; got an output');
  if (!Array.isArray(list)) return;
  list.forEach((item, index) => {
    if (isLate(item)) requirePlainObject(problems.at(index), item);
  });
}

/** A value that decides which resources exist, or their names, must be plain for the same reason. */
export function requirePlain(problems: Problems, value: unknown): void {
  if (isLate(value)) problems.addMessage('must be a plain value, got an output');
}
