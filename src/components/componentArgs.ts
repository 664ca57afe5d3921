import { Problems } from '../plan/argument/problem';
import { readObject, readString } from '../plan/argument/reader';
import { isLate } from './knownNow';
import { refuse } from './refusal';

/*
 * A JavaScript program may give anything in place of an object. Spreading an output would copy its fields into an object that only looks
 * like an output.
 */

/** The arguments of a component. Throws if they are no object with properties: then nothing can be checked. */
export function requireArgs<T extends object>(component: string, name: string, args: T): T {
  const problems = new Problems();
  // Nothing can be registered under another one, so no hook could refuse it.
  readString(problems, name, 'must have a name');
  requirePlainObject(problems.at('args'), args);
  refuse(component, name, problems.list);
  return args;
}

/** Reports a value that is no object with properties: a nested group of arguments, or an item of a list that decides the tree. */
export function requirePlainObject(problems: Problems, value: unknown): void {
  if (isLate(value)) problems.addMessage('must be a plain object, whose properties may hold outputs; got an output');
  else readObject(problems, value);
}

/** A list that decides which resources exist must be plain, so that a preview shows the true tree of resources. */
export function requirePlainList(problems: Problems, list: unknown): void {
  if (isLate(list)) problems.addMessage('must be a plain list, whose items may hold outputs; got an output');
  if (!Array.isArray(list)) return;
  list.forEach((item, index) => {
    if (isLate(item)) requirePlainObject(problems.at(index), item);
  });
}

/** True for an object whose properties are arguments; not for a list, an output or a promise. */
export function isArgsObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLate(value);
}
