import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose } from '../../golden/compare.ts';
import { categoryColumn } from '../table/column.ts';
import { ordinalEncode } from './ordinal-encode.ts';
import { fitOn, numbersOf, valuesOf } from './testing/fit.ts';
import { goldenSteps, levels } from './testing/golden-steps.ts';

const exact = { reason: 'whole numbers' };

test("ordinal-encode: levels by name, unseen ones -1, as scikit-learn's OrdinalEncoder", async () => {
  const trial = await fitOn(ordinalEncode(), levels(goldenSteps.train));
  assertClose(numbersOf(trial.apply(levels(goldenSteps.test)), 'level'), goldenSteps.ordinal.byName, exact);
});

test("ordinal-encode: levels in an order that is given, as scikit-learn's with categories", async () => {
  const order = ['trial', 'monthly', 'one year', 'two year', 'staff', 'barter'];
  const trial = await fitOn(ordinalEncode({ levels: { level: order } }), levels(goldenSteps.train));
  assertClose(numbersOf(trial.apply(levels(goldenSteps.test)), 'level'), goldenSteps.ordinal.inOrder, exact);
});

test('ordinal-encode: levels seen but not listed follow by name; those listed but not seen keep their number', async () => {
  const column = categoryColumn('plan', ['x', 'missing', 'basic', null]);
  const trial = await fitOn(ordinalEncode({ levels: { plan: ['basic', 'plus'] } }), column);
  assert.deepEqual(valuesOf(trial.apply(column)).plan, [3, 2, 0, null]);
  assert.deepEqual(valuesOf(trial.apply(categoryColumn('plan', ['plus', 'new']))).plan, [1, -1]);
});

test('ordinal-encode: by frequency the most frequent is 0, of equals the earlier name', async () => {
  const column = categoryColumn('plan', ['c', 'c', 'b', 'a', 'd', 'd', 'd']);
  const trial = await fitOn(ordinalEncode({ order: 'frequency', unknown: 'missing' }), column);
  assert.deepEqual(valuesOf(trial.apply(categoryColumn('plan', ['d', 'c', 'a', 'b', 'new']))).plan, [
    0,
    1,
    2,
    3,
    null,
  ]);
});
