import { dialCommand } from '../../../src/host/dockerDial';

test('is text that all login shells read alike: words in single quotes, with nothing special in them', () => {
  expect(dialCommand()).toMatch(/^sh -c '[^'\\!\n]+' '[^'\\!\n]+'$/);
});
