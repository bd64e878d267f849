import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GrownTree } from '../../kernels/forest/tree-grower.ts';
import { createTreeCollector } from './tree-collector.ts';

/** One question and two leaves, as the tree whose root is node `first`. */
const stump = (first: number, feature: number): GrownTree => ({
  feature: Int32Array.of(feature, -1, -1),
  threshold: Float64Array.of(feature + 0.5, 0, 0),
  left: Int32Array.of(first + 1, 0, 0),
  right: Int32Array.of(first + 2, 0, 0),
  value: Float64Array.of(0.5, 0, 1),
  cover: Float64Array.of(2, 1, 1),
  missingLeft: Uint8Array.of(0, 0, 0),
});

test('tree-collector: trees stand one behind the other, also when there are more than expected', () => {
  const collector = createTreeCollector(1);
  for (let t = 0; t < 4; t++) {
    assert.equal(collector.count(), 3 * t);
    collector.add(stump(collector.count(), t));
  }
  const { roots, feature, threshold, left, right, missingLeft } = collector.trees();
  assert.deepEqual([...roots], [0, 3, 6, 9, 12]);
  assert.deepEqual([...feature], [0, -1, -1, 1, -1, -1, 2, -1, -1, 3, -1, -1]);
  assert.deepEqual([threshold[0], threshold[9]], [0.5, 3.5]);
  assert.deepEqual([left[9], right[9], left[10]], [10, 11, 0]);
  assert.equal(missingLeft!.length, 12);
});

test('tree-collector: what is handed out shares nothing with what was handed in', () => {
  const tree = stump(0, 7);
  const collector = createTreeCollector(2);
  collector.add(tree);
  const before = collector.trees();
  tree.value[0] = 9;
  collector.add(stump(3, 8));
  assert.deepEqual([...before.feature], [7, -1, -1]);
  assert.equal(before.value[0], 0.5);
  assert.notEqual(before.value.buffer, tree.value.buffer);
});

test('tree-collector: room for trees of one size is a twentieth more than they need', () => {
  const collector = createTreeCollector(100);
  for (let t = 0; t < 100; t++) collector.add(stump(collector.count(), t));
  const { value } = collector.trees();
  assert.equal(value.length, 300);
  assert.ok(value.buffer.byteLength <= 8 * 316, `${value.buffer.byteLength} bytes`);
});
