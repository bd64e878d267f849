import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { expandCandidates } from '../grid.ts';
import { knownAsk, knownCatalogue, runMethod } from '../testing/known-functions.ts';
import { grid } from './grid.ts';

const grids = { recipe: { kind: ['a', 'b', 'c'], depth: [2, 4, 6, 8] } };
const ask = knownAsk(grids, 3, createRandom(1));

test('grid: every combination in the order written, whatever the number of trials', () => {
  const tried = runMethod(grid, ask, () => 1);
  assert.deepEqual(
    tried.map(({ candidate }) => candidate),
    expandCandidates(grids, knownCatalogue),
  );
  assert.ok(tried.every(({ origin, share }) => origin === 'written' && share === 1));
});

test('grid: tries all whole unless it is told to end hopeless ones early, then it asks in rounds', () => {
  assert.deepEqual([grid.endsBy(undefined), grid.endsBy(true)], [[], ['behind']]);
  assert.equal(grid.next([], ask).length, 12);
  assert.equal(grid.next([], { ...ask, endsEarly: true }).length, 8);
  assert.equal(runMethod(grid, { ...ask, endsEarly: true }, () => 1).length, 12);
});
