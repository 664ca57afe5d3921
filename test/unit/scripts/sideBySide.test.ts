import { sideBySide, type Work } from '../../../scripts/sideBySide';

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** Runs works that each take a moment, and tells which ran beside which. */
async function ran(works: Work[], most: number): Promise<string[]> {
  const running: string[] = [];
  const seen: string[] = [];
  await sideBySide(works, most, async ({ title }) => {
    running.push(title);
    seen.push(running.join('+'));
    await later();
    running.splice(running.indexOf(title), 1);
  });
  return seen;
}

test('never more than so many at a time, in their order, and each once', async () => {
  const works = ['a', 'b', 'c', 'd'].map((title) => ({ title, hosts: [title] }));
  expect(await ran(works, 2)).toEqual(['a', 'a+b', 'b+c', 'c+d']);
});

test('no two on one host, and what waits for a host is not overtaken by another that wants it', async () => {
  const works = [
    { title: 'a', hosts: ['n1'] },
    { title: 'ab', hosts: ['n1', 'n2'] },
    { title: 'b', hosts: ['n2'] },
    { title: 'c', hosts: ['n3'] },
  ];
  expect(await ran(works, 9)).toEqual(['a', 'a+c', 'c+ab', 'b']);
});

test('an error ends it', async () => {
  const work = { title: 'a', hosts: [] };
  await expect(sideBySide([work], 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('nothing to do is done', async () => {
  await sideBySide([], 1, () => Promise.reject(new Error('no')));
});
