import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { prAuc } from './pr-auc.ts';

const of = (labels: number[], scores: number[]): number =>
  prAuc.compute(prepareSample(Uint8Array.from(labels), Float64Array.from(scores), 0.5));

test('pr-auc: all scores tied gives the churn rate', () => {
  assert.equal(of([1, 0, 0, 0, 1], [0.2, 0.2, 0.2, 0.2, 0.2]), 0.4);
});

test('pr-auc: steps, no straight lines: churners at places 1 and 3 give (1 + 2/3) / 2', () => {
  assert.equal(of([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.6]), (1 + 2 / 3) / 2);
});

test('pr-auc: a churner at the very end still counts one part in all rows', () => {
  assert.equal(of([0, 0, 0, 1], [0.9, 0.8, 0.7, 0.6]), 0.25);
});
