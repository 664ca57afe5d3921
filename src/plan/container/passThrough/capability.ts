import { mapTexts, recordOf } from './shape';
import type { NormalForm } from './normalForm';

const all = 'ALL';
const prefix = 'CAP_';

/** `NET_ADMIN`, `net_admin` and `cap_net_admin` are `CAP_NET_ADMIN` (capabilities(7)), as Docker's client spells it. */
export function normalCapability(name: string): string {
  const upper = name.toUpperCase();
  return upper === all || upper.startsWith(prefix) ? upper : prefix + upper;
}

/** Added and dropped capabilities, each once. Two empty lists are read back as if there were none. */
export const capabilities: NormalForm = {
  rewrites: ['capabilities'],
  reads: [],
  normal: ({ capabilities: given }) => {
    const lists = recordOf(given);
    if (lists === undefined) return { capabilities: given };
    const adds = normalList(lists.adds);
    const drops = normalList(lists.drops);
    return { capabilities: isEmpty(adds) && isEmpty(drops) ? undefined : { ...lists, adds, drops } };
  },
};

function normalList(given: unknown): unknown {
  const names = mapTexts(given, normalCapability);
  return Array.isArray(names) ? [...new Set(names as unknown[])] : names;
}

function isEmpty(list: unknown): boolean {
  return list === undefined || list === null || (Array.isArray(list) && list.length === 0);
}
