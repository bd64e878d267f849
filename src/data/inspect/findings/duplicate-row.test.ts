import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn, textColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { duplicateRow } from './duplicate-row.ts';

const rows = 500;
const labels = new Uint8Array(rows).fill(1, 0, 100);
const alternating = (of: (row: number) => number) =>
  Uint8Array.from({ length: rows }, (_, row) => Number(of(row) % 4 === 0));
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

test('duplicate.row: copies under new ids warn from 1% of the rows, with what to do', () => {
  const copies = (count: number) => (row: number) => (row >= rows - count ? row - 200 : row);
  const look = (count: number) =>
    lookAt(duplicateRow, columns(copies(count)), {
      labels: alternating(copies(count)),
      id: id((row) => row),
    });
  const [found] = look(20);
  assert.deepEqual(
    [found?.severity, found?.evidence],
    ['warn', { rows: 20, firstRow: 480, withoutId: true }],
  );
  assert.match(
    found!.message,
    /in everything but the id \(4\.0%\).*clean: deduplicate by \[a, b, c, d, e, churned\], or .*split\.by: grouped/,
  );
  assert.deepEqual(look(3), []);
});

test('duplicate.row: noise that stands there six times warns, with few columns and whatever the ids', () => {
  const of = (row: number) => (row * 7) % 300;
  const many = 1800;
  const base = drawn(300, 3, (random) => [
    random.normal(),
    random.integer(2),
    random.normal(),
    random.integer(2),
  ]);
  const column = (name: string, at: number) =>
    numberColumn(
      name,
      drawn(many, 0, (_, row) => base[of(row)]![at]!),
    );
  const outcomes = Uint8Array.from({ length: many }, (_, row) => base[of(row)]![3]!);
  const ids = { name: 'id', values: drawn<string | null>(many, 0, (_, row) => `k${row}`) };
  const rowNames = textColumn('row_id', ids.values);
  const [x, flag, z] = [column('x', 0), column('flag', 1), column('z', 2)];
  for (const some of [[x], [x, flag], [x, z], [x, flag, z]]) {
    const looks = [
      lookAt(duplicateRow, some, { labels: outcomes }),
      lookAt(duplicateRow, some, { labels: outcomes, id: ids }),
      lookAt(duplicateRow, [...some, rowNames], {
        labels: outcomes,
        useOf: (name) => (name === 'row_id' ? 'none' : 'feature'),
      }),
    ];
    for (const [found] of looks) {
      assert.equal(found?.severity, 'warn');
      assert.match(found!.message, /1500 rows are copies.*83\.3%/);
    }
  }
});

test('duplicate.row: for any clean table of few columns, related or coarse, there is nothing to say', () => {
  for (let seed = 0; seed < 25; seed++) {
    const people = drawn(1500, seed, (random) => {
      const months = random.integer(60);
      const price = [19.9, 29.9, 49.9][random.integer(3)]!;
      return {
        months,
        price,
        total: Math.round(months * price),
        left: random.uniform() < 0.02 + 0.4 / (1 + months),
      };
    });
    const made = (['months', 'price', 'total'] as const).map((name) =>
      numberColumn(
        name,
        people.map((one) => one[name]),
      ),
    );
    const outcomes = Uint8Array.from(people, ({ left }) => Number(left));
    assert.deepEqual(lookAt(duplicateRow, made, { labels: outcomes }), [], `seed ${seed}`);
    assert.deepEqual(lookAt(duplicateRow, made.slice(0, 2), { labels: outcomes }), [], `seed ${seed}`);
  }
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
