import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';

test('balanced-accuracy: calling everybody or nobody gives 0.5 at any churn rate', () => {
  const labels = Uint8Array.of(1, 0, 0, 0, 0, 0);
  const scores = Float64Array.of(0.3, 0.3, 0.3, 0.3, 0.3, 0.3);
  assert.equal(balancedAccuracy.compute(prepareSample(labels, scores, 0.3)), 0.5);
  assert.equal(balancedAccuracy.compute(prepareSample(labels, scores, 0.4)), 0.5);
});

test('balanced-accuracy: the mean of the two classes, not of the rows', () => {
  const labels = Uint8Array.of(1, 0, 0, 0, 0);
  const scores = Float64Array.of(0.9, 0.9, 0.1, 0.1, 0.1);
  assert.equal(balancedAccuracy.compute(prepareSample(labels, scores, 0.5)), (1 + 0.75) / 2);
});
