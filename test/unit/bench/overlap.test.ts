import { overlapOf } from '../../../bench/overlap';

/** Of two hosts: the spans of one kind each. */
test.each<[string, Parameters<typeof overlapOf>[0], number]>([
  [
    'side by side all the time',
    [
      [
        [0, 10],
        [0, 10],
      ],
    ],
    1,
  ],
  [
    'one after the other',
    [
      [
        [0, 10],
        [10, 20],
      ],
    ],
    0,
  ],
  [
    'one after the other, with nothing between, is not more than in turn',
    [
      [
        [0, 10],
        [30, 40],
      ],
    ],
    0,
  ],
  [
    'half of the time',
    [
      [
        [0, 10],
        [5, 10],
      ],
    ],
    0.5,
  ],
  [
    'in turn, kind by kind: not the time from the first network to the last container',
    [
      [
        [0, 10],
        [10, 20],
      ],
      [
        [20, 30],
        [30, 40],
      ],
    ],
    0,
  ],
  [
    'the longer kind counts for more',
    [
      [
        [0, 10],
        [10, 20],
      ],
      [
        [20, 80],
        [20, 80],
      ],
    ],
    0.75,
  ],
])('both hosts at work: %s', (_, kinds, expected) => expect(overlapOf(kinds)).toBeCloseTo(expected));
