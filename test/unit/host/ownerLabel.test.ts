import { foreignOnes, newOwner } from '../../../src/host/ownerLabel';

test('foreign is what has no label, or the label of another owner', () => {
  const all = [
    { name: 'none', owner: '' },
    { name: 'ours', owner: 'me' },
    { name: 'theirs', owner: 'you' },
  ];
  const names = (owner: string | undefined) => foreignOnes(all, owner).map(({ name }) => name);
  expect(names('me')).toEqual(['none', 'theirs']);
  expect(names(newOwner)).toEqual(['none', 'ours', 'theirs']);
  // Not known yet: what any owner made may be ours.
  expect(names(undefined)).toEqual(['none']);
});
