import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { accuracy } from './accuracy.ts';

const labels = Uint8Array.of(1, 0, 0, 0);
const scores = Float64Array.of(0.4, 0.6, 0.4, 0.1);

test('accuracy: a score equal to the threshold is called churn', () => {
  assert.equal(accuracy.compute(prepareSample(labels, scores, 0.4)), 0.5);
  assert.equal(accuracy.compute(prepareSample(labels, scores, 0.41)), 0.5);
  assert.equal(accuracy.compute(prepareSample(labels, scores, 0.7)), 0.75);
});
