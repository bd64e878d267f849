import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createTable, takeRows } from '../table/table.ts';
import { countHandled, handlingOf } from './handling.ts';
import { exampleContract } from './testing/example-task.ts';

const bounded = { column: 'tenure', bounds: { lower: 1, upper: null } };
const handling = handlingOf(exampleContract, [
  { ...bounded, imputed: 3 },
  { column: 'plan', imputed: 'gold', bounds: null },
]);
const table = createTable([
  numberColumn('tenure', [5, null, 0.5, 0]),
  categoryColumn('plan', ['gold', null, 'silver', 'basic']),
]);
const found = handling.rows(table);

test('handling: names what was imputed, clipped and unseen of each customer, null where nothing was', () => {
  assert.deepEqual(found, [
    null,
    { imputed: ['tenure', 'plan'] },
    { clipped: ['tenure'], unseen: ['plan'] },
    { clipped: ['tenure'] },
  ]);
});

test('handling: what the model takes missing, or does not look at itself, is missing and not imputed', () => {
  const native = handlingOf(exampleContract, [{ ...bounded, imputed: null }]);
  assert.deepEqual(native.rows(table)[1], { missing: ['tenure', 'plan'] });
  assert.deepEqual(native.counts(table).missing, { tenure: 1, plan: 1 });
});

test('handling: counts by manner and column', () => {
  assert.deepEqual(countHandled(found), {
    imputed: { tenure: 1, plan: 1 },
    missing: {},
    clipped: { tenure: 2 },
    unseen: { plan: 1 },
  });
  assert.deepEqual(countHandled([null]), { imputed: {}, missing: {}, clipped: {}, unseen: {} });
});

test('handling: a column called __proto__ is counted', () => {
  const { imputed } = countHandled([{ imputed: ['__proto__'] }]);
  assert.deepEqual(Object.entries(imputed), [['__proto__', 1]]);
});

test('handling: a table counted without a look at who, whole or in pieces, gives the counts of its rows', () => {
  assert.deepEqual(handling.counts(table), countHandled(found));
  const pieces = [[0, 1], [2], [3]].map((rows) => handling.counts(takeRows(table, rows)));
  assert.deepEqual(handling.total(pieces), countHandled(found));
});
