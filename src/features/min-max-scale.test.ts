import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../table/column.ts';
import { minMaxScale } from './min-max-scale.ts';
import { fitOn, valuesOf } from './testing/fit.ts';
import { assertColumnsClose, golden, numberColumns } from './testing/golden.ts';

for (const clip of [false, true]) {
  test(`min-max-scale: with clip ${clip} unseen rows come out as from scikit-learn's MinMaxScaler`, async () => {
    const trial = await fitOn(minMaxScale({ clip }), ...numberColumns(golden.train));
    const made = trial.apply(...numberColumns(golden.test));
    const { large: _, ...others } = clip ? golden.minMaxScaleClip : golden.minMaxScale;
    assertColumnsClose(made, others, { absolute: 1e-14, reason: 'x * a + b there, (x - min) / range here' });
  });
}

test('min-max-scale: numbers of size 1e9 a unit apart come out as exact arithmetic has them', async () => {
  const trial = await fitOn(minMaxScale(), ...numberColumns(golden.train));
  const made = trial.apply(...numberColumns(golden.test));
  // scikit-learn's x * a + b cancels numbers of size 2e8 and is off by up to 3e-8.
  const exact = { large: golden.largeExactly.minMax };
  assertColumnsClose(made, exact, { absolute: 1e-15, reason: 'one division' });
});

test('min-max-scale: the training range becomes 0 to 1, rows beyond it fall outside unless clipped', async () => {
  const train = numberColumn('charge', [10, 15, null, 30]);
  const unseen = numberColumn('charge', [5, 30, 50, null]);
  const trial = await fitOn(minMaxScale(), train);
  assert.deepEqual(valuesOf(trial.apply(train)), { charge: [0, 0.25, null, 1] });
  assert.deepEqual(valuesOf(trial.apply(unseen)), { charge: [-0.25, 1, 2, null] });
  const clipping = await fitOn(minMaxScale({ clip: true }), train);
  assert.deepEqual(valuesOf(clipping.apply(unseen)), { charge: [0, 1, 1, null] });
});

test('min-max-scale: a constant column is shifted to 0', async () => {
  const trial = await fitOn(minMaxScale(), numberColumn('same', [-4, -4]));
  assert.deepEqual(valuesOf(trial.apply(numberColumn('same', [-4, -2]))), { same: [0, 2] });
});

test('min-max-scale: a smallest value of -0 is kept as 0', async () => {
  const trial = await fitOn(minMaxScale(), numberColumn('x', [-0, 1]));
  assert.ok(Object.is((trial.fitted.state as { columns: { center: number }[] }).columns[0]!.center, 0));
});
