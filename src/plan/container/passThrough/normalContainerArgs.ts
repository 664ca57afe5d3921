import { capabilities } from './capability';
import { cpus } from './cpus';
import { devices } from './device';
import { healthcheck } from './healthcheck';
import { imageDefaults } from './imageDefault';
import { cpuLimits } from './cpuLimit';
import { allLimits, type KernelLimits } from './kernelLimit';
import { memoryLimits } from './memory';
import { nameServers } from './nameServer';
import type { ContainerArguments, NormalForm } from './normalForm';
import { restartPolicy } from './restart';
import { securityOptions } from './securityOption';
import { workingDirectory } from './workingDirectory';

/** Each argument is rewritten by one rule at most; the order of the rules does not matter. */
export const normalForms: readonly NormalForm[] = [
  capabilities,
  cpuLimits,
  cpus,
  devices,
  healthcheck,
  imageDefaults,
  memoryLimits,
  nameServers,
  restartPolicy,
  securityOptions,
  workingDirectory,
];

/** The arguments in the form in which the provider reads them back. Arguments without such a rule are unchanged. */
export function normalContainerArgs(given: ContainerArguments, kernel: KernelLimits = allLimits): ContainerArguments {
  const normal: Record<string, unknown> = { ...given };
  for (const form of normalForms) {
    const written = form.normal(given, kernel);
    for (const name of form.rewrites) normal[name] = written[name];
  }
  return Object.fromEntries(Object.entries(normal).filter(([, value]) => value !== undefined));
}

/** True if the program gives one of the arguments that the rule rewrites. */
export function appliesTo({ rewrites }: NormalForm, given: ContainerArguments): boolean {
  return rewrites.some((name) => given[name] !== undefined);
}
