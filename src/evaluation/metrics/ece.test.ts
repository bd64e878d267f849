import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { ece } from './ece.ts';

const of = (labels: number[], scores: number[]): number =>
  ece.compute(prepareSample(Uint8Array.from(labels), Float64Array.from(scores), 0.5));

test('ece: one score for everybody is its distance from the churn rate', () => {
  assert.equal(of([1, 0, 0, 0], [0.75, 0.75, 0.75, 0.75]), 0.5);
  assert.equal(of([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]), 0);
});

test('ece: with ten rows each is a bin of its own', () => {
  const scores = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];
  const labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  const byHand = scores.reduce((sum, score, row) => sum + Math.abs(score - labels[row]!), 0) / 10;
  assert.ok(Math.abs(of(labels, scores) - byHand) < 1e-15);
});

test('ece: labels swapped inside a tie change nothing', () => {
  const scores = [0.2, 0.2, 0.2, 0.2, 0.6, 0.6, 0.6, 0.6];
  assert.equal(of([1, 0, 0, 0, 1, 1, 0, 0], scores), of([0, 0, 0, 1, 0, 1, 0, 1], scores));
});
