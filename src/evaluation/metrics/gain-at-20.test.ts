import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { gainAt20 } from './gain-at-20.ts';

const gain = (labels: number[], scores: number[]): number =>
  gainAt20.compute(prepareSample(Uint8Array.from(labels), Float64Array.from(scores), 0.5));

test('gain-at-20: all scores tied gives 20%', () => {
  assert.ok(Math.abs(gain([1, 0, 0, 1, 0], [0.3, 0.3, 0.3, 0.3, 0.3]) - 0.2) < 1e-15);
});

test('gain-at-20: of ten customers with two leavers, one is on top: half of them', () => {
  const labels = [1, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  assert.equal(
    gain(
      labels,
      labels.map((_, i) => 1 - i / 10),
    ),
    0.5,
  );
});
