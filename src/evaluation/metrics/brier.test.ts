import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { brier } from './brier.ts';

const of = (labels: number[], scores: number[]): number =>
  brier.compute(prepareSample(Uint8Array.from(labels), Float64Array.from(scores), 0.5));

test('brier: the mean squared distance, by hand', () => {
  assert.equal(of([1, 0, 0, 1], [0.5, 0.25, 0, 1]), (0.25 + 0.0625) / 4);
});

test('brier: always saying the churn rate r gives r (1 - r)', () => {
  assert.equal(of([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]), 0.1875);
});
