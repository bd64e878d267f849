import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { drawTypical } from './typical-draws.ts';

test('typical draws: in every round each column takes each typical row once, columns in orders of their own', () => {
  const draws = drawTypical(3, 8, 20, createRandom(1));
  for (const drawn of draws) {
    const rounds = [drawn.subarray(0, 8), drawn.subarray(8, 16)];
    for (const round of rounds) assert.deepEqual([...round].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.equal(new Set(drawn.subarray(16)).size, 4);
  }
  assert.notDeepEqual(draws[0], draws[1]);
  assert.deepEqual(drawTypical(3, 8, 20, createRandom(1)), draws);
});
