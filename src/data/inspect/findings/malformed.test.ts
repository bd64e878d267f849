import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { malformed } from './malformed.ts';

const columns = [
  ...['a', 'b', 'c'].map((name) =>
    numberColumn(
      name,
      drawn(100, 1, (_, row) => row),
    ),
  ),
  categoryColumn(
    'plan',
    drawn(100, 1, (_, row) => `p${row % 3}`),
  ),
];

test('malformed: a second header, a description row and a merge mark are told with their lines', () => {
  const unreadable = ['a', 'b', 'c'].flatMap((column) => [
    { column, row: 0 },
    { column, row: 50 },
  ]);
  const oddRows = [
    { row: 50, what: 'header' },
    { row: 50, what: 'target' },
    { row: 70, what: 'conflict' },
  ] as const;
  const found = lookAt(malformed, columns, { unreadable, oddRows });
  assert.deepEqual(
    found.map(({ evidence }) => evidence),
    [
      { what: 'conflict', rows: 1, lines: [72] },
      { what: 'header', rows: 1, lines: [52] },
      { what: 'description', rows: 1, lines: [2] },
    ],
  );
});

test('malformed: one unreadable cell, or a text that is by chance the name of its column, is no such row', () => {
  const found = lookAt(malformed, columns, {
    unreadable: [{ column: 'a', row: 3 }],
    oddRows: [{ row: 9, what: 'header' }],
    id: { name: 'id', values: drawn(100, 1, (_, row) => `k${row}`) },
  });
  assert.deepEqual(found, []);
});
