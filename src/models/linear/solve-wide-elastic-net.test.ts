import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPlainSums } from '../../kernels/linear/plain-sums.ts';
import { largestViolation, solveElasticNet } from './solve-elastic-net.ts';
import { solveWideElasticNet } from './solve-wide-elastic-net.ts';
import { gradientOf, madeRows, problemOf } from './testing/problem.ts';

const rows = madeRows(200, 80, 4);
const narrow = (chosen: readonly number[]) =>
  openPlainSums({ ...rows, columns: chosen.map((c) => rows.columns[c]!), momentWeights: rows.weights })!;

test('solve-wide-elastic-net: the answer is that of all columns at once', () => {
  const plain = problemOf(rows, 1, openPlainSums);
  const problem = { ...plain, sizes: plain.penalties.map((_, c) => (c < 80 ? 4 : 0)) };
  const opened: number[] = [];
  const { coefficients, isConverged } = solveWideElasticNet(
    problem,
    (chosen) => {
      opened.push(chosen.length);
      return narrow(chosen);
    },
    100,
    1e-12,
  );
  assert.ok(isConverged);
  assert.ok(opened[0]! < 80, `of ${opened} columns`);
  const gradient = gradientOf(rows, problem, coefficients);
  assert.ok(largestViolation(coefficients, gradient, problem.sizes) < 1e-9);
  const due = solveElasticNet(problem, 100, 1e-12).coefficients;
  coefficients.forEach((entry, c) => {
    assert.ok(Math.abs(entry - due[c]!) < 1e-10, `coefficient ${c}`);
  });
});

test('solve-wide-elastic-net: too few iterations are told', () => {
  const plain = problemOf(rows, 0, openPlainSums);
  const problem = { ...plain, sizes: plain.penalties.map((_, c) => (c < 80 ? 2 : 0)) };
  assert.equal(solveWideElasticNet(problem, narrow, 1, 1e-12).isConverged, false);
});
