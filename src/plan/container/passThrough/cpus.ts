import type { NormalForm } from './normalForm';
import { mapText } from './shape';

const decimal = /^\+?(?:(\d+)(?:\.(\d*))?|\.(\d+))$/;
/** Docker keeps the number of CPUs with nine decimal places. */
const places = 9;

/**
 * The number of CPUs as the provider writes it: `2` is `2.0`, `.5` and `0.50` are `0.5`, and 10 is `10.`. The provider rounds a number
 * whose nine-place text holds nine zeros to one place: 0.05 reads back as 0.1. No spelling of such a number is read back, so it is
 * returned unchanged.
 */
export function normalCpus(text: string): string {
  const [, whole = '0', fraction = '', only = fraction] = decimal.exec(text) ?? [];
  const digits = only.replace(/0+$/, '');
  if (!decimal.test(text) || digits.length > places) return text;
  const number = `${BigInt(whole)}.${digits.padEnd(places, '0')}`;
  if (/^[0.]+$/.test(number)) return '0';
  return hasNineZeros(number) ? roundTrip(number, text) : number.replace(/0+$/, '');
}

function hasNineZeros(number: string): boolean {
  return number.split('0').length - 1 === places;
}

/** The number with one place if that does not change its value, else the given text. */
function roundTrip(number: string, text: string): string {
  const short = number.slice(0, number.indexOf('.') + 2);
  return short.padEnd(number.length, '0') === number ? short : text;
}

/** The number of CPUs. */
export const cpus: NormalForm = {
  rewrites: ['cpus'],
  reads: [],
  normal: ({ cpus: given }) => ({ cpus: mapText(typeof given === 'number' ? `${given}` : given, normalCpus) }),
};
