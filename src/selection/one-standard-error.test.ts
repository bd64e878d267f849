import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bestByMean,
  compareSimplicity,
  deviationOf,
  meanOf,
  oneStandardError,
} from './one-standard-error.ts';

test('one-standard-error: a simpler candidate within one paired standard error of the best is chosen', () => {
  // Differences 0.01, -0.01, 0.02, 0, 0.005: mean 0.005, sd 0.01118, standard error 0.005 (just inside).
  const best = { folds: [0.84, 0.83, 0.86, 0.85, 0.845], simplicity: [3] };
  const simple = { folds: [0.83, 0.84, 0.84, 0.85, 0.84], simplicity: [1] };
  assert.equal(bestByMean([best, simple]), 0);
  assert.equal(oneStandardError([best, simple]), 1);
});

test('one-standard-error: folds that vary together do not hide a candidate that is worse in each', () => {
  // The spread between folds is 0.2, yet every difference is 0.02: unpaired the simple one would win.
  const best = { folds: [0.7, 0.8, 0.9, 0.75, 0.85], simplicity: [3] };
  const worse = { folds: best.folds.map((value) => value - 0.02), simplicity: [1] };
  assert.equal(oneStandardError([best, worse]), 0);
});

test('one-standard-error: among equally simple candidates the better mean wins', () => {
  const a = { folds: [0.8, 0.82, 0.81], simplicity: [1, 5] };
  const b = { folds: [0.81, 0.82, 0.8], simplicity: [1, 5] };
  const c = { folds: [0.815, 0.825, 0.805], simplicity: [1, 5] };
  assert.equal(oneStandardError([a, b, c]), 2);
});

test('best by mean: equal means go to the simpler candidate', () => {
  assert.equal(
    bestByMean([
      { folds: [0.5, 0.5], simplicity: [3] },
      { folds: [0.5, 0.5], simplicity: [0] },
    ]),
    1,
  );
});

test('deviation: ddof 1, and 0 for a single value', () => {
  assert.equal(deviationOf([2, 4, 4, 4, 5, 5, 7, 9]), Math.sqrt(32 / 7));
  assert.equal(deviationOf([3]), 0);
});

test('simplicity: compared position by position, a missing position counts as 0', () => {
  assert.ok(compareSimplicity([1, -10], [1, -1]) < 0);
  assert.equal(compareSimplicity([1], [1, 0]), 0);
  assert.ok(compareSimplicity([2], [1, 99]) > 0);
});

test('one-standard-error: for any candidates the chosen is never clearly worse nor less simple than the best', () => {
  const candidate = fc.record({
    folds: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
    simplicity: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.array(candidate, { minLength: 1, maxLength: 8 }), (candidates) => {
      const best = candidates[bestByMean(candidates)]!;
      const chosen = candidates[oneStandardError(candidates)]!;
      const differences = best.folds.map((value, fold) => value - chosen.folds[fold]!);
      assert.ok(compareSimplicity(chosen.simplicity, best.simplicity) <= 0);
      assert.ok(meanOf(differences) <= deviationOf(differences) / Math.sqrt(5) + 1e-12);
    }),
  );
});
