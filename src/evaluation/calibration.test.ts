import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { calibrationError, equalMassBins } from './calibration.ts';
import { prepareSample } from './sample.ts';

/** Customers whose churn probability is `truth` of the score. */
function customers(rows: number, seed: number, truth: (score: number) => number) {
  const random = createRandom(seed);
  const scores = new Float64Array(rows).map(() => 0.05 + 0.6 * random.uniform());
  return prepareSample(
    Uint8Array.from(scores, (score) => (random.uniform() < truth(score) ? 1 : 0)),
    scores,
    0.5,
  );
}

test('bins: without ties they differ by at most one row and cover all', () => {
  const bins = equalMassBins(customers(1056, 1, (score) => score));
  assert.equal(bins.length, 10);
  assert.deepEqual(new Set(bins.map((bin) => bin.count)), new Set([105, 106]));
  for (let b = 1; b < 10; b++) assert.ok(bins[b - 1]!.to < bins[b]!.from);
});

test('bins: a tie is never torn apart, and bins without rows are left out', () => {
  const labels = Uint8Array.from({ length: 20 }, (_, row) => row % 2);
  const scores = Float64Array.from({ length: 20 }, (_, row) => (row < 14 ? 0.2 : 0.8));
  const bins = equalMassBins(prepareSample(labels, scores, 0.5));
  assert.deepEqual(bins, [
    { from: 0.2, to: 0.2, meanScore: bins[0]!.meanScore, churned: 7, count: 14 },
    { from: 0.8, to: 0.8, meanScore: bins[1]!.meanScore, churned: 3, count: 6 },
  ]);
});

test('calibration error: rows-weighted distance of score and churn rate, by hand', () => {
  const bin = { from: 0, to: 1 };
  const bins = [
    { ...bin, meanScore: 0.25, churned: 1, count: 2 },
    { ...bin, meanScore: 0.75, churned: 3, count: 6 },
  ];
  assert.equal(calibrationError(bins), (2 * 0.25 + 6 * 0.25) / 8);
});

test('bins: a row of next to no weight at the lowest score still has its bin', () => {
  const weights = Float64Array.of(0.1, 0.2, 0.3, 0.7, 1e-20);
  const sample = prepareSample(
    Uint8Array.of(1, 0, 0, 1, 0),
    Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.1),
    0.5,
    weights,
  );
  const bins = equalMassBins(sample);
  assert.ok(Math.abs(bins.reduce((sum, bin) => sum + bin.count, 0) - 1.3) < 1e-12);
  assert.equal(bins[0]!.from, 0.1);
});
