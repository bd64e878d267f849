import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { duplicateRow } from './duplicate-row.ts';

const rows = 500;
const labels = new Uint8Array(rows).fill(1, 0, 100);
const columns = (of: (row: number) => number) => [
  ...['a', 'b', 'c', 'd'].map((name, seed) => {
    const values = drawn(rows, seed, (random) => random.uniform());
    return numberColumn(
      name,
      drawn(rows, 0, (_, row) => values[of(row)]!),
    );
  }),
  categoryColumn(
    'e',
    drawn(rows, 0, (_, row) => `l${of(row) % 7}`),
  ),
];
const id = (of: (row: number) => number) => ({
  name: 'id',
  values: drawn(rows, 0, (_, row) => `k${of(row)}`),
});

test('duplicate.row: whole copies warn with their count and first row', () => {
  const of = (row: number) => (row >= 490 ? row - 200 : row);
  const [found] = lookAt(duplicateRow, columns(of), { labels, id: id(of) });
  assert.deepEqual([found?.severity, found?.column], ['warn', null]);
  assert.deepEqual(found?.evidence, { rows: 10, firstRow: 490, withoutId: false });
});

test('duplicate.row: copies under new ids are a note from 1% of the rows', () => {
  const copies = (count: number) => (row: number) => (row >= rows - count ? row - 200 : row);
  const look = (count: number) =>
    lookAt(duplicateRow, columns(copies(count)), { labels, id: id((row) => row) });
  assert.deepEqual(
    look(20).map(({ severity, evidence }) => [severity, evidence]),
    [['note', { rows: 20, firstRow: 480, withoutId: true }]],
  );
  assert.deepEqual(look(3), []);
});

test('duplicate.row: different rows, and tables of few columns, are no copies', () => {
  assert.deepEqual(
    lookAt(
      duplicateRow,
      columns((row) => row),
      { labels, id: id((row) => row) },
    ),
    [],
  );
  assert.deepEqual(lookAt(duplicateRow, [numberColumn('a', new Float64Array(rows))], { labels }), []);
});

test('duplicate.row: without an id rows of coarse columns are alike by chance, rows of fine ones are not', () => {
  const coarse = ['a', 'b', 'c', 'd', 'e'].map((name, seed) =>
    numberColumn(
      name,
      drawn(rows, seed, (random) => random.integer(4)),
    ),
  );
  const [alike] = lookAt(duplicateRow, coarse, { labels });
  assert.equal(alike?.severity, 'note');
  assert.match(alike!.message, /customers who are alike/);
  const twice = columns((row) => (row >= 490 ? row - 200 : row));
  assert.equal(lookAt(duplicateRow, twice, { labels })[0]?.severity, 'warn');
});
