import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from './column.ts';
import { churnedCount, createDataset, takeDatasetRows, withTable } from './dataset.ts';
import { createTable } from './table.ts';

const table = createTable([numberColumn('tenure', [1, 2, 3])]);
const data = createDataset(table, [0, 1, 1], {
  weights: Float64Array.of(1, 2, 0.5),
  ids: ['A', 'B', 'C'],
  groups: Int32Array.of(0, 1, 0),
  times: Float64Array.of(5, 6, 7),
  referenceDate: 86_400_000,
});

test('data set: what is not given is null', () => {
  assert.deepEqual(createDataset(table, [0, 1, 1]), {
    table,
    labels: Uint8Array.of(0, 1, 1),
    weights: null,
    ids: null,
    groups: null,
    times: null,
    referenceDate: null,
  });
});

test('data set: labels are one a row', () => {
  assert.throws(() => createDataset(table, [0, 1]), {
    name: 'RangeError',
    message: 'data set: 2 labels for 3 rows',
  });
});

test('data set: labels are copied, so a later change of the source does not reach it', () => {
  const labels = Uint8Array.of(0, 1, 1);
  const own = createDataset(table, labels);
  labels[0] = 1;
  assert.equal(own.labels[0], 0);
});

test('data set: rows take labels, weights, ids, groups and times with them', () => {
  const taken = takeDatasetRows(data, [2, 0]);
  assert.deepEqual([...taken.labels], [1, 0]);
  assert.deepEqual([...(taken.weights ?? [])], [0.5, 1]);
  assert.deepEqual(taken.ids, ['C', 'A']);
  assert.deepEqual([...(taken.groups ?? [])], [0, 0]);
  assert.deepEqual([...(taken.times ?? [])], [7, 5]);
  assert.equal(taken.referenceDate, 86_400_000);
  assert.equal(taken.table.rowCount, 2);
});

test('data set: without weights and ids there are none after taking rows', () => {
  const taken = takeDatasetRows(createDataset(table, [0, 1, 1]), [1]);
  assert.equal(taken.weights, null);
  assert.equal(taken.ids, null);
});

test('data set: other columns for the same rows keep what belongs to the rows', () => {
  const other = createTable([numberColumn('calls', [0, 0, 1])]);
  const changed = withTable(data, other);
  assert.equal(changed.table, other);
  assert.equal(changed.labels, data.labels);
  assert.equal(changed.ids, data.ids);
});

test('data set: leavers are counted', () => {
  assert.equal(churnedCount(data.labels), 2);
  assert.equal(churnedCount(new Uint8Array(0)), 0);
});
