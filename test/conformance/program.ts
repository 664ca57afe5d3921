import * as command from '@pulumi/command';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { readFileSync } from 'node:fs';
import type { Declared, Kind } from './declared';

/** The program of every test here: it declares what the test wrote into a file. */

type Make = (name: string, args: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const make: Record<Kind, Make> = {
  docker: (...args) => new docker.Provider(...args),
  command: (...args) => new command.remote.Command(...args),
  network: (...args) => new docker.Network(...args),
  container: (...args) => new docker.Container(...args),
  image: (...args) => new docker.RemoteImage(...args),
};

const made = new Map<string, pulumi.CustomResource>();

/** `{ from: 'net', take: 'name' }` is that resource's output. */
function withOutputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOutputs);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const { from, take } = value as { from?: string; take?: string };
  if (entries.length === 2 && from !== undefined && take !== undefined) {
    return (made.get(from) as unknown as Record<string, unknown>)[take];
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, withOutputs(inner)]));
}

const declared = JSON.parse(readFileSync(process.env.CONFORMANCE_DECLARED ?? '', 'utf8')) as Declared[];

for (const { kind, name, args, on, after = [], existing } of declared) {
  const provider = on === undefined ? undefined : (made.get(on) as docker.Provider);
  const options = {
    ...(provider === undefined ? {} : { provider }),
    ...(existing === undefined ? {} : { import: existing }),
    dependsOn: after.map((other) => made.get(other)!),
  };
  made.set(name, make[kind](name, withOutputs(args) as never, options));
}
