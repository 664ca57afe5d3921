import { Problems } from '../plan/argument/problem';
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

/** A value that decides which resources exist, or their names, must be plain for the same reason. */
export function requirePlain(problems: Problems, value: unknown): void {
  if (isLate(value)) problems.addMessage('must be a plain value, got an output');
}
