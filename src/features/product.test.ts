import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../table/column.ts';
import { product } from './product.ts';
import { fitOn, valuesOf } from './testing/fit.ts';

const orders = numberColumn('orders', [3, 0, null, 2, 1e300]);
const average = numberColumn('average', [20, 15, 1, null, 1e300]);

test('product: turnover is orders times average order; missing where either is or the answer is too large', async () => {
  const trial = await fitOn(product({ of: ['orders', 'average'], as: 'turnover' }), orders, average);
  assert.deepEqual(valuesOf(trial.apply(orders, average)).turnover, [60, 0, null, null, null]);
});

test('product: without a name it is called by its sources', async () => {
  const trial = await fitOn(product({ of: ['orders', 'average'] }), orders, average);
  assert.equal(trial.apply(orders, average).columns.at(-1)?.name, 'orders * average');
});
