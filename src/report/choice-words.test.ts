import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeaderboardRow } from '../selection/leaderboard.ts';
import { choiceSentences } from './choice-words.ts';

const candidate = (
  rank: number,
  model: string,
  folds: readonly number[],
  chosen: boolean,
  metricId = 'roc-auc',
) => ({
  rank,
  model,
  params: {},
  metric: metricId,
  mean: folds.reduce((sum, value) => sum + value, 0) / folds.length,
  sd: 0.01,
  folds,
  seconds: 1,
  chosen,
});

test('choice: the best one, the only one, and one within a standard error of the best', () => {
  const best = candidate(1, 'random-forest', [0.84, 0.85, 0.86], true);
  const other = candidate(2, 'logistic-regression', [0.84, 0.845, 0.862], false);
  assert.match(
    choiceSentences([best, other]),
    /^Random forest \(rank 1 of 2\) was chosen: it has the best mean.* nearest of another family, logistic regression \(rank 2\), is 0\.0010 behind; .* fold by fold, is 0\.0021\.$/,
  );
  assert.match(choiceSentences([best]), /was the only candidate: ROC-AUC 0\.850 on average over 3 folds/);
  assert.equal(choiceSentences([]), 'No candidate was compared.');
  const ruled: LeaderboardRow[] = [
    { ...best, chosen: false },
    { ...other, chosen: true },
  ];
  assert.match(
    choiceSentences(ruled),
    /^Logistic regression \(rank 2 of 2\) .* trails it by 0\.0010 on the same 3 folds, .* 0\.0021: the lead may be luck/,
  );
});

test('choice: what was taken for its probabilities says so', () => {
  const best = candidate(1, 'gradient-boosting', [0.84, 0.85, 0.86], false);
  const members = [
    { trial: 1, model: 'mlp', weight: 1 },
    { trial: 2, model: 'random-forest', weight: 1 },
  ];
  const vote = {
    ...candidate(2, 'soft-voting', [0.84, 0.845, 0.862], true),
    members,
    chosenFor: 'log-loss' as const,
  };
  assert.match(
    choiceSentences([best, vote]),
    /\(rank 2 of 2\) was chosen\. Rank 1, gradient boosting, .* 0\.0010 more; .* is 0\.0021\. .* smaller log loss\)\. It asks 2 of/,
  );
});

test('choice: of an ensemble it is told what it asks', () => {
  const members = ['gradient-boosting', 'mlp', 'gradient-boosting'].map((model, i) => ({
    trial: i + 1,
    model,
    weight: null,
  }));
  const vote = {
    ...candidate(1, 'soft-voting', [0.86, 0.85], true),
    members: members.map((one, i) => ({ ...one, weight: i + 1 })),
  };
  assert.match(choiceSentences([vote]), /only candidate/);
  assert.match(
    choiceSentences([vote, candidate(2, 'mlp', [0.84, 0.85], false)]),
    /what they say: Gradient boosting \(2 times, 4 votes\) and MLP \(2 votes\)\.$/,
  );
  const stack = { ...candidate(1, 'stacking', [0.86, 0.85], true), members };
  assert.match(
    choiceSentences([stack, candidate(2, 'mlp', [0.84, 0.85], false)]),
    /^Stacking .* It asks 3 of the models that were tried and weighs what they say: Gradient boosting \(2 times\) and MLP\.$/,
  );
});

test('choice: of a metric that is better when lower, the chosen one trails by a positive number', () => {
  const rows = [
    candidate(1, 'random-forest', [0.4, 0.42], false, 'log-loss'),
    candidate(2, 'logistic-regression', [0.41, 0.42], true, 'log-loss'),
  ];
  assert.match(choiceSentences(rows), /best mean Log loss, 0\.4100\. The chosen one trails it by 0\.0050/);
});
