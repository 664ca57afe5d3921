import { deliveryOf } from '../../../../src/plan/reach/datagram';
import type { EndFacts } from '../../../../src/plan/reach/diagnosis';

const far: EndFacts = { container: 'running', address: 'yes', listens: 'yes', quiet: '0', peak: '0' };

test.each<[string, EndFacts | undefined, EndFacts | undefined, ReturnType<typeof deliveryOf>]>([
  ['all of them counted', { sent: 'silent' }, { ...far, peak: '100' }, 'delivered'],
  ['a few others besides', { sent: 'silent' }, { ...far, quiet: '20', peak: '115' }, 'delivered'],
  ['half of them, with others besides', { sent: 'silent' }, { ...far, quiet: '20', peak: '75' }, 'delivered'],
  [
    'others alone, in one moment more than in the next',
    { sent: 'silent' },
    { ...far, quiet: '40', peak: '80' },
    'lost',
  ],
  ['few others alone', { sent: 'silent' }, { ...far, quiet: '20', peak: '35' }, 'lost'],
  ['none', { sent: 'silent' }, far, 'lost'],
  ['others that are too many', { sent: 'silent' }, { ...far, quiet: '900', peak: '1001' }, 'untold'],
  ['a program that does not read them', { sent: 'silent' }, { ...far, queued: 'yes', quiet: '900' }, 'delivered'],
  ['an answer that came late', { sent: 'answered' }, far, 'delivered'],
  ['a socket that talks to the first sender alone', { sent: 'refused' }, far, 'delivered'],
  ['no socket, also where others send', { sent: 'refused' }, { ...far, listens: 'no', quiet: '900' }, 'lost'],
  ['a container that is stopped', undefined, { container: 'stopped' }, 'lost'],
  ['an address that it does not have', undefined, { container: 'running', address: 'no' }, 'lost'],
  ['a host that does not report', { sent: 'silent' }, undefined, 'untold'],
  ['a far end that could not be read', { sent: 'silent' }, { container: 'running', address: 'yes' }, 'untold'],
])('%s', (_, near, end, expected) => expect(deliveryOf(near, end)).toBe(expected));
