import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchedTrial } from './open-trial.ts';
import { bestSoFar, searchFacts } from './search-history.ts';

const trial = (number: number, folds: number[], more: Partial<SearchedTrial> = {}): SearchedTrial => ({
  number,
  candidate: { id: 'prior', params: {} },
  origin: 'drawn',
  share: 1,
  outcome: 'whole',
  folds,
  seconds: 0.5,
  outOfFold: null,
  ...more,
});
const trials = [
  trial(1, [0.9], { share: 1 / 3 }),
  trial(2, [0.7, 0.7], { origin: 'earlier' }),
  trial(3, [0.99], { outcome: 'median' }),
  trial(4, [0.6, 0.6]),
  trial(5, [0.8, 0.8]),
  trial(6, [], { outcome: 'cut' }),
];
const facts = (higherIsBetter = true) =>
  searchFacts(
    { trials, isCut: true, most: 9, resumed: 3 },
    { method: 'halving', metric: { id: 'roc-auc', higherIsBetter }, warmStart: true, resource: 'rows' },
  );

test('search history: every trial in order, those without a fold without a mean, rungs counted', () => {
  const { trials: told, rungs, resource, fromEarlierRuns, resumedFits, isCut, most } = facts();
  assert.deepEqual(
    told.map(({ mean }) => mean),
    [0.9, 0.7, 0.99, 0.6, 0.8, null],
  );
  assert.deepEqual(rungs, [
    { share: 1 / 3, trials: 1 },
    { share: 1, trials: 5 },
  ]);
  assert.deepEqual([resource, fromEarlierRuns, resumedFits, isCut, most], ['rows', 1, 3, true, 9]);
  assert.deepEqual(JSON.parse(JSON.stringify(facts())), facts());
});

test('search history: the best so far counts whole trials on everything alone, and never gets worse', () => {
  assert.deepEqual(bestSoFar(facts()), [
    { trial: 2, best: 0.7 },
    { trial: 3, best: 0.7 },
    { trial: 4, best: 0.7 },
    { trial: 5, best: 0.8 },
    { trial: 6, best: 0.8 },
  ]);
  assert.deepEqual(
    bestSoFar(facts(false)).map(({ best }) => best),
    [0.7, 0.7, 0.6, 0.6, 0.6],
  );
});
