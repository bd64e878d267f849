import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createTable, requireColumn } from '../table/table.ts';
import { partialDependence } from './partial-dependence.ts';
import type { ScoreTable } from './score-table.ts';
import { customers, typical } from './testing/customers.ts';

/** P = 0.2 + 0.05 usage x noise + 0.3 for monthly plans. */
const score: ScoreTable = (table) => {
  const usage = requireColumn('test', table, 'usage', 'number').values;
  const noise = requireColumn('test', table, 'noise', 'number').values;
  const plan = requireColumn('test', table, 'plan', 'category');
  return usage.map(
    (value, row) =>
      0.2 + 0.05 * value * noise[row]! + (plan.levels[plan.codes[row]!] === 'monthly' ? 0.3 : 0),
  );
};
const { table } = customers(60);

test('partial dependence: of a number, the mean score at each typical value, with the spread of the rows', () => {
  const { points, rows, kind } = partialDependence(score, table, typical, 'usage');
  assert.deepEqual([kind, rows, points.length], ['number', 60, 10]);
  const noise = requireColumn('test', table, 'noise', 'number').values;
  const monthly = score(table).reduce((sum, p, row) => {
    const usage = requireColumn('test', table, 'usage', 'number').values[row]!;
    return sum + p - 0.2 - 0.05 * usage * noise[row]!;
  }, 0);
  const mean = noise.reduce((sum, value) => sum + value, 0) / 60;
  for (const point of points) {
    const expected = 0.2 + 0.05 * (point.value as number) * mean + monthly / 60;
    assert.ok(Math.abs(point.mean - expected) < 1e-12);
    assert.ok(point.low < point.mean && point.mean < point.high);
  }
  assert.deepEqual(
    points.map(({ value }) => value),
    [...requireColumn('test', typical, 'usage', 'number').values],
  );
});

test('partial dependence: of a category, a point a level; a missing value that is typical comes last', () => {
  const usual = createTable([categoryColumn('plan', ['yearly', null, 'monthly', 'yearly'])]);
  const { points } = partialDependence(score, table, usual, 'plan');
  assert.deepEqual(
    points.map(({ value }) => value),
    ['yearly', 'monthly', null],
  );
  assert.ok(Math.abs(points[1]!.mean - points[0]!.mean - 0.3) < 1e-12);
  assert.equal(points[2]!.mean, points[0]!.mean);
});

test('partial dependence: at most so many rows are used, and a column that is not there is refused by name', () => {
  assert.equal(partialDependence(score, table, typical, 'noise', { mostRows: 7 }).rows, 7);
  const narrow = createTable([numberColumn('usage', [1])]);
  assert.throws(
    () => partialDependence(score, narrow, typical, 'plan'),
    (error: { code?: string; fields?: { column?: string } }) =>
      error.code === 'column.missing' && error.fields?.column === 'plan',
  );
});
