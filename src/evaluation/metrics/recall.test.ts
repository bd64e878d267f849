import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { recall } from './recall.ts';

const labels = Uint8Array.of(1, 0, 1, 0, 1);
const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1, 0.05);

test('recall: the share of those who left that was called', () => {
  assert.equal(recall.compute(prepareSample(labels, scores, 0.7)), 2 / 3);
  assert.equal(recall.compute(prepareSample(labels, scores, 0)), 1);
  assert.equal(recall.compute(prepareSample(labels, scores, 0.95)), 0);
});
