import { Progress } from '../../../src/components/progress';

test('one line a host says how far an up has come there', () => {
  const progress = new Progress();
  const names = ['done', 'twice', 'half', 'back', 'failed', 'read', 'idle'];
  const [done, twice, half, back, failed, read] = names.map((name) => progress.add(name));
  for (const host of [done, twice, twice, half, half, back, failed]) host?.begin();
  for (const host of [done, twice, twice, half, back]) host?.end();
  for (const host of [back, failed]) host?.fail();
  back?.takeBack();
  read?.takeBack('undone');
  expect(progress.lines()).toEqual([
    'done: changed',
    'twice: changed',
    'half: under way',
    'back: taken back',
    'failed: failed',
    'read: taken back: undone',
    'idle: not begun',
  ]);
});

test('a program of one host needs no such line', () => {
  const progress = new Progress();
  progress.add('n1').begin();
  expect(progress.lines()).toEqual([]);
});
