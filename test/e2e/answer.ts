import { answering, answeringHost } from '../../lab/reach';

/** Which of the addresses answer, in the order asked; from a container, if one is named. */
export async function answer(from: string, addresses: string[], container?: string): Promise<string[]> {
  const found =
    container === undefined
      ? await answeringHost(from, addresses)
      : await answering({ host: from, container, address: '' }, addresses);
  return addresses.filter((address) => found.has(address));
}
