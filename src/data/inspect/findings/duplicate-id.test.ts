import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, textColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { duplicateId } from './duplicate-id.ts';

const ids = (rows: number) => drawn<string | null>(rows, 1, (_, row) => `k${row}`);
const plain = [
  numberColumn(
    'n',
    drawn(100, 1, (random) => random.uniform()),
  ),
];

test('duplicate.id: rows beyond the different ids, repeated and empty told apart', () => {
  const values = ids(100);
  values[5] = values[4]!;
  values[9] = values[4]!;
  values[20] = null;
  values[21] = null;
  const [found] = lookAt(duplicateId, plain, { id: { name: 'customer', values } });
  assert.deepEqual(found?.evidence, { rows: 3, repeated: 2, missing: 2, firstRow: 5 });
  assert.equal(found?.severity, 'warn');
  assert.ok(!found?.message.includes('k4'));
});

test('duplicate.id: a column named like an id is looked at too, a key of something else is not', () => {
  const values = ids(100);
  values[7] = values[6]!;
  const [found] = lookAt(duplicateId, [textColumn('custid', values)]);
  assert.equal(found?.column, 'custid');
  const shops = drawn(100, 2, (random) => `s${random.integer(9)}`);
  assert.deepEqual(lookAt(duplicateId, [textColumn('shop_id', shops)]), []);
  assert.deepEqual(lookAt(duplicateId, plain, { id: { name: 'customer', values: ids(100) } }), []);
});
