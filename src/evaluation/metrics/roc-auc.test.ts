import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { rocAuc } from './roc-auc.ts';

const of = (labels: number[], scores: number[]): number =>
  rocAuc.compute(prepareSample(Uint8Array.from(labels), Float64Array.from(scores), 0.5));

test('roc-auc: all scores tied gives 0.5', () => {
  assert.equal(of([1, 0, 0, 1, 0], [0.3, 0.3, 0.3, 0.3, 0.3]), 0.5);
});

test('roc-auc: two of three pairs right and one tied gives five sixths', () => {
  assert.equal(of([1, 0, 0, 0], [0.5, 0.5, 0.2, 0.1]), 2.5 / 3);
});

test('roc-auc: turning all scores round gives one minus it', () => {
  const labels = [1, 0, 1, 0, 0, 1];
  const scores = [0.75, 0.5, 0.25, 0.25, 0, 1];
  const turned = scores.map((score) => 1 - score);
  assert.ok(Math.abs(of(labels, turned) + of(labels, scores) - 1) < 1e-15);
});

test('roc-auc: only the order of scores counts', () => {
  assert.equal(of([1, 0, 1, 0], [0.9, 0.6, 0.5, 0.1]), of([1, 0, 1, 0], [0.0004, 0.0003, 0.0002, 0.0001]));
});
