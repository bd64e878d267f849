import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../../golden/compare.ts';
import { fitIsotonic, isotonicAt } from './isotonic.ts';

const golden = readGolden<{
  asked: number[];
  isotonic: {
    scores: number[];
    labels: number[];
    weights: number[] | null;
    knots: number[];
    values: number[];
    answers: number[];
  }[];
}>('models-depth-calibration');

const ones = (count: number): Float64Array => new Float64Array(count).fill(1);
const tolerance = { absolute: 1e-9, reason: 'means of pools summed in another order' };

test("isotonic: knots, values and answers beside and beyond them equal scikit-learn's, ties and weights included", () => {
  assert.equal(golden.isotonic.length, 8);
  for (const { scores, labels, weights, knots, values, answers } of golden.isotonic) {
    const map = fitIsotonic(
      Float64Array.from(scores),
      labels,
      weights ? Float64Array.from(weights) : ones(scores.length),
    );
    assertClose(map.knots, knots, { reason: 'knots are scores' });
    assertClose(map.values, values, tolerance);
    assertClose(
      golden.asked.map((score) => isotonicAt(map, score)),
      answers,
      tolerance,
    );
  }
});

const anyRows = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 20 }), label: fc.integer({ min: 0, max: 1 }) }),
  { minLength: 1, maxLength: 40 },
);

test('isotonic: for any rows values never fall and their mean over the rows is the churn rate', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const scores = Float64Array.from(rows, ({ score }) => score / 20);
      const labels = rows.map(({ label }) => label);
      const map = fitIsotonic(scores, labels, ones(rows.length));
      map.values.forEach((value, i) => {
        assert.ok(value >= 0 && value <= 1 && (i === 0 || value >= map.values[i - 1]!));
      });
      const sum = scores.reduce((total, score) => total + isotonicAt(map, score), 0);
      assert.ok(Math.abs(sum - labels.reduce((total, label) => total + label, 0)) < 1e-9);
    }),
  );
});

test('isotonic: for any rows no other rising map is closer (scores of a pool moved together)', () => {
  const loss = (rows: { score: number; label: number }[], at: (score: number) => number): number =>
    rows.reduce((sum, { score, label }) => sum + (at(score / 20) - label) ** 2, 0);
  fc.assert(
    fc.property(
      anyRows,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 20 }),
      (rows, p, at) => {
        const map = fitIsotonic(
          Float64Array.from(rows, ({ score }) => score / 20),
          rows.map(({ label }) => label),
          ones(rows.length),
        );
        const own = loss(rows, (score) => isotonicAt(map, score));
        // Raised to p from a score on: still rising.
        const raised = (score: number): number =>
          score * 20 >= at ? Math.max(p, isotonicAt(map, score)) : isotonicAt(map, score);
        assert.ok(own <= loss(rows, raised) + 1e-9);
      },
    ),
  );
});

test('isotonic: rows of weight 0 do not count, and one score alone gives its churn rate everywhere', () => {
  const scores = Float64Array.of(0.2, 0.5, 0.5, 0.9);
  const map = fitIsotonic(scores, [1, 0, 1, 0], Float64Array.of(0, 1, 3, 0));
  assert.deepEqual([...map.knots], [0.5]);
  assert.deepEqual(
    [0, 0.5, 1].map((score) => isotonicAt(map, score)),
    [0.75, 0.75, 0.75],
  );
});
