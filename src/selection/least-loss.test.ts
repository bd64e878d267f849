import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leastLoss } from './least-loss.ts';

const contender = (folds: readonly number[], logLoss: number) => ({
  folds,
  logLosses: folds.map(() => logLoss),
});
const best = contender([0.84, 0.85, 0.86], 0.42);
/** 0.001 behind, standard error 0.0021. */
const level = (logLoss: number) => contender([0.84, 0.845, 0.862], logLoss);
/** 0.001 behind on every fold. */
const behind = (logLoss: number) => contender([0.839, 0.849, 0.859], logLoss);

test('least loss: of those level with the best the smallest log loss is taken, whatever their order', () => {
  assert.equal(leastLoss([best, level(0.41)]), 1);
  assert.equal(leastLoss([level(0.41), best]), 0);
  assert.equal(leastLoss([best, level(0.415), level(0.41)]), 2);
});

test('least loss: the best stays where the others are behind by more than one standard error, or not better', () => {
  assert.equal(leastLoss([best, behind(0.3)]), 0);
  assert.equal(leastLoss([best, level(0.43)]), 0);
  assert.equal(leastLoss([best, level(0.42)]), 0, 'alike: the best');
  assert.equal(leastLoss([level(0.42), best]), 1, 'alike: the best');
  assert.equal(leastLoss([best]), 0);
});
