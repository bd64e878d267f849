import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { measureSample } from '../measure.ts';
import { prepareSample } from '../sample.ts';
import { precision } from './precision.ts';

const labels = Uint8Array.of(1, 0, 1, 0);
const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1);

test('precision: the share of churners among those called', () => {
  assert.equal(precision.compute(prepareSample(labels, scores, 0.7)), 2 / 3);
});

test('precision: nobody called gives 0, and an interval that says nothing is known', () => {
  const measured = measureSample(prepareSample(labels, scores, 0.95), createRandom(1), [precision]);
  assert.deepEqual(measured.precision, { value: 0, low: 0, high: 1 });
});
