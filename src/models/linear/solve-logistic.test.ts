import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openPlainSums } from '../../kernels/linear/plain-sums.ts';
import { solveLogistic } from './solve-logistic.ts';
import { gradientOf, madeRows, problemOf, type TestRows } from './testing/problem.ts';

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const rowsOf = (rows: readonly (readonly [number, number])[], labels: readonly number[]): TestRows => ({
  columns: [Float64Array.from(rows, ([a]) => a), Float64Array.from(rows, ([, b]) => b)],
  labels: Uint8Array.from(labels),
  weights: new Float64Array(labels.length).fill(1),
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
      const made: TestRows = {
        columns: [Float64Array.from(rows, ([a]) => a), Float64Array.from(rows, ([, b]) => b)],
        labels: Uint8Array.from(rows, ([, , label]) => label),
        weights: Float64Array.from(rows, ([, , , weight]) => weight),
      };
      const problem = problemOf(made, l2);
      const solution = solveLogistic(problem, 100, 1e-12);
      assert.ok(solution.isConverged);
      const left = largest(gradientOf(made, problem, solution.coefficients));
      assert.ok(left < 1e-9, `gradient ${left}`);
      problem.sums.release();
    }),
  );
});

test('solve-logistic: a column that stands twice shares its weight, without any penalty too', () => {
  const rows = rowsOf(
    [-2, -1, 0, 1, 2, 3].map((value) => [value, value]),
    [0, 1, 0, 1, 0, 1],
  );
  const problem = problemOf(rows, 0);
  const { coefficients, isConverged } = solveLogistic(problem, 100, 1e-12);
  assert.ok(isConverged);
  // Only the damping of 1e-10 tells the two apart, so rounding of 1e-16 shows as 1e-6.
  assert.ok(Math.abs(coefficients[0]! - coefficients[1]!) < 1e-4);
  assert.ok(largest(gradientOf(rows, problem, coefficients)) < 1e-9);
  problem.sums.release();
});

test('solve-logistic: too few iterations are told', () => {
  const problem = problemOf(
    rowsOf(
      [
        [-1, 0],
        [1, 1],
        [2, -1],
        [-2, 2],
      ],
      [0, 1, 0, 1],
    ),
    0.1,
  );
  const solution = solveLogistic(problem, 1, 1e-12);
  assert.deepEqual([solution.isConverged, solution.iterations], [false, 1]);
  problem.sums.release();
});

test('solve-logistic: from a part of many rows the search arrives where it does from all of them', () => {
  const rows = madeRows(16_500, 3, 11);
  const [kernel, plain] = [problemOf(rows, 1), problemOf(rows, 1, openPlainSums)];
  assert.deepEqual([kernel.sums.parts, plain.sums.parts], [2, 1]);
  const found = solveLogistic(kernel, 100, 1e-12);
  const due = solveLogistic(plain, 100, 1e-12);
  assert.ok(found.isConverged && due.isConverged);
  found.coefficients.forEach((entry, c) => {
    assert.ok(Math.abs(entry - due.coefficients[c]!) < 1e-11, `coefficient ${c}`);
  });
  assert.ok(Math.abs(found.largestLogOdds - due.largestLogOdds) < 1e-9);
  kernel.sums.release();
});

test('solve-logistic: a part that says nothing of all rows costs steps, not the answer', () => {
  const made = madeRows(131_072, 1, 5);
  // The part is every 16th block of 256 rows: those who churned, all of them.
  const rows = { ...made, labels: made.labels.map((_, row) => ((row >> 8) % 16 === 0 ? 1 : 0)) };
  for (const l2 of [1e-3, 1, 100]) {
    const [kernel, plain] = [problemOf(rows, l2), problemOf(rows, l2, openPlainSums)];
    assert.deepEqual([kernel.sums.parts, plain.sums.parts], [16, 1]);
    const found = solveLogistic(kernel, 100, 1e-12);
    assert.ok(found.isConverged);
    solveLogistic(plain, 100, 1e-12).coefficients.forEach((entry, c) => {
      assert.ok(Math.abs(entry - found.coefficients[c]!) < 1e-8, `coefficient ${c}`);
    });
    kernel.sums.release();
  }
});

test('solve-logistic: without a penalty no part leads coefficients away', () => {
  const made = madeRows(16_384, 2, 5);
  // None of the part has it, and none who has it churned.
  const rare = Float64Array.from(made.labels, (label, row) =>
    (row >> 8) % 2 === 1 && row % 700 === 0 && label === 0 ? 1 : 0,
  );
  const problem = problemOf({ ...made, columns: [...made.columns, rare] }, 0);
  const { coefficients } = solveLogistic(problem, 100, 1e-12);
  assert.ok(largest(coefficients) < 40, `${coefficients}`);
  problem.sums.release();
});

test('solve-logistic: of many columns, more than rows too, the gradient at the answer vanishes', () => {
  for (const [rows, columns] of [
    [100, 400],
    [900, 300],
  ] as const) {
    const made = madeRows(rows, columns, 3);
    const problem = problemOf(made, 5);
    // As of columns whose scales differ.
    for (let c = 0; c < columns; c += 3) problem.penalties[c] = 40;
    const { coefficients, isConverged } = solveLogistic(problem, 100, 1e-12);
    assert.ok(isConverged);
    const left = largest(gradientOf(made, problem, coefficients));
    assert.ok(left < 1e-8, `gradient ${left}`);
    problem.sums.release();
  }
});
