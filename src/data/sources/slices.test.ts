import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, textColumn } from '../../table/column.ts';
import { rowsFromTable } from '../../table/rows.ts';
import { createTable } from '../../table/table.ts';
import { slicesOf } from './slices.ts';

test('slices: rows in order, unreadable cells counted from the first row of their slice', () => {
  const table = createTable([
    numberColumn('a', [1, null, 3, 4, 5]),
    textColumn('t', ['v', 'w', null, 'y', 'z']),
  ]);
  const unreadable = [
    { column: 'a', row: 1 },
    { column: 'a', row: 3 },
    { column: 't', row: 2 },
  ];
  const slices = [...slicesOf({ table, unreadable }, 2)];
  assert.deepEqual(
    slices.map(({ from }) => from),
    [0, 2, 4],
  );
  assert.deepEqual(
    slices.flatMap((slice) => rowsFromTable(slice.table)),
    rowsFromTable(table),
  );
  assert.deepEqual(
    slices.map((slice) => slice.unreadable),
    [
      [{ column: 'a', row: 1 }],
      [
        { column: 'a', row: 1 },
        { column: 't', row: 0 },
      ],
      [],
    ],
  );
});
