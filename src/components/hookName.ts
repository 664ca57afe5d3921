import * as pulumi from '@pulumi/pulumi';

const stackType = 'pulumi:pulumi:Stack';

/**
 * The name of a component's resource hook. The engine accepts each name once in a deployment, over all of its processes, and keeps it in
 * the state. So the name consists of the parts that make the component's URN unique: the types of its parents, its own type, its name.
 */
export function hookName(kind: string, name: string, parent: pulumi.Resource | undefined): string {
  return `vlan-trunk:gate:${[...parentTypes(parent), kind].join('$')}::${name}`;
}

/** Types from the outermost parent inwards, without the stack, which a URN does not contain. */
function parentTypes(resource: pulumi.Resource | undefined): string[] {
  if (resource === undefined) return [];
  const type = pulumi.resourceType(resource);
  if (type === stackType) return [];
  // The SDK offers no other way from a resource to its parent.
  const { __parentResource: parent } = resource as { __parentResource?: pulumi.Resource };
  return [...parentTypes(parent), type];
}
