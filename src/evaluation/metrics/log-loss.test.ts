import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSample } from '../sample.ts';
import { logLoss } from './log-loss.ts';

const of = (labels: number[], scores: number[]): number =>
  logLoss.compute(prepareSample(Uint8Array.from(labels), Float64Array.from(scores), 0.5));

test('log-loss: a coin costs ln 2', () => {
  assert.equal(of([1, 0, 0], [0.5, 0.5, 0.5]), Math.LN2);
});

test('log-loss: a sure and wrong row costs 34.5, not infinity', () => {
  const cost = of([1, 0], [0, 0]) * 2;
  assert.ok(Math.abs(cost - 34.538776394910684) < 1e-13, String(cost));
});

test('log-loss: a sure and right row costs nothing', () => {
  assert.equal(Object.is(of([1, 0], [1, 0]), 0), true);
});
