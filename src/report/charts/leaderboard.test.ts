import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import { drawChart } from '../draw-chart.ts';
import { textsOf } from '../testing/texts.ts';
import { leaderboardChart, mostDots, rowsToDraw } from './leaderboard.ts';

const row = (rank: number, mean: number, chosen = false): LeaderboardRow => ({
  rank,
  model: 'random-forest',
  params: {},
  metric: 'roc-auc',
  mean,
  sd: 0.01,
  folds: [mean, mean],
  seconds: 1,
  chosen,
});

test('leaderboard chart: the best and the chosen, without those too far behind', () => {
  const many = Array.from({ length: 40 }, (_, i) => row(i + 1, 0.84 - i / 1000, i === 30));
  const drawn = rowsToDraw([...many, row(41, 0.5)]);
  assert.deepEqual(
    drawn.map(({ rank }) => rank),
    [...Array.from({ length: mostDots }, (_, i) => i + 1), 31],
  );
  assert.deepEqual(rowsToDraw([]), []);
});

test('leaderboard chart: names carry their rank, the chosen one is told', async () => {
  const chart = leaderboardChart([row(1, 0.84), row(2, 0.83, true)]);
  assert.match(
    chart.description,
    /ROC-AUC over 2 folds. Best: Random forest, 0.840. Chosen: Random forest, 0.830, rank 2/,
  );
  const texts = textsOf(await drawChart(chart));
  assert.ok(texts.includes('1. Random forest') && texts.includes('2. Random forest'));
});

test('leaderboard chart: candidates without any spread are drawn', async () => {
  const even = { ...row(1, 0.5, true), sd: 0 };
  assert.ok(
    textsOf(await drawChart(leaderboardChart([even, { ...even, rank: 2, chosen: false }]))).length > 3,
  );
});
