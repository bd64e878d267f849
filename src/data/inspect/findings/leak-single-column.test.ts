import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../../table/column.ts';
import { drawn, lookAt, quarterChurned, told } from '../testing/example.ts';
import { leakSingleColumn } from './leak-single-column.ts';

const rows = 2000;
const labels = quarterChurned(rows);

test('leak.single-column: a noisy copy blocks from an AUC of 0.95, warns from 0.88, is silent below', () => {
  const copy = (gap: number) => [
    numberColumn(
      'n',
      drawn(rows, 1, (random, row) => gap * labels[row]! + random.normal()),
    ),
  ];
  const [block] = lookAt(leakSingleColumn, copy(3));
  assert.deepEqual([block!.severity, block!.column], ['block', 'n']);
  assert.ok((block!.evidence as { auc: number }).auc > 0.95);
  assert.deepEqual(told(lookAt(leakSingleColumn, copy(1.9))), [['warn', 'n']]);
  assert.deepEqual(lookAt(leakSingleColumn, copy(1.1)), []);
});

test('leak.single-column: a level all of whose customers left counts from 5% of the rows or 10% of the churners', () => {
  const level = (share: number) => [
    categoryColumn(
      'c',
      drawn(rows, 2, (random, row) => (labels[row] === 1 && random.uniform() < share ? 'x' : 'y')),
    ),
  ];
  assert.deepEqual(told(lookAt(leakSingleColumn, level(0.2))), [['block', 'c']]);
  assert.deepEqual(lookAt(leakSingleColumn, level(0.05)), []);
});

test('leak.single-column: 60 of 60 churners among 10,000 customers are real, not a leak', () => {
  const many = quarterChurned(10_000);
  const products = drawn(10_000, 3, (random, row) =>
    many[row] === 1 && row < 240 ? 4 : 1 + random.integer(3),
  );
  assert.equal(products.filter((count) => count === 4).length, 60);
  assert.deepEqual(lookAt(leakSingleColumn, [numberColumn('NumOfProducts', products)]), []);
});

test('leak.single-column: columns that stop together are named together, each with the whole group', () => {
  const stopped = drawn(rows, 4, (random, row) => labels[row] === 1 && random.uniform() < 0.5);
  const sent = (name: string, seed: number) =>
    numberColumn(
      name,
      drawn(rows, seed, (random, row) => (stopped[row] ? 0 : 1 + random.integer(60))),
    );
  const other = numberColumn(
    'flag',
    drawn(rows, 9, (random, row) => (stopped[row] || random.uniform() < 0.95 ? 0 : 1)),
  );
  const found = lookAt(leakSingleColumn, [sent('sent', 5), sent('opened', 6), other]);
  assert.deepEqual(found.map(({ column }) => column).sort(), ['opened', 'sent']);
  for (const { evidence } of found) {
    assert.deepEqual([...(evidence as { group: string[] }).group].sort(), ['opened', 'sent']);
  }
});

test('leak.single-column: the end of an honest scale, where all stayed, is no leak; a value that stands out is one', () => {
  // The longer a customer is there, the fewer leave; the longest tenure is held by many, and none of them left.
  const tenure = drawn(rows, 31, (random) => (random.uniform() < 0.08 ? 72 : 1 + random.integer(71)));
  const honest = drawn(rows, 32, (random, row) => (random.uniform() < 0.5 - tenure[row]! / 144 ? 1 : 0));
  const labels = Uint8Array.from(honest);
  assert.deepEqual(lookAt(leakSingleColumn, [numberColumn('tenure', tenure)], { labels }), []);
  const odd = tenure.map((value, row) =>
    value === 30 ? 31 : labels[row] === 0 && row % 5 === 0 ? 30 : value,
  );
  const found = lookAt(leakSingleColumn, [numberColumn('odd', odd)], { labels });
  assert.deepEqual(told(found), [['warn', 'odd']]);
});

test('leak.single-column: from 200 customers on 5% of a class with one outcome is asked about, fewer only from 10%', () => {
  const look = (size: number) => {
    const labels = quarterChurned(size);
    const values = drawn(size, 33, (_, row) => (labels[row] === 1 && row % 64 === 0 ? 'x' : 'y'));
    return told(lookAt(leakSingleColumn, [categoryColumn('state', values)], { labels }));
  };
  assert.deepEqual(look(16_000), [['warn', 'state']]);
  assert.deepEqual(look(8_000), []);
});

test('leak.single-column: amounts that only those who stayed have are one, though each is another', () => {
  const labels = quarterChurned(rows);
  const spend = drawn(rows, 34, (random, row) =>
    labels[row] === 0 && random.uniform() < 0.2 ? 5 + random.integer(9000) / 10 : 0,
  );
  assert.deepEqual(told(lookAt(leakSingleColumn, [numberColumn('spend', spend)], { labels })), [
    ['warn', 'spend'],
  ]);
});
