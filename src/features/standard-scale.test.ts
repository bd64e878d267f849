import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../table/column.ts';
import { standardScale } from './standard-scale.ts';
import { fitOn, numbersOf, valuesOf } from './testing/fit.ts';
import { assertColumnsClose, golden, numberColumns } from './testing/golden.ts';

test("standard-scale: unseen rows come out as from scikit-learn's StandardScaler", async () => {
  const trial = await fitOn(standardScale(), ...numberColumns(golden.train));
  const made = trial.apply(...numberColumns(golden.test));
  const { large: _, ...others } = golden.standardScale;
  assertColumnsClose(made, others, { absolute: 1e-13, reason: 'sums in another order' });
  // Around 1e9 neighbouring numbers are 1.2e-7 apart: even the right mean is off by up to half of that, over a
  // deviation of 0.98. scikit-learn's own sums are off by 5e-7, so here exact arithmetic is the authority.
  assertColumnsClose(
    made,
    { large: golden.largeExactly.standard },
    { absolute: 6.1e-8, reason: 'the mean is rounded' },
  );
});

test('standard-scale: training rows get mean 0 and deviation 1, missing stays missing and does not count', async () => {
  const column = numberColumn('charge', [10, null, 20, 30]);
  const made = numbersOf((await fitOn(standardScale(), column)).apply(column), 'charge');
  assert.ok(Number.isNaN(made[1]));
  const unit = Math.sqrt(1.5);
  assert.deepEqual(
    [made[0], made[2], made[3]],
    [-unit, 0, unit].map((value) => value),
  );
});

test('standard-scale: a constant column is centred only, a column missing in every row is left with a note', async () => {
  const trial = await fitOn(
    standardScale(),
    numberColumn('same', [0.1, 0.1, 0.1]),
    numberColumn('none', [null, null, null]),
  );
  assert.deepEqual(trial.fitted.state, {
    columns: [
      { name: 'same', center: 0.1, scale: 1 },
      { name: 'none', center: 0, scale: 1 },
    ],
  });
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    [['scale.all-missing', 'none']],
  );
  assert.deepEqual(valuesOf(trial.apply(numberColumn('same', [1.1]), numberColumn('none', [null]))), {
    same: [1],
    none: [null],
  });
});

test('standard-scale: centring and scaling can be left out one by one', async () => {
  const column = numberColumn('charge', [10, 30]);
  const uncentred = await fitOn(standardScale({ center: false }), column);
  assert.deepEqual(valuesOf(uncentred.apply(column)), { charge: [1, 3] });
  const unscaled = await fitOn(standardScale({ scale: false }), column);
  assert.deepEqual(valuesOf(unscaled.apply(column)), { charge: [-10, 10] });
});
