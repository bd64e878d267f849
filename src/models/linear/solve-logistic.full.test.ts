/** Thousands of columns, where the search must do without a matrix of columns by columns. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { solveLogistic } from './solve-logistic.ts';
import { gradientOf, madeRows, problemOf } from './testing/problem.ts';

test('solve-logistic: 2,400 columns are solved without asking for their second derivatives', () => {
  const rows = madeRows(800, 2400, 5);
  const problem = problemOf(rows, 20);
  const never = (): never => assert.fail('second derivatives were asked for');
  const bare = { ...problem, sums: { ...problem.sums, gram: never, times: never, squares: never } };
  const { coefficients, isConverged } = solveLogistic(bare, 500, 1e-9);
  assert.ok(isConverged);
  const gradient = gradientOf(rows, problem, coefficients);
  const left = gradient.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0) / problem.totalWeight;
  assert.ok(left < 2e-9, `gradient ${left}`);
  problem.sums.release();
});
