import { images, isImageName, type ImageName } from './image';

export interface LabOptions {
  /** How many hosts: n1, n2, …; or which of them, by their names. 2 unless given. */
  hosts?: number | string[];
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
  const known = Object.keys(images);
  const last = known.at(-1) ?? '';
  throw new Error(`images.${host}: must be ${known.slice(0, -1).join(', ')} or ${last}, got "${name}"`);
}

/** The numbers of the hosts that are asked for: 1 is n1. */
function numbersOf(hosts: number | string[]): number[] {
  if (typeof hosts === 'number') {
    if (Number.isInteger(hosts) && hosts >= 1 && hosts <= mostHosts) {
      return Array.from({ length: hosts }, (_, index) => index + 1);
    }
    throw new Error(`hosts: must be an integer from 1 to ${mostHosts}, got ${hosts}`);
  }
  if (hosts.length === 0) throw new Error('hosts: must name at least one host');
  return [...new Set(hosts)].map((name) => {
    const number = /^n[1-9][0-9]*$/.test(name) ? Number(name.slice(1)) : 0;
    if (number < 1 || number > mostHosts) throw new Error(`hosts: must be n1 to n${mostHosts}, got "${name}"`);
    return number;
  });
}

/** Which hosts a lab has, with their places on the wire. Throws where that makes no sense. */
export function planHosts({ hosts = 2, withoutDocker = [], images: named = {} }: LabOptions): PlannedHost[] {
  const planned = numbersOf(hosts).map((number) => {
    const name = `n${number}`;
    return {
      name,
      address: `10.88.0.${10 + number}`,
      tap: `tap-${name}`,
      mac: `52:54:00:88:00:${number.toString(16).padStart(2, '0')}`,
      withoutDocker: withoutDocker.includes(name),
      image: imageOf(name, named[name] ?? defaultImage),
    };
  });
  for (const [path, names] of Object.entries({ withoutDocker, images: Object.keys(named) })) {
    const unknown = names.find((name) => !planned.some((host) => host.name === name));
    if (unknown !== undefined) {
      throw new Error(`${path}: no host "${unknown}" in a lab of ${planned.map(({ name }) => name).join(', ')}`);
    }
  }
  return planned;
}
