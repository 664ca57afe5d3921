import { readFileSync } from 'node:fs';
import * as command from '@pulumi/command';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import type { BareResource } from '../bareState';

/**
 * The very resources of the providers that this package declared for the layout, with the same inputs, and no component: what a
 * no-op preview costs without ours.
 */
const resources = JSON.parse(readFileSync('resources.json', 'utf8')) as BareResource[];
const declared = new Map<string, pulumi.CustomResource>();
const providers = new Map<string, docker.Provider>();

type Declare = (name: string, inputs: never, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const declarations: Record<string, Declare> = {
  'pulumi:providers:docker': (name, inputs, opts) => new docker.Provider(name, inputs, opts),
  'command:remote:Command': (name, inputs, opts) => new command.remote.Command(name, inputs, opts),
  'command:remote:CopyToRemote': (name, inputs, opts) => new command.remote.CopyToRemote(name, inputs, opts),
  'docker:index/network:Network': (name, inputs, opts) => new docker.Network(name, inputs, opts),
  'docker:index/container:Container': (name, inputs, opts) => new docker.Container(name, inputs, opts),
};

for (const { type, name, urn, inputs, provider, dependencies } of resources) {
  const declare = declarations[type];
  if (declare === undefined) throw new Error(`bench/pulumi/base.ts declares no ${type}`);
  const opts: pulumi.CustomResourceOptions = {
    dependsOn: dependencies.flatMap((dependency) => declared.get(dependency) ?? []),
    ...(provider === undefined ? {} : { provider: providers.get(provider) }),
  };
  const resource = declare(name, inputsOf(inputs) as never, opts);
  declared.set(urn, resource);
  if (resource instanceof docker.Provider) providers.set(urn, resource);
}

/** Secrets as such again. */
function inputsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inputsOf);
  if (typeof value !== 'object' || value === null) return value;
  if ('plaintext' in value) return pulumi.secret(inputsOf(JSON.parse(String(value.plaintext))));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inputsOf(inner)]));
}
