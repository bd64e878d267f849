import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastPlace, waysOf } from './shap-ways.ts';
import { asksLevels, slotsOf } from './slots.ts';

/** Column 0 at most 5 (missing: left)? Then 1. Else column 0 at most 8? Then column 1 in level 33? Then 2, else 3. Else 4. */
const trees = {
  roots: Int32Array.of(0, 7),
  feature: Int32Array.of(0, -1, 0, 1, -1, -1, -1),
  threshold: Float64Array.of(5, 0, 8, 0, 0, 0, 0),
  left: Int32Array.of(1, 0, 3, 5, 0, 0, 0),
  right: Int32Array.of(2, 0, 4, 6, 0, 0, 0),
  value: Float64Array.of(0, 1, 0, 0, 4, 2, 3),
  cover: Float64Array.of(10, 5, 5, 4, 1, 3, 1),
  missingLeft: Uint8Array.of(1, 0, 0, 0, 0, 0, 0),
  levelSetAt: Int32Array.of(-1, -1, -1, 0, -1, -1, -1),
  levelSets: Uint32Array.of(0, 2, 0, 0, 0, 0, 0, 0),
};
const slots = slotsOf(trees, (node) => (asksLevels(trees, node) ? 'levels' : 'missing-last'));

test('shap-ways: questions about one column narrow its places, and their shares multiply', () => {
  const ways = waysOf(trees, slots, 0, 1);
  assert.deepEqual(
    ways.map(({ value, share }) => [value, share]),
    [
      [1, 0.5],
      [2, 0.5 * 0.8 * 0.75],
      [3, 0.5 * 0.8 * 0.25],
      [4, 0.5 * 0.2],
    ],
  );
  const [first, second, , last] = ways.map(({ columns }) => columns[0]!);
  assert.deepEqual([first!.from, first!.to, first!.isMissing, first!.share], [0, 0, true, 0.5]);
  assert.deepEqual([second!.from, second!.to, second!.isMissing, second!.share], [1, 1, false, 0.5 * 0.8]);
  assert.deepEqual([last!.from, last!.to, last!.isMissing, last!.share], [2, 2, false, 0.5 * 0.2]);
});

test('shap-ways: levels are those of the side, missing ones on the right without another word', () => {
  const [, inSet, outside] = waysOf(trees, slots, 0, 1).map(({ columns }) => columns[1]);
  assert.deepEqual([...inSet!.levels!], [0, 2, 0, 0, 0, 0, 0, 0]);
  assert.equal(outside!.levels![1], 0xffff_fffd);
  assert.deepEqual([inSet!.isMissing, outside!.isMissing], [false, true]);
});

test('shap-ways: beyond a threshold at infinity there is no place', () => {
  const slot = { column: 0, kind: 'missing-last' } as const;
  assert.equal(lastPlace({ ...slot, thresholds: Float64Array.of(1, 2) }), 2);
  assert.equal(lastPlace({ ...slot, thresholds: Float64Array.of(1, Number.POSITIVE_INFINITY) }), 1);
});
