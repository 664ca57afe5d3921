import * as pulumi from '@pulumi/pulumi';
import { formatProblems, type Problem } from '../plan/argument/problem';

/** The error for wrong arguments: all problems at once, without a stack trace, since no line of code is at fault. */
export function refusal(component: string, name: string, problems: readonly Problem[]): pulumi.RunError {
  return new pulumi.RunError(formatProblems(`${component} "${name}"`, problems));
}

/** Throws where a check found something. Only for constructors: see ArgumentCheck for what an `apply` must not do. */
export function refuse(component: string, name: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw refusal(component, name, problems);
}
