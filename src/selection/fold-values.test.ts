import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldValues } from './fold-values.ts';

test('fold values: each fold by its own rows, those without a score left out', () => {
  const labels = Uint8Array.of(1, 0, 1, 0, 1);
  const scores = Float64Array.of(0.5, 0.25, Number.NaN, 0.125, 1);
  const folds = [{ validation: Int32Array.of(0, 2, 3) }, { validation: Int32Array.of(4, 1) }];
  const seen: [number[], number[]][] = [];
  const values = foldValues(scores, labels, folds, (own, given) => {
    seen.push([[...own], [...given]]);
    return given.length;
  });
  assert.deepEqual(values, [2, 2]);
  assert.deepEqual(seen, [
    [
      [1, 0],
      [0.5, 0.125],
    ],
    [
      [1, 0],
      [1, 0.25],
    ],
  ]);
});
