import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthLimits } from './params.ts';

const drawn = (features: 'sqrt' | 'all' | number, columns: number): number =>
  growthLimits({ maxDepth: null, minSplit: 2, minLeaf: 1, features }, columns).featuresPerSplit;

test('tree params: columns drawn for a cut are cut off to whole ones, at least one', () => {
  assert.deepEqual([drawn('sqrt', 45), drawn('sqrt', 2), drawn('all', 45), drawn(0.3, 45)], [6, 1, 45, 13]);
  assert.deepEqual([drawn(0.01, 45), drawn(1, 45)], [1, 45]);
});

test('tree params: no depth limit means none', () => {
  const { maxDepth } = growthLimits({ maxDepth: null, minSplit: 2, minLeaf: 1, features: 'all' }, 3);
  assert.equal(maxDepth, Number.POSITIVE_INFINITY);
});
