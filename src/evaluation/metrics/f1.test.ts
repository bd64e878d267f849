import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { measureSample } from '../measure.ts';
import { prepareSample } from '../sample.ts';
import { f1 } from './f1.ts';

const labels = Uint8Array.of(1, 0, 1, 0, 1);
const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1, 0.05);

test('f1: the harmonic mean of precision and recall', () => {
  assert.equal(f1.compute(prepareSample(labels, scores, 0.7)), 2 / 3);
  assert.equal(f1.compute(prepareSample(labels, scores, 0.85)), 0.5);
});

test('f1: nobody called, or only stayers called, gives 0', () => {
  assert.equal(f1.compute(prepareSample(labels, scores, 1)), 0);
  assert.equal(f1.compute(prepareSample(Uint8Array.of(0, 1), Float64Array.of(0.9, 0.1), 0.5)), 0);
});

test('f1: the interval keeps a width at 0 and at 1', () => {
  const at = (threshold: number, scored: Float64Array) =>
    measureSample(prepareSample(labels, scored, threshold), createRandom(1), [f1]).f1;
  const none = at(0.95, scores);
  const all = at(0.5, Float64Array.from(labels));
  assert.ok(none.value === 0 && none.low === 0 && none.high > 0.5, JSON.stringify(none));
  assert.ok(all.value === 1 && all.high === 1 && all.low < 0.7, JSON.stringify(all));
});
