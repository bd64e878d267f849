import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { constant } from './constant.ts';

test('constant: no value, one value, and one value in all but a few rows', () => {
  const columns = [
    numberColumn(
      'none',
      drawn(2000, 1, () => null),
    ),
    categoryColumn(
      'one',
      drawn(2000, 1, () => 'DE'),
    ),
    numberColumn(
      'nearly',
      drawn(2000, 1, (_, row) => (row === 7 ? 2 : 1)),
    ),
    numberColumn(
      'switch',
      drawn(2000, 1, (_, row) => row % 2),
    ),
    numberColumn(
      'many',
      drawn(2000, 1, (_, row) => row),
    ),
  ];
  const found = lookAt(constant, columns).map(({ column, severity, evidence }) => [
    column,
    severity,
    evidence,
  ]);
  assert.deepEqual(found, [
    ['none', 'note', { distinct: 0 }],
    ['one', 'note', { distinct: 1, otherRows: 0 }],
    ['nearly', 'note', { distinct: 2, otherRows: 1 }],
  ]);
});
