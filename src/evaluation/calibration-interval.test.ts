import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { calibrationError, equalMassBins } from './calibration.ts';
import { trueCalibrationError } from './calibration-interval.ts';
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

test('true calibration error: a calibrated model is not told apart from perfect, though the plain error is above 0', () => {
  let told = 0;
  for (let seed = 0; seed < 40; seed++) {
    const bins = equalMassBins(customers(1000, seed, (score) => score));
    const { low, debiased, high } = trueCalibrationError(bins, createRandom(seed));
    if (low > 0) told++;
    assert.ok(low <= debiased && debiased <= high);
    assert.ok(debiased < calibrationError(bins));
  }
  // 2.5% is one of forty.
  assert.ok(told <= 3, `${told} of 40`);
});

test('true calibration error: a shift of 0.1 is found, with the lift of chance taken out', () => {
  let held = 0;
  let middle = 0;
  for (let seed = 0; seed < 40; seed++) {
    const bins = equalMassBins(customers(1000, seed, (score) => score + 0.1));
    const { low, debiased, high } = trueCalibrationError(bins, createRandom(seed));
    assert.ok(low > 0.04);
    if (low <= 0.1 && high >= 0.1) held++;
    middle += debiased / 40;
  }
  assert.ok(held >= 35, `${held} of 40`);
  assert.ok(Math.abs(middle - 0.1) < 0.006, `${middle}`);
});

test('true calibration error: no gap at all still leaves room for chance', () => {
  const labels = Uint8Array.from({ length: 200 }, (_, row) => row % 2);
  const bins = equalMassBins(prepareSample(labels, Float64Array.from(labels), 0.5));
  const { low, high } = trueCalibrationError(bins, createRandom(1));
  assert.equal(low, 0);
  assert.ok(high > 0.01 && high < 0.04, `${high}`);
});

test('true calibration error: one score for everybody goes as far as the churn rate is unsure', () => {
  const bins = (churned: number) => {
    const labels = new Uint8Array(1000).fill(1, 0, churned);
    return equalMassBins(prepareSample(labels, new Float64Array(1000).fill(0.25), 0.5));
  };
  for (const churned of [250, 251, 255]) {
    const { low, high } = trueCalibrationError(bins(churned), createRandom(1));
    // A standard error of a quarter of 1,000 rows is 0.0137: 1.96 of them, and at most one more for the middle.
    assert.ok(low === 0 && high > 0.0268 && high < 0.041, `${churned}: ${high}`);
  }
});

test('true calibration error: is the same for the same seed and leaves the bins alone', () => {
  const bins = equalMassBins(customers(500, 1, (score) => score + 0.05));
  const before = structuredClone(bins);
  assert.deepEqual(trueCalibrationError(bins, createRandom(2)), trueCalibrationError(bins, createRandom(2)));
  assert.deepEqual(bins, before);
});
