import * as pulumi from '@pulumi/pulumi';
import { formatProblems, type Problem } from '../plan/argument/problem';
import { show } from '../plan/argument/show';

/** The error for wrong arguments: all problems at once, without a stack trace, which would not help the user. */
export function refusal(component: string, name: string, problems: readonly Problem[]): pulumi.RunError {
  return new pulumi.RunError(formatProblems(`${component} ${show(name)}`, problems));
}

/** Throws if there are problems. Only for constructors: an error in an `apply` would end the program before other components are checked. */
export function refuse(component: string, name: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw refusal(component, name, problems);
}
