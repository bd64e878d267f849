import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walkImage } from './walk-image.ts';

/** Column 2 at most 5 (missing: left)? Then 1, else column 2 at most 8 (missing: right)? Then 2, else 3. */
const trees = {
  roots: Int32Array.of(0, 5),
  feature: Int32Array.of(2, -1, 2, -1, -1),
  threshold: Float64Array.of(5, 0, 8, 0, 0),
  left: Int32Array.of(1, 0, 3, 0, 0),
  right: Int32Array.of(2, 0, 4, 0, 0),
  value: Float64Array.of(0, 1, 0, 2, 3),
  missingLeft: Uint8Array.of(1, 0, 0, 0, 0),
};

test('walk-image: children stand side by side behind their parent, leaves point at themselves', () => {
  const { image, slots, columns } = walkImage(trees);
  const words = new Uint32Array(image.buffer);
  const [, , count, treesAt, nodesAt, valuesAt, hasLevels] = words;
  assert.deepEqual([slots, columns, count, hasLevels], [2, 3, 1, 0]);
  assert.deepEqual([...words.subarray(treesAt! / 4, treesAt! / 4 + 2)], [0, 2], 'root and depth');
  const node = (place: number) => [...words.subarray(nodesAt! / 4 + 4 * place, nodesAt! / 4 + 4 * place + 4)];
  // Missing values stand before the numbers of the first slot, behind those of the second.
  assert.deepEqual(node(0), [0, 4, 16, 0]);
  assert.deepEqual(node(1), [0, 0xffff_ffff, 0, 0]);
  assert.deepEqual(node(2), [4, 0, 16, 0]);
  assert.deepEqual([...new Float64Array(image.buffer, valuesAt, 5)], [0, 1, 0, 2, 3]);
});
