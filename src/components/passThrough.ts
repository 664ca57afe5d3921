import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { allLimits, droppedLimits, type KernelLimits } from '../plan/container/passThrough/kernelLimit';
import { appliesTo, normalForms } from '../plan/container/passThrough/normalContainerArgs';
import type { NormalForm } from '../plan/container/passThrough/normalForm';
import type { Host } from './host';
import { engineHasHooks } from './program';

/** Arguments of `docker.Container` that are passed on; only their spelling may change. */
export type PassThroughArgs = Omit<docker.ContainerArgs, 'networksAdvanced' | 'networkMode'>;

type Inputs = Readonly<Record<string, pulumi.Input<unknown>>>;

/**
 * The arguments in the form in which the provider reads them back, so that only a changed value is a difference. Unknown values stay
 * unknown and secrets secret. An argument with only one spelling is passed on unchanged.
 */
export function normalPassThrough(subject: string, args: PassThroughArgs, host: Host | undefined): PassThroughArgs {
  const given = args as Inputs;
  const forms = normalForms.filter((form) => appliesTo(form, given));
  const kernel = forms.some(({ readsKernel }) => readsKernel) ? kernelOf(host) : pulumi.output(allLimits);
  const rewritten = forms.map((form) => {
    if (form.readsKernel) warnOfDropped(subject, picked(given, form), kernel);
    return written(form, given, form.readsKernel ? kernel : pulumi.output(allLimits));
  });
  return Object.assign({}, args, ...rewritten) as PassThroughArgs;
}

function written(form: NormalForm, given: Inputs, kernel: pulumi.Output<KernelLimits>): Inputs {
  const normal = pulumi.all([picked(given, form), kernel]).apply(([values, limits]) => form.normal(values, limits));
  return Object.fromEntries(form.rewrites.map((name) => [name, normal.apply((values) => values[name])]));
}

function picked(given: Inputs, { rewrites, reads }: NormalForm) {
  return pulumi.output(Object.fromEntries([...rewrites, ...reads].map((name) => [name, given[name]])));
}

/** The limits that the host's kernel enforces; all of them if the host was not probed. Under mocks nothing is probed. */
function kernelOf(host: Host | undefined): pulumi.Output<KernelLimits> {
  if (host === undefined || !engineHasHooks()) return pulumi.output(allLimits);
  const report = pulumi.unsecret(host.check.plan).apply(() => host.preflight.report());
  return report.apply((known) => known?.kernel ?? allLimits);
}

function warnOfDropped(subject: string, given: ReturnType<typeof picked>, kernel: pulumi.Output<KernelLimits>): void {
  pulumi.all([given, kernel]).apply(([values, limits]) => {
    const dropped = droppedLimits(values, limits);
    if (dropped.length > 0) {
      void pulumi.log.warn(`${subject}: the kernel of the host does not enforce ${dropped.join(', ')}; not set`);
    }
  });
}
