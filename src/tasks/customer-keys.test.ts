import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { customerKeys } from './customer-keys.ts';

const months = numberColumn('months', [1, 2, 1]);
const plan = categoryColumn('plan', ['gold', null, 'gold']);
const labels = [0, 1, 0];

test('customer keys: ids where there are ids', () => {
  const data = createDataset(createTable([months, plan]), labels, { ids: ['a', 'b', ''] });
  assert.deepEqual([...customerKeys(data, 'id')], ['id:a', 'id:b', 'id:']);
});

test('customer keys: of rows equal values give equal keys, other values others, and no key holds a value', () => {
  const [first, second, third] = customerKeys(createDataset(createTable([months, plan]), labels), 'row');
  assert.equal(first, third);
  assert.notEqual(first, second);
  assert.match(first!, /^row:[0-9a-f]{64}$/);
});

test('customer keys: of rows do not depend on the order of columns or levels, nor on ids', () => {
  const there = createDataset(createTable([months, plan]), labels, { ids: ['a', 'b', 'c'] });
  const back = createDataset(createTable([{ ...plan, codes: plan.codes.slice() }, months]), labels);
  assert.deepEqual([...customerKeys(there, 'row')], [...customerKeys(back, 'row')]);
});

test('customer keys: blanks around an id are no part of it, also where a row is named by its day', () => {
  const keysOf = (ids: string[]) => [
    ...customerKeys(createDataset(createTable([months, plan]), labels, { ids }), 'id'),
  ];
  assert.deepEqual(keysOf([' a', 'b\t', '\u00a0c d ']), ['id:a', 'id:b', 'id:c d']);
  assert.deepEqual(keysOf(['a at 2024-01-31', ' a  at 2024-01-31', 'a at ']), [
    'id:a at 2024-01-31',
    'id:a at 2024-01-31',
    'id:a at',
  ]);
});
