import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPlainSums } from '../../kernels/linear/plain-sums.ts';
import { type ElasticNetProblem, largestViolation, solveElasticNet } from './solve-elastic-net.ts';
import { solveLogistic } from './solve-logistic.ts';
import { gradientOf, madeRows, problemOf } from './testing/problem.ts';

const rows = madeRows(400, 12, 9);
const netOf = (l2: number, l1: number, open = openPlainSums): ElasticNetProblem => {
  const problem = problemOf(rows, l2, open);
  return { ...problem, sizes: problem.penalties.map((_, c) => (c < 12 ? l1 : 0)) };
};

test('solve-elastic-net: every slope at the answer is what the size of its coefficient allows', () => {
  for (const [l2, l1] of [
    [0, 5],
    [1, 20],
    [10, 1],
    [0, 200],
  ] as const) {
    const problem = netOf(l2, l1);
    const { coefficients, isConverged } = solveElasticNet(problem, 100, 1e-12);
    assert.ok(isConverged, `${l2} ${l1}`);
    const gradient = gradientOf(rows, problem, coefficients);
    assert.ok(largestViolation(coefficients, gradient, problem.sizes) < 1e-8);
  }
});

test('solve-elastic-net: more pull leaves fewer weights, in the end the intercept alone', () => {
  const counts = [1, 30, 5000].map((l1) => {
    const { coefficients } = solveElasticNet(netOf(0, l1), 100, 1e-12);
    return coefficients.filter((entry) => entry !== 0).length;
  });
  assert.ok(counts[0]! > counts[1]! && counts[1]! > counts[2]!, `${counts}`);
  assert.equal(counts[2], 1);
});

test('solve-elastic-net: next to no pull by size gives the answer of squares alone', () => {
  const net = solveElasticNet(netOf(3, 1e-12), 100, 1e-12).coefficients;
  const squares = solveLogistic(netOf(3, 0), 100, 1e-12).coefficients;
  net.forEach((entry, c) => {
    assert.ok(Math.abs(entry - squares[c]!) < 1e-10, `coefficient ${c}`);
  });
});

test('solve-elastic-net: too few iterations are told', () => {
  const solution = solveElasticNet(netOf(0, 5), 1, 1e-12);
  assert.deepEqual([solution.isConverged, solution.iterations], [false, 1]);
});
