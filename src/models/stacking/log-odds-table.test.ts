import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logit } from '../../math/sigmoid.ts';
import { columnNames } from '../../table/table.ts';
import { clampedLogOdds, finalTable, mostLogOdds } from './log-odds-table.ts';

test('log-odds-table: certain scores count as what so many rows could tell, others as they are', () => {
  const most = mostLogOdds(98);
  assert.ok(Math.abs(most - Math.log(100)) < 1e-15);
  const scores = Float64Array.of(0, 1e-9, 0.2, 0.5, 1);
  assert.deepEqual([...clampedLogOdds(scores, most)], [-most, -most, logit(0.2), 0, most]);
  assert.equal(scores[0], 0);
});

test('log-odds-table: a missing score stays missing', () => {
  assert.deepEqual([...clampedLogOdds(Float64Array.of(Number.NaN), 3)], [Number.NaN]);
});

test('log-odds-table: one column a model, by number', () => {
  const table = finalTable([Float64Array.of(1, 2), Float64Array.of(3, 4)], 2);
  assert.deepEqual([table.rowCount, columnNames(table)], [2, ['model 1', 'model 2']]);
  assert.deepEqual(finalTable([new Float64Array(0)], 0).rowCount, 0);
});
