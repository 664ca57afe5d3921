import * as pulumi from '@pulumi/pulumi';
import { formatProblems, type Problem } from '../plan/argument/problem';

/**
 * Ends the program when a check found something: all problems at once, without a stack trace, since the fault is in the
 * arguments and not in a line of code. Only for constructors: see ArgumentCheck for what an `apply` must not do.
 */
export function refuse(component: string, name: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new pulumi.RunError(formatProblems(`${component} "${name}"`, problems));
}
