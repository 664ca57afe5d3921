import { images, isImageName, type ImageName } from './image';

export interface LabOptions {
  /** How many hosts: n1, n2, …; 2 unless given. */
  hosts?: number;
  /** Those of them that shall have no Docker. */
  withoutDocker?: string[];
  /** What a host boots, so which kernel and Engine it has, by its name; `forky` for those not named. */
  images?: Record<string, string>;
  /** Memory of each host, as the kernel takes it. */
  memory?: string;
}

export interface PlannedHost {
  name: string;
  address: string;
  tap: string;
  mac: string;
  withoutDocker: boolean;
  image: ImageName;
}

export const managementAddress = '10.88.0.1';
export const prefixLength = 24;
/** More than anybody's machine carries, and one hexadecimal digit less than the MAC address scheme could. */
const mostHosts = 64;
/** The quickest to boot; who never names another never waits for one to be made. */
const defaultImage: ImageName = 'forky';

function imageOf(host: string, name: string): ImageName {
  if (isImageName(name)) return name;
  throw new Error(`images.${host}: must be ${Object.keys(images).join(' or ')}, got "${name}"`);
}

/** Which hosts a lab has, with their places on the wire. Throws where that makes no sense. */
export function planHosts({ hosts = 2, withoutDocker = [], images: named = {} }: LabOptions): PlannedHost[] {
  if (!Number.isInteger(hosts) || hosts < 1 || hosts > mostHosts) {
    throw new Error(`hosts: must be an integer from 1 to ${mostHosts}, got ${hosts}`);
  }
  const planned = Array.from({ length: hosts }, (_, index) => {
    const name = `n${index + 1}`;
    return {
      name,
      address: `10.88.0.${11 + index}`,
      tap: `tap-${name}`,
      mac: `52:54:00:88:00:${(index + 1).toString(16).padStart(2, '0')}`,
      withoutDocker: withoutDocker.includes(name),
      image: imageOf(name, named[name] ?? defaultImage),
    };
  });
  for (const [path, names] of Object.entries({ withoutDocker, images: Object.keys(named) })) {
    const unknown = names.find((name) => !planned.some((host) => host.name === name));
    if (unknown !== undefined) throw new Error(`${path}: no host "${unknown}" in a lab of ${hosts}`);
  }
  return planned;
}
