import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { knownAsk, knownFunctions, runMethod } from '../testing/known-functions.ts';
import { halving, rungShares } from './halving.ts';

test('halving: rungs are a third apart, hold 500 rows at least, and are as many as the trials fill', () => {
  const shares = (rows: number, trials: number, resource: 'rows' | 'iterations' = 'rows') =>
    rungShares({ rows, trials, resource }).map((share) => Math.round(1 / share));
  assert.deepEqual(shares(4500, 30), [9, 3, 1]);
  assert.deepEqual(shares(4499, 30), [3, 1]);
  assert.deepEqual(shares(1_000_000, 100), [27, 9, 3, 1]);
  assert.deepEqual(shares(1_000_000, 8), [3, 1]);
  assert.deepEqual(shares(400, 30), [1]);
  assert.deepEqual(shares(400, 30, 'iterations'), [9, 3, 1]);
});

test('halving: the best third of each rung goes on, best first, to three times as much', () => {
  const { branin } = knownFunctions;
  const ask = { ...knownAsk(branin.grids, 20, createRandom(2)), rows: 5000 };
  const tried = runMethod(halving, ask, branin.valueOf);
  assert.deepEqual(
    tried.map(({ share }) => Math.round(1 / share)),
    [...Array<number>(20).fill(9), ...Array<number>(7).fill(3), 1, 1, 1],
  );
  assert.equal(halving.most(ask), 30);
  const byValue = (trials: typeof tried) =>
    [...trials].sort((a, b) => a.folds[0]! - b.folds[0]!).map(({ candidate }) => candidate);
  assert.deepEqual(
    tried.slice(20, 27).map(({ candidate }) => candidate),
    byValue(tried.slice(0, 20)).slice(0, 7),
  );
  assert.deepEqual(
    tried.slice(27).map(({ candidate }) => candidate),
    byValue(tried.slice(20, 27)).slice(0, 3),
  );
});

test('halving: with too few rows everything is tried on all of them', () => {
  const tried = runMethod(halving, { ...knownAsk({ recipe: {} }, 12, createRandom(2)), rows: 300 }, () => 1);
  assert.ok(tried.length === 12 && tried.every(({ share }) => share === 1));
});
