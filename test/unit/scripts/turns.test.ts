import { Turns } from '../../../scripts/turns';

test('two of four run at a time, in their order, and a failure gives its turn to the next', async () => {
  const turns = new Turns(2);
  const log: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const all = ['a', 'b', 'c', 'd'].map((name) =>
    turns.run(() => {
      log.push(name);
      return new Promise<string>((resolve, reject) =>
        ends.set(name, (error) => {
          if (error === undefined) resolve(name);
          else reject(error);
        }),
      );
    }),
  );
  const settled = Promise.allSettled(all);
  const next = () => new Promise((resolve) => setImmediate(resolve));
  await next();
  expect(log).toEqual(['a', 'b']);
  ends.get('b')?.(new Error('red'));
  await next();
  expect(log).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c']) ends.get(name)?.();
  await next();
  ends.get('d')?.();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  // Who comes when all have ended waits for none.
  expect(await turns.run(() => Promise.resolve('e'))).toBe('e');
});
