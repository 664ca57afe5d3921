import { Progress } from '../../../src/components/progress';

test('one line a host says how far an up has come there', () => {
  const progress = new Progress();
  const [done, twice, half, back, failed] = ['done', 'twice', 'half', 'back', 'failed', 'idle'].map((name) =>
    progress.add(name),
  );
  for (const host of [done, twice, twice, half, half, back, failed]) host?.begin();
  for (const host of [done, twice, twice, half, back]) host?.end();
  for (const host of [back, failed]) host?.fail();
  back?.takeBack();
  expect(progress.lines()).toEqual([
    'done: changed',
    'twice: changed',
    'half: under way',
    'back: taken back',
    'failed: failed',
    'idle: not begun',
  ]);
});

test('a program of one host needs no such line', () => {
  const progress = new Progress();
  progress.add('n1').begin();
  expect(progress.lines()).toEqual([]);
});
