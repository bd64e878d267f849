/** A search for tests of pages: drawn and guessed trials of two models, some of which ended early. */
import type { SearchFacts, TrialFacts } from '../../selection/search-history.ts';

const trial = (number: number, mean: number | null, more: Partial<TrialFacts> = {}): TrialFacts => ({
  number,
  model: number % 2 === 0 ? 'random-forest' : 'logistic-regression',
  params: { l2: number },
  origin: number > 6 ? 'guessed' : 'drawn',
  share: 1,
  outcome: 'whole',
  folds: mean === null ? [] : [mean, mean, mean],
  mean,
  seconds: 0.5,
  ...more,
});

export const syntheticSearch = (more: Partial<SearchFacts> = {}): SearchFacts => ({
  method: 'bayes',
  metric: 'roc-auc',
  higherIsBetter: true,
  most: 12,
  isCut: false,
  resumedFits: 0,
  warmStart: true,
  fromEarlierRuns: 1,
  resource: null,
  rungs: [{ share: 1, trials: 12 }],
  trials: [
    trial(1, 0.5, { model: 'prior', origin: 'defaults', params: {} }),
    trial(2, 0.81, { origin: 'earlier' }),
    trial(3, 0.82),
    trial(4, 0.8),
    trial(5, 0.835),
    trial(6, 0.83),
    trial(7, 0.79, { outcome: 'behind', folds: [0.79, 0.79] }),
    trial(8, 0.841),
    trial(9, 0.84),
    trial(10, 0.8, { outcome: 'median', folds: [0.8] }),
    trial(11, 0.8412),
    trial(12, 0.839),
  ],
  ...more,
});
