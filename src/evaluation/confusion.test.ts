import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confusionOf, ratio, sampleConfusion } from './confusion.ts';
import { prepareSample } from './sample.ts';

const labels = Uint8Array.of(1, 1, 0, 0, 0, 1);
const scores = Float64Array.of(0.9, 0.5, 0.5, 0.4, 0.1, 0.2);

test('confusion: the four counts by hand, a score at the threshold is called', () => {
  const byHand = { truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 2 };
  assert.deepEqual(confusionOf(labels, scores, 0.5), byHand);
  assert.deepEqual(sampleConfusion(prepareSample(labels, scores, 0.5)), byHand);
});

test('confusion: rows of one outcome are counted', () => {
  assert.deepEqual(confusionOf(new Uint8Array(3), Float64Array.of(0.1, 0.6, 0.7), 0.5), {
    truePositives: 0,
    falsePositives: 2,
    falseNegatives: 0,
    trueNegatives: 1,
  });
});

test('ratio: nothing of nothing is 0', () => {
  assert.equal(ratio(0, 0), 0);
  assert.equal(ratio(1, 4), 0.25);
});
