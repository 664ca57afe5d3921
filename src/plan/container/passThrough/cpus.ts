import type { NormalForm } from './normalForm';
import { mapText } from './shape';

const decimal = /^\+?(?:(\d+)(?:\.(\d*))?|\.(\d+))$/;
/** Docker counts thousand millionths of a CPU. */
const places = 9;

/**
 * `2` is `2.0`, `.5` and `0.50` are `0.5`, and 10 is `10.`: the number of CPUs as the provider writes it. It rounds what has nine zeros in
 * it to one place, so that 0.05 reads back as 0.1: such a number has no spelling that is read back, and stays as it is.
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

/** With one place, where that is the same number. */
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
