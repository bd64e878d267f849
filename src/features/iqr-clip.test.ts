import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose } from '../../golden/compare.ts';
import { numberColumn } from '../table/column.ts';
import { type IqrClipState, iqrClip } from './iqr-clip.ts';
import { fitOn, valuesOf } from './testing/fit.ts';
import { assertColumnsClose, golden, numberColumns } from './testing/golden.ts';

const tolerance = {
  relative: 1e-15,
  reason: 'the same quantile rule; a fused multiply-add may round differently',
};

for (const factor of [1.5, 0.5]) {
  test(`iqr-clip: factor ${factor} has the bounds and results of numpy's percentile and clip`, async () => {
    const trial = await fitOn(iqrClip({ factor, whenDegenerate: 'clip' }), ...numberColumns(golden.train));
    const expected = golden.iqrClip[String(factor)]!;
    for (const { name, lower, upper } of (trial.fitted.state as IqrClipState).columns)
      assertClose([lower, upper], expected.bounds[name]!, tolerance);
    assertColumnsClose(trial.apply(...numberColumns(golden.test)), expected.test, tolerance);
  });
}

test('iqr-clip: bounds come from training, missing stays missing', async () => {
  const trial = await fitOn(iqrClip(), numberColumn('charge', [1, 2, 3, 4, 100, null]));
  assert.deepEqual(valuesOf(trial.apply(numberColumn('charge', [100, 7, 6.5, null, -1.5, -50]))), {
    charge: [7, 7, 6.5, null, -1, -1],
  });
});

test('iqr-clip: a 0 / 1 column of few ones is kept with a note, not made constant', async () => {
  const senior = numberColumn('senior', [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  const trial = await fitOn(iqrClip(), senior);
  assert.deepEqual(valuesOf(trial.apply(senior)), { senior: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1] });
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    [['iqr-clip.degenerate', 'senior']],
  );
  const plain = await fitOn(iqrClip({ whenDegenerate: 'clip' }), senior);
  assert.deepEqual(valuesOf(plain.apply(senior)), { senior: new Array(10).fill(0) });
});

test('iqr-clip: a constant column is kept without a note, a column missing in every row with one', async () => {
  const trial = await fitOn(
    iqrClip(),
    numberColumn('same', [4, 4, 4]),
    numberColumn('none', [null, null, null]),
  );
  assert.deepEqual(trial.fitted.state, {
    columns: [
      { name: 'same', lower: null, upper: null },
      { name: 'none', lower: null, upper: null },
    ],
  });
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    [['iqr-clip.all-missing', 'none']],
  );
  assert.deepEqual(valuesOf(trial.apply(numberColumn('same', [9]), numberColumn('none', [5]))), {
    same: [9],
    none: [5],
  });
});

test('iqr-clip: an endless value at scoring lands on the bound', async () => {
  const trial = await fitOn(iqrClip(), numberColumn('charge', [1, 2, 3, 4, 100]));
  const given = numberColumn('charge', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  assert.deepEqual(valuesOf(trial.apply(given)), { charge: [7, -1] });
});

test('iqr-clip: bounds beyond the largest number are none', async () => {
  const trial = await fitOn(iqrClip(), numberColumn('huge', [-1.7e308, -1.7e308, 1.7e308, 1.7e308]));
  assert.deepEqual(trial.fitted.state, { columns: [{ name: 'huge', lower: null, upper: null }] });
});
