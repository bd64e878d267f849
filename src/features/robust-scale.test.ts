import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../table/column.ts';
import { robustScale } from './robust-scale.ts';
import { fitOn, valuesOf } from './testing/fit.ts';
import { assertColumnsClose, golden, numberColumns } from './testing/golden.ts';

test("robust-scale: unseen rows come out as from scikit-learn's RobustScaler", async () => {
  const trial = await fitOn(robustScale(), ...numberColumns(golden.train));
  assertColumnsClose(trial.apply(...numberColumns(golden.test)), golden.robustScale, {
    relative: 1e-14,
    reason: 'the same order statistics; a fused multiply-add may round differently',
  });
});

test('robust-scale: one extreme customer moves neither centre nor scale', async () => {
  const column = numberColumn('charge', [1, 2, 3, 4, 100, null]);
  const trial = await fitOn(robustScale(), column);
  assert.deepEqual(valuesOf(trial.apply(column)), { charge: [-1, -0.5, 0, 0.5, 48.5, null] });
});

test('robust-scale: a column with equal quartiles is centred only', async () => {
  const column = numberColumn('rare', [0, 0, 0, 0, 0, 5]);
  const trial = await fitOn(robustScale(), column);
  assert.deepEqual(valuesOf(trial.apply(column)), { rare: [0, 0, 0, 0, 0, 5] });
});

test('robust-scale: centring and scaling can be left out one by one', async () => {
  const column = numberColumn('charge', [0, 2, 4, 6, 8]);
  const uncentred = await fitOn(robustScale({ center: false }), column);
  assert.deepEqual(valuesOf(uncentred.apply(column)), { charge: [0, 0.5, 1, 1.5, 2] });
  const unscaled = await fitOn(robustScale({ scale: false }), column);
  assert.deepEqual(valuesOf(unscaled.apply(column)), { charge: [-4, -2, 0, 2, 4] });
});
