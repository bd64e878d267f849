import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../table/column.ts';
import { difference } from './difference.ts';
import { fitOn, valuesOf } from './testing/fit.ts';

const bill = numberColumn('bill', [70, 20, null, 5, 1.7e308]);
const lastBill = numberColumn('lastBill', [50, 30, 1, null, -1.7e308]);

test('difference: first less second; missing where either is or the answer is too large to hold', async () => {
  const trial = await fitOn(difference({ of: ['bill', 'lastBill'], as: 'rise' }), bill, lastBill);
  assert.deepEqual(valuesOf(trial.apply(bill, lastBill)).rise, [20, -10, null, null, null]);
});

test('difference: without a name it is called by its sources', async () => {
  const trial = await fitOn(difference({ of: ['bill', 'lastBill'] }), bill, lastBill);
  assert.equal(trial.apply(bill, lastBill).columns.at(-1)?.name, 'bill - lastBill');
});
