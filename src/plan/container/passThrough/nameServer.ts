import { parseAddress } from '../../ip/address';
import type { NormalForm } from './normalForm';
import { mapTexts } from './shape';

/** An address in its canonical text (RFC 5952), which Engines from 29 on store. */
export function normalAddress(text: string): string {
  return parseAddress(text)?.text ?? text;
}

/** The container's name servers. */
export const nameServers: NormalForm = {
  rewrites: ['dns'],
  reads: [],
  normal: ({ dns }) => ({ dns: mapTexts(dns, normalAddress) }),
};
