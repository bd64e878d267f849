import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { liftAt20 } from './lift-at-20.ts';

const lift = (labels: number[], scores: number[]): number =>
  liftAt20.compute(prepareSample(Uint8Array.from(labels), Float64Array.from(scores), 0.5));

test('lift-at-20: all scores tied gives 1', () => {
  assert.ok(Math.abs(lift([1, 0, 0, 1, 0], [0.3, 0.3, 0.3, 0.3, 0.3]) - 1) < 1e-15);
});

test('lift-at-20: of ten customers with two leavers, the one on top is found with the next: lift 2.5', () => {
  const labels = [1, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  assert.equal(
    lift(
      labels,
      labels.map((_, i) => 1 - i / 10),
    ),
    2.5,
  );
});
