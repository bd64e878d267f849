import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn } from './column.ts';
import { toMatrix } from './matrix.ts';
import { numberColumns } from './number-columns.ts';
import { createTable } from './table.ts';

const numbers = numberColumn('tenure', [1.5, 2, null]);
const flags = booleanColumn('paperless', [true, null, false]);

test('number-columns: numbers are the memory of the table, booleans become 0 and 1, missing is NaN', () => {
  const columns = numberColumns('anyone', createTable([numbers, flags], 3), 'keep');
  assert.equal(columns[0], numbers.values);
  assert.deepEqual([...columns[1]!], [1, Number.NaN, 0]);
});

test('number-columns: what a matrix refuses is refused with the same error', () => {
  const level = categoryColumn('plan', ['a', 'b', 'a']);
  const endless = numberColumn('charge', [1, Number.POSITIVE_INFINITY, 2]);
  for (const [column, missing] of [
    [numbers, 'refuse'],
    [flags, 'refuse'],
    [endless, 'keep'],
    [level, 'keep'],
  ] as const) {
    const table = createTable([column], 3);
    let due: unknown;
    try {
      toMatrix('anyone', table, missing);
    } catch (error) {
      due = error;
    }
    assert.ok(due instanceof Error);
    const { message } = due;
    assert.throws(() => numberColumns('anyone', table, missing), { message });
  }
});
