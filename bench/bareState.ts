/** A resource of a provider, as `pulumi/base.ts` declares it. */
export interface BareResource {
  type: string;
  name: string;
  urn: string;
  inputs: unknown;
  /** Its provider's URN; absent where that is a default one. */
  provider?: string;
  dependencies: string[];
}

interface StateResource {
  urn: string;
  custom?: boolean;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  parent?: string;
  provider?: string;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[] | null>;
}

export interface StackExport {
  deployment: { resources: StateResource[] };
}

const stackType = 'pulumi:pulumi:Stack';
const isDefaultProvider = (urn: string) => /::pulumi:providers:[^:]+::default/.test(urn);
/** What the engine itself keeps, such as `pulumi.Stash`: no provider's, so what ours adds by it is ours. */
const isOfEngine = (type: string, urn: string) =>
  /^pulumi:(index|pulumi):/.test(type) || urn.includes('::pulumi:providers:pulumi::');
const nameOf = (urn: string) => urn.slice(urn.lastIndexOf('::') + 2);

/** A state without its components, all that is left being the stack's own children, and what a program of it declares. */
export function withoutComponents(exported: StackExport): { state: StackExport; resources: BareResource[] } {
  const kept = exported.deployment.resources.filter(
    ({ custom, type, urn }) => (custom === true && !isOfEngine(type, urn)) || type === stackType,
  );
  const stack = kept.find(({ type }) => type === stackType)?.urn ?? '';
  const prefix = stack.slice(0, stack.indexOf(stackType));
  const renamed = new Map(kept.map(({ urn, type }) => [urn, `${prefix}${type}::${nameOf(urn)}`]));
  const urnsOf = (urns: string[] | null | undefined) => urns?.flatMap((urn) => renamed.get(urn) ?? []) ?? [];
  const providerOf = (reference: string) => {
    const at = reference.lastIndexOf('::');
    return `${renamed.get(reference.slice(0, at)) ?? ''}${reference.slice(at)}`;
  };
  const resources = kept.map(
    ({ urn, custom, type, id, inputs, outputs, provider, dependencies, propertyDependencies }): StateResource => ({
      urn: renamed.get(urn) ?? '',
      type,
      ...(custom === undefined ? {} : { custom }),
      ...(id === undefined ? {} : { id }),
      ...(inputs && { inputs }),
      ...(outputs && { outputs }),
      ...(type === stackType || isDefaultProvider(urn) ? {} : { parent: stack }),
      ...(provider === undefined || provider === '' ? {} : { provider: providerOf(provider) }),
      dependencies: urnsOf(dependencies),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies ?? {}).map(([key, urns]) => [key, urnsOf(urns)]),
      ),
    }),
  );
  const declared = resources.filter(({ urn, type }) => type !== stackType && !isDefaultProvider(urn));
  return {
    state: { ...exported, deployment: { ...exported.deployment, resources } },
    resources: declared.map(({ urn, type, inputs, provider = '', dependencies = [] }) => ({
      type,
      name: nameOf(urn),
      urn,
      inputs: asDeclared(inputs),
      ...(provider === '' || isDefaultProvider(provider)
        ? {}
        : { provider: provider.slice(0, provider.lastIndexOf('::')) }),
      dependencies,
    })),
  };
}

/** Inputs without the provider's notes on which of them are its defaults. */
function asDeclared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asDeclared);
  if (typeof value !== 'object' || value === null) return value;
  const defaults = '__defaults' in value && Array.isArray(value.__defaults) ? (value.__defaults as string[]) : [];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__defaults' && !defaults.includes(key))
      .map(([key, inner]) => [key, asDeclared(inner)]),
  );
}
