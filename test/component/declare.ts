import * as pulumi from '@pulumi/pulumi';

/** One resource as the engine was asked for it. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

const declared: Declared[] = [];

/** Must run before the first component is made: everything declared in this file lands in one list. */
export function recordDeclarations(): void {
  void pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        declared.push({ type, name, inputs: inputs as Record<string, unknown> });
        // A Stash gives its first input as its output.
        const output = (inputs as { input?: unknown }).input;
        return { id: `${name}-id`, state: { ...(inputs as Record<string, unknown>), output } };
      },
      call: () => ({}),
    },
    'project',
    'stack',
  );
}

/** All resources whose names begin with this, as far as the engine has been asked for them. */
export function declaredBelow(name: string): Declared[] {
  return declared.filter((one) => one.name.startsWith(name));
}

/** The resource of that name, once the engine has been asked for everything. */
export async function declaredAs(name: string): Promise<Declared> {
  for (let turn = 0; turn < 2000; turn++) {
    const found = declared.find((one) => one.name === name);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no resource ${name} among ${declared.map((one) => one.name).join(', ')}`);
}

const options = new Map<string, pulumi.CustomResourceOptions>();

/** A transform for a component that records the options of its children, which mocks do not receive. */
export const noteOptions: pulumi.ComponentResourceOptions = {
  transformations: [
    ({ name, props, opts }) => {
      options.set(name, opts);
      return { props: props, opts };
    },
  ],
};

/** The options that a resource was registered with, after those that it adds itself. */
export function optionsOf(name: string): pulumi.CustomResourceOptions | undefined {
  return options.get(name);
}

/** The children's options: which resources this one waits for, and with which one it goes. */
export async function orderOf(
  name: string,
): Promise<{ deletedWith?: string; dependsOn: string[]; protect: boolean | undefined }> {
  const { deletedWith, dependsOn = [], protect } = options.get(name) ?? {};
  const before = (Array.isArray(dependsOn) ? dependsOn : [dependsOn]) as pulumi.Resource[];
  return {
    protect,
    ...(deletedWith !== undefined && { deletedWith: await resourceName(deletedWith) }),
    dependsOn: await Promise.all(before.map(resourceName)),
  };
}

async function resourceName(resource: pulumi.Resource): Promise<string> {
  return (await valueOf(resource.urn)).split('::').at(-1) ?? '';
}

/** What an output holds. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
