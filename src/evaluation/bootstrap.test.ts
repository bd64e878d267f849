import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { bootstrap, percentileInterval, replicateCount } from './bootstrap.ts';
import { randomCase } from './checks.ts';
import { defineMetric } from './definition.ts';
import { brier } from './metrics/brier.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import { classTotals, prepareSample } from './sample.ts';

test('bootstrap: 1,000 replicates, fewer above 20,000 rows, never under 200', () => {
  assert.deepEqual(
    [1, 1000, 20_000, 40_000, 100_000, 10_000_000].map(replicateCount),
    [1000, 1000, 1000, 500, 200, 200],
  );
});

test('bootstrap: each replicate draws as many rows as there are and keeps both outcomes', () => {
  const { labels, scores } = randomCase(1, { rows: 12 });
  labels.fill(0);
  labels[3] = 1;
  const seen: number[] = [];
  const spy = defineMetric({
    ...rocAuc,
    compute(sample) {
      const { churned, stayed } = classTotals(sample);
      seen.push(churned + stayed);
      assert.ok(churned > 0 && stayed > 0);
      return rocAuc.compute(sample);
    },
  });
  bootstrap(prepareSample(labels, scores, 0.5), [spy], createRandom(2), 300);
  assert.deepEqual(new Set(seen), new Set([12]));
});

test('bootstrap: metrics share their replicates, and their number changes nothing', () => {
  const { labels, scores } = randomCase(3, { rows: 80 });
  const sample = prepareSample(labels, scores, 0.5);
  const [together] = bootstrap(sample, [brier, rocAuc], createRandom(4), 50);
  const [alone] = bootstrap(sample, [brier], createRandom(4), 50);
  assert.deepEqual(together, alone);
  assert.deepEqual(bootstrap(sample, [], createRandom(4)), []);
});

test('bootstrap: the spread of a mean is its standard error', () => {
  const { labels, scores } = randomCase(5, { rows: 400 });
  const sample = prepareSample(labels, scores, 0.5);
  const losses = Array.from(labels, (label, row) => (scores[row]! - label) ** 2);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / 400;
  const error = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 400 / 400);
  const { low, high } = percentileInterval(bootstrap(sample, [brier], createRandom(6), 4000)[0]!);
  // 4,000 replicates leave the width uncertain by about 3%.
  assert.ok(Math.abs((high - low) / (2 * 1.96 * error) - 1) < 0.08, `${(high - low) / error}`);
});
