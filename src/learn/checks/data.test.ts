import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnKinds, missingCount } from '../../table/column.ts';
import { churnedCount } from '../../table/dataset.ts';
import { columnNames } from '../../table/table.ts';
import { fingerprintOfData } from './claim.ts';
import { exampleColumns, exampleData } from './data.ts';

test('example data: holds the columns of the kinds asked for, in one order', () => {
  assert.deepEqual(
    columnNames(exampleData().table),
    columnKinds.flatMap((kind) => exampleColumns[kind]),
  );
  for (const kind of columnKinds) {
    const { table } = exampleData({ kinds: [kind] });
    assert.deepEqual(columnNames(table), exampleColumns[kind]);
    assert.ok(table.columns.every((column) => column.kind === kind));
  }
  assert.deepEqual(
    columnNames(exampleData({ kinds: ['boolean', 'number'] }).table),
    columnNames(exampleData({ kinds: ['number', 'boolean'] }).table),
  );
});

test('example data: equal options give equal bytes, another seed others', () => {
  assert.equal(fingerprintOfData(exampleData()), fingerprintOfData(exampleData()));
  assert.notEqual(fingerprintOfData(exampleData()), fingerprintOfData(exampleData({ seed: 2 })));
});

test('example data: a column is the same whatever other kinds stand beside it', () => {
  const alone = exampleData({ kinds: ['boolean'] }).table.columns[0];
  assert.deepEqual(
    exampleData().table.columns.find(({ name }) => name === 'paperless'),
    alone,
  );
});

test('example data: nothing is missing unless asked, then about that share in every column', () => {
  assert.ok(exampleData().table.columns.every((column) => missingCount(column) === 0));
  for (const column of exampleData({ missing: 0.2, rows: 1000 }).table.columns) {
    const share = missingCount(column) / 1000;
    assert.ok(share > 0.15 && share < 0.25, `${column.name}: ${share}`);
  }
});

test('example data: both outcomes are frequent, with every kind of label', () => {
  for (const labels of ['usual', 'separable', 'noise'] as const) {
    const churned = churnedCount(exampleData({ labels }).labels) / 120;
    assert.ok(churned > 0.25 && churned < 0.6, `${labels}: ${churned}`);
  }
});
