import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, missingCount, numberColumn, valueAt } from '../table/column.ts';
import { createTable, requireColumn } from '../table/table.ts';
import { backgroundOf } from './background.ts';
import { makeReference } from './reference.ts';

const table = createTable([
  numberColumn(
    'tenure',
    Array.from({ length: 1000 }, (_, i) => i / 10),
  ),
  categoryColumn(
    'plan',
    Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 'gold' : 'basic')),
  ),
  booleanColumn(
    'auto',
    Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? null : true)),
  ),
]);
const background = backgroundOf(makeReference(table, new Float64Array(1000).fill(0.5)), 16);

test('background: numbers are the middles of equal-mass bins', () => {
  const { values } = requireColumn('test', background, 'tenure', 'number');
  assert.equal(values.length, 16);
  values.forEach((value, i) => {
    assert.ok(Math.abs(value - ((i + 0.5) / 16) * 99.9) < 0.2, `value ${i} is ${value}`);
  });
});

test('background: levels and missing values take their share', () => {
  const plan = requireColumn('test', background, 'plan', 'category');
  const levels = Array.from({ length: 16 }, (_, row) => valueAt(plan, row));
  assert.deepEqual(
    [levels.filter((level) => level === 'gold').length, levels.filter((level) => level === 'basic').length],
    [4, 12],
  );
  assert.equal(missingCount(requireColumn('test', background, 'auto', 'boolean')), 8);
});
