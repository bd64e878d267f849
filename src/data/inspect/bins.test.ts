import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { binColumn, crossFittedAuc } from './bins.ts';
import { drawn, quarterChurned } from './testing/example.ts';

const folds = (rows: number): Uint8Array =>
  Uint8Array.from({ length: rows }, (_, row) => Math.floor(row / 4) % 5);

test('bins: levels and few numbers have a bin each, missing one of its own', () => {
  const labels = quarterChurned(6);
  const { bins, codes } = binColumn(
    categoryColumn('c', ['b', 'a', null, 'a', 'b', 'b']),
    labels,
    new Float64Array(),
  );
  assert.deepEqual(
    bins.map(({ value, rows, churned }) => [value, rows, churned]),
    [
      ['a', 2, 0],
      ['b', 3, 2],
      [null, 1, 0],
    ],
  );
  assert.deepEqual([...codes], [1, 0, 2, 0, 1, 1]);
});

test('bins: many numbers share ranges of equal mass, and a common value has its own', () => {
  const values = drawn(4000, 1, (random, row) => (row % 10 === 0 ? 0 : 1 + random.uniform()));
  const column = numberColumn('n', values);
  const { bins } = binColumn(column, quarterChurned(4000), column.values.slice().sort());
  assert.deepEqual(
    bins.filter(({ value }) => typeof value === 'number').map(({ rows }) => rows),
    [400],
  );
  assert.equal(
    bins.reduce((sum, { rows }) => sum + rows, 0),
    4000,
  );
});

test('cross-fitted AUC: 1 for a copy of the label, about 0.5 for noise with many levels', () => {
  const labels = quarterChurned(2000);
  const auc = (values: number[]): number => {
    const column = numberColumn('n', values);
    return crossFittedAuc(binColumn(column, labels, column.values.slice().sort()), labels, folds(2000));
  };
  assert.equal(auc(Array.from(labels)), 1);
  assert.ok(Math.abs(auc(drawn(2000, 2, (random) => random.normal())) - 0.5) < 0.05);
  const texts = categoryColumn(
    'c',
    drawn(2000, 3, (random) => `l${random.integer(700)}`),
  );
  const noise = crossFittedAuc(binColumn(texts, labels, new Float64Array()), labels, folds(2000));
  assert.ok(Math.abs(noise - 0.5) < 0.05, String(noise));
});
