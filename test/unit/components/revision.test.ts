import { revisionOf, unknownRevision } from '../../../src/components/revision';

const now = new Date('2026-11-26T10:15:00.123Z');
const fresh = { word: '20261126T101500Z', isKnown: true, departing: [] };
const missing = { subject: 'eth0.50', kind: 'link', expected: 'VLAN 50 (802.1Q) on eth0', found: 'missing' };
const seen = (revision: string | undefined, ...drift: (typeof missing)[]) =>
  ({ kind: 'seen', value: { revision, healed: undefined, manager: undefined, drift, departing: [] } }) as const;

test('where nothing has drifted, the revision stays that of the host', () => {
  expect(revisionOf(seen('7'), now)).toEqual({ word: '7', isKnown: true, departing: [] });
});

test('drift, a host without a revision and a contradiction are new revisions', () => {
  expect(revisionOf(seen('7', missing), now)).toEqual(fresh);
  expect(revisionOf(seen(undefined), now)).toEqual(fresh);
  expect(revisionOf({ kind: 'refused', reason: 'eth0.50 is already there' }, now)).toEqual(fresh);
});

test('links of the last apply that are declared no more', () => {
  const answer = seen('7');
  const value = { ...answer.value, departing: ['eth0.60'] };
  expect(revisionOf({ ...answer, value }, now)).toEqual({ word: '7', isKnown: true, departing: ['eth0.60'] });
});

test('of a host that does not answer, or is not asked, nothing is known', () => {
  expect(revisionOf({ kind: 'unreachable', reason: 'no route' }, now)).toEqual(unknownRevision);
  expect(revisionOf(undefined, now)).toEqual(unknownRevision);
});
