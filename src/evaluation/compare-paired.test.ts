import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { randomCase } from './checks.ts';
import { comparePaired } from './compare-paired.ts';
import { compareRocAuc } from './delong.ts';
import { expectedProfit } from './expected-profit.ts';
import { accuracy } from './metrics/accuracy.ts';
import { allMetrics } from './metrics/all.ts';
import { logLoss } from './metrics/log-loss.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import { profitSection } from './section.ts';

/** The scores of a second model: those of the first with noise. */
function rivals(seed: number, rows: number, noise: number) {
  const { labels, scores } = randomCase(seed, { rows });
  const random = createRandom(seed).fork('rival');
  const rival = scores.map((score) => Math.max(0, Math.min(1, score + noise * random.normal())));
  return { labels, scores, rival };
}

test('compare paired: a model against itself differs by 0, surely, in every metric', () => {
  const { labels, scores } = randomCase(1, { rows: 120 });
  const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });
  for (const metric of [...allMetrics, expectedProfit(profit)]) {
    const { first, second, ...difference } = comparePaired(labels, scores, scores, metric, createRandom(2), {
      replicates: 50,
    });
    assert.equal(first, second);
    assert.deepEqual(difference, { metric: metric.id, value: 0, low: 0, high: 0 });
  }
});

test('compare paired: agrees with DeLong on ROC-AUC', () => {
  const { labels, scores, rival } = rivals(3, 600, 0.15);
  const drawn = comparePaired(labels, scores, rival, rocAuc, createRandom(4), { replicates: 3000 });
  const worked = compareRocAuc(labels, scores, rival);
  assert.ok(Math.abs(drawn.value - worked.value) < 1e-12);
  const width = worked.high - worked.low;
  assert.ok(Math.abs(drawn.low - worked.low) < 0.08 * width, `${drawn.low} ${worked.low}`);
  assert.ok(Math.abs(drawn.high - worked.high) < 0.08 * width, `${drawn.high} ${worked.high}`);
});

test('compare paired: turning the models round turns the difference round', () => {
  const { labels, scores, rival } = rivals(5, 200, 0.3);
  const one = comparePaired(labels, scores, rival, logLoss, createRandom(6));
  const other = comparePaired(labels, rival, scores, logLoss, createRandom(6));
  assert.deepEqual([other.first, other.second, other.value], [one.second, one.first, -one.value]);
  assert.ok(Math.abs(other.low + one.high) < 1e-12 && Math.abs(other.high + one.low) < 1e-12);
});

test('compare paired: is narrower than two models on different customers would be', () => {
  const { labels, scores, rival } = rivals(7, 500, 0.05);
  const { low, high } = comparePaired(labels, scores, rival, rocAuc, createRandom(8));
  const alone = compareRocAuc(labels, scores, new Float64Array(labels.length).fill(0.5));
  assert.ok(high - low < 0.5 * (alone.high - alone.low));
});

test('compare paired: decisions are judged at a threshold of each model', () => {
  const labels = Uint8Array.of(1, 1, 0, 0);
  const first = Float64Array.of(0.9, 0.6, 0.4, 0.1);
  const second = Float64Array.of(0.3, 0.25, 0.2, 0.1);
  const at = (thresholds: readonly [number, number]) =>
    comparePaired(labels, first, second, accuracy, createRandom(9), { thresholds });
  assert.deepEqual([at([0.5, 0.5]).first, at([0.5, 0.5]).second], [1, 0.5]);
  assert.equal(at([0.5, 0.22]).value, 0);
});

test('compare paired: rows of one outcome are refused, inputs stay as they are', () => {
  const scores = new Float64Array(5).fill(0.3);
  assert.throws(() => comparePaired(new Uint8Array(5), scores, scores, rocAuc, createRandom(1)), {
    code: 'data.one-class',
    message: /^compare: /,
  });
  const { labels, scores: first, rival } = rivals(10, 60, 0.2);
  const before = structuredClone([labels, first, rival]);
  const compared = comparePaired(labels, first, rival, rocAuc, createRandom(1));
  assert.deepEqual(comparePaired(labels, first, rival, rocAuc, createRandom(1)), compared);
  assert.deepEqual([labels, first, rival], before);
});
