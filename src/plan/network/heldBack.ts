import { sameAddress } from '../ip/address';
import { readAddress, readCidr } from '../ip/addressReader';
import { Problems } from '../argument/problem';
import { readList, readObject } from '../argument/reader';
import { readMember } from './subnet';

/**
 * The auxiliary addresses of a subnet, plus the addresses of a shim in that subnet that are not reserved yet, under the names `shim`,
 * `shim-2` and so on. So Docker hands none of them out. Wrong values are returned unchanged: the checks of network and shim report them.
 */
export function holdBack(subnet: unknown, shimAddresses: unknown): unknown {
  const quiet = new Problems();
  const spec = readObject(quiet, subnet);
  const given = spec?.auxiliaryAddresses;
  const block = readCidr(quiet, spec?.subnet);
  const named = given === undefined ? {} : readObject(quiet, given);
  if (spec === undefined || block === undefined || named === undefined) return given;
  const taken = [spec.gateway, ...Object.values(named)].flatMap((value) => readAddress(quiet, value) ?? []);
  const all = { ...named };
  for (const item of readList(quiet, shimAddresses) ?? []) {
    const address = readMember(quiet, item, block);
    if (address === undefined || taken.some((one) => sameAddress(one, address))) continue;
    all[freeName(all)] = address.text;
    taken.push(address);
  }
  return Object.keys(all).length === 0 ? given : all;
}

function freeName(taken: Readonly<Record<string, unknown>>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'shim' : `shim-${number}`;
    if (!(name in taken)) return name;
  }
}
