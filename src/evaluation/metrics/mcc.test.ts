import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { mcc } from './mcc.ts';

test('mcc: calling everybody or nobody gives 0', () => {
  const labels = Uint8Array.of(1, 0, 0);
  const scores = Float64Array.of(0.3, 0.3, 0.3);
  assert.equal(mcc.compute(prepareSample(labels, scores, 0.3)), 0);
  assert.equal(mcc.compute(prepareSample(labels, scores, 0.4)), 0);
});

test('mcc: a million rows keep their digits', () => {
  const rows = 1_000_000;
  const labels = new Uint8Array(rows).map((_, row) => row & 1);
  const scores = new Float64Array(rows).map((_, row) => ((row >> 1) % 4 === 0 ? 1 - (row & 1) : row & 1));
  // Three quarters of each class are called right: the correlation is 0.75 - 0.25.
  assert.equal(mcc.compute(prepareSample(labels, scores, 0.5)), 0.5);
});
