import {
  compareEngines,
  engine,
  isAtLeast,
  newestEngine,
  parseEngineVersion,
  showEngine,
} from '../../../../src/plan/network/engineVersion';

test.each([
  ['29.4.1', engine(29, 4, 1)],
  ['26.1.5+dfsg1', engine(26, 1, 5)],
  ['20.10.24-ce', engine(20, 10, 24)],
  ['29.0.0-rc.2', engine(29)],
  ['28.5', engine(28, 5)],
  ['29', engine(29)],
])('%s is read', (text, version) => expect(parseEngineVersion(text)).toEqual(version));

test.each(['', 'dev', 'v29.4.1', '29.4.1.2', '.29'])('%j is no version', (text) =>
  expect(parseEngineVersion(text)).toBeUndefined(),
);

test('versions are compared number by number, not as text', () => {
  const inOrder = [engine(9, 99), engine(28, 5, 2), engine(29, 4), engine(29, 4, 1), engine(29, 10)];
  expect([...inOrder].reverse().sort(compareEngines)).toEqual(inOrder);
  expect(newestEngine(engine(29, 4, 1), engine(29, 10), engine(28, 99))).toEqual(engine(29, 10));
});

test('an Engine is at least its own version', () => {
  expect(isAtLeast(engine(29, 4, 1), engine(29, 4, 1))).toBe(true);
  expect(isAtLeast(engine(29, 4, 0), engine(29, 4, 1))).toBe(false);
  expect(isAtLeast(engine(30), engine(29, 4, 1))).toBe(true);
});

test('a version is shown without trailing zeros', () =>
  expect([engine(28), engine(29, 3), engine(29, 4, 1), engine(29, 0, 2)].map(showEngine)).toEqual([
    '28',
    '29.3',
    '29.4.1',
    '29.0.2',
  ]));
