import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asksLevels, goesLeftAt, slotsOf, thresholdOf } from './slots.ts';

/** Column 3 at most 2? Column 3 at most 0? Column 1 in levels 0 and 33? Column 3 at most something that is no number? */
const trees = {
  roots: Int32Array.of(0, 9),
  feature: Int32Array.of(3, 3, 1, 3, -1, -1, -1, -1, -1),
  threshold: Float64Array.of(2, 0, 0, Number.NaN, 0, 0, 0, 0, 0),
  left: Int32Array.of(1, 3, 5, 7, 0, 0, 0, 0, 0),
  right: Int32Array.of(2, 4, 6, 8, 0, 0, 0, 0, 0),
  value: new Float64Array(9),
  missingLeft: Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0),
  levelSetAt: Int32Array.of(-1, -1, 0, -1, -1, -1, -1, -1, -1),
  levelSets: Uint32Array.of(1, 2, 0, 0, 0, 0, 0, 0),
};

test('slots: a slot for each column and way of asking, its thresholds ascending and each once', () => {
  const { all, of, columns } = slotsOf(trees, (node) =>
    asksLevels(trees, node) ? 'levels' : 'missing-last',
  );
  assert.deepEqual(all, [
    {
      column: 3,
      kind: 'missing-last',
      thresholds: Float64Array.of(Number.NEGATIVE_INFINITY, 0, 2),
    },
    { column: 1, kind: 'levels', thresholds: new Float64Array(0) },
  ]);
  assert.deepEqual([of(0), of(1), of(2), of(3), columns], [0, 0, 1, 0, 4]);
  const apart = slotsOf(trees, (node) => (node === 1 ? 'missing-first' : 'missing-last'));
  assert.deepEqual(
    apart.all.map(({ column, kind }) => [column, kind]),
    [
      [3, 'missing-last'],
      [3, 'missing-first'],
      [1, 'missing-last'],
    ],
  );
});

test('slots: levels go left by their bit, and every value is above a threshold that is no number', () => {
  assert.deepEqual(
    [0, 1, 32, 33].map((level) => goesLeftAt(trees, 2, level)),
    [true, false, false, true],
  );
  assert.equal(thresholdOf(trees, 3), Number.NEGATIVE_INFINITY);
});
