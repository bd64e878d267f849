import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { matrix } from '../../math/linear-algebra.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { type LogisticProblem, solveLogistic } from './solve-logistic.ts';

/** Gradient of the objective, written out term by term. */
function gradient({ matrix: x, labels, weights, penalties }: LogisticProblem, v: Float64Array): number[] {
  return Array.from(v, (_, j) => {
    let sum = penalties[j]! * v[j]!;
    for (let r = 0; r < x.rows; r++) {
      let z = 0;
      for (let c = 0; c < x.columns; c++) z += v[c]! * x.values[r * x.columns + c]!;
      sum += weights[r]! * (sigmoid(z) - labels[r]!) * x.values[r * x.columns + j]!;
    }
    return sum;
  });
}

const problemOf = (rows: number[][], labels: number[], weights: number[], l2: number): LogisticProblem => ({
  matrix: matrix(rows.length, 3, Float64Array.from(rows.flatMap((row) => [...row, 1]))),
  labels: Uint8Array.from(labels),
  weights: Float64Array.from(weights),
  penalties: Float64Array.of(l2, l2, 0),
});

test('solve-logistic: for any data with a penalty the gradient at the answer vanishes', () => {
  const row = fc.tuple(
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.integer({ min: 0, max: 1 }),
    fc.double({ min: 0.1, max: 4, noNaN: true }),
  );
  const both = fc
    .array(row, { minLength: 4, maxLength: 30 })
    .filter((rows) => new Set(rows.map((each) => each[2])).size === 2);
  fc.assert(
    fc.property(both, fc.constantFrom(0.1, 1, 10), (rows, l2) => {
      const problem = problemOf(
        rows.map((each) => [each[0], each[1]]),
        rows.map((each) => each[2]),
        rows.map((each) => each[3]),
        l2,
      );
      const solution = solveLogistic(problem, 100, 1e-12);
      assert.ok(solution.isConverged);
      for (const entry of gradient(problem, solution.coefficients))
        assert.ok(Math.abs(entry) < 1e-9, `gradient ${entry}`);
    }),
  );
});

test('solve-logistic: a column that stands twice shares its weight, without any penalty too', () => {
  const values = [-2, -1, 0, 1, 2, 3];
  const labels = [0, 1, 0, 1, 0, 1];
  const problem = problemOf(
    values.map((value) => [value, value]),
    labels,
    labels.map(() => 1),
    0,
  );
  const { coefficients, isConverged } = solveLogistic(problem, 100, 1e-12);
  assert.ok(isConverged);
  // Only the damping of 1e-10 tells the two apart, so rounding of 1e-16 shows as 1e-6.
  assert.ok(Math.abs(coefficients[0]! - coefficients[1]!) < 1e-4);
  for (const entry of gradient(problem, coefficients)) assert.ok(Math.abs(entry) < 1e-9);
});

test('solve-logistic: too few iterations are told', () => {
  const problem = problemOf(
    [
      [-1, 0],
      [1, 1],
      [2, -1],
      [-2, 2],
    ],
    [0, 1, 0, 1],
    [1, 1, 1, 1],
    0.1,
  );
  const solution = solveLogistic(problem, 1, 1e-12);
  assert.deepEqual([solution.isConverged, solution.iterations], [false, 1]);
});

test('solve-logistic: of many columns, more than rows too, the gradient at the answer vanishes', () => {
  const random = createRandom(3);
  for (const [rows, columns] of [
    [100, 400],
    [900, 300],
  ] as const) {
    const values = Float64Array.from({ length: rows * columns }, (_, i) =>
      i % columns === columns - 1 ? 1 : random.normal(),
    );
    const problem: LogisticProblem = {
      matrix: matrix(rows, columns, values),
      labels: Uint8Array.from({ length: rows }, (_, row) =>
        random.uniform() < sigmoid(values[row * columns]!) ? 1 : 0,
      ),
      weights: Float64Array.from({ length: rows }, () => 0.5 + random.uniform()),
      // As of columns whose scales differ.
      penalties: Float64Array.from({ length: columns }, (_, c) =>
        c === columns - 1 ? 0 : c % 3 === 0 ? 40 : 1,
      ),
    };
    const { coefficients, isConverged } = solveLogistic(problem, 100, 1e-12);
    assert.ok(isConverged);
    for (const entry of gradient(problem, coefficients))
      assert.ok(Math.abs(entry) < 1e-8, `gradient ${entry}`);
  }
});
