import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitsImage } from './bits-image.ts';
import { randomTrees } from './testing/random-trees.ts';

/** Trees of exactly so many leaves: a chain of questions about one column. */
function chain(leaves: number) {
  const nodes = 2 * leaves - 1;
  const inner = leaves - 1;
  return {
    roots: Int32Array.of(0, nodes),
    feature: Int32Array.from({ length: nodes }, (_, node) => (node < inner ? 0 : -1)),
    threshold: Float64Array.from({ length: nodes }, (_, node) => node),
    left: Int32Array.from({ length: nodes }, (_, node) => (node < inner ? inner + node : 0)),
    right: Int32Array.from({ length: nodes }, (_, node) =>
      node < inner - 1 ? node + 1 : node === inner - 1 ? nodes - 1 : 0,
    ),
    value: new Float64Array(nodes),
  };
}

test('bits-image: trees of up to 64 leaves have a bit for each, larger ones are left to the walk', () => {
  assert.ok(bitsImage(chain(64)));
  assert.equal(bitsImage(chain(65)), undefined);
});

test('bits-image: trees that share no threshold are left to the walk before their places fill the memory', () => {
  const trees = 34_000;
  const ofNode = (at: (node: number) => number) =>
    Int32Array.from({ length: 3 * trees }, (_, node) => at(node));
  const stumps = {
    roots: Int32Array.from({ length: trees + 1 }, (_, t) => 3 * t),
    feature: ofNode((node) => (node % 3 === 0 ? 0 : -1)),
    threshold: Float64Array.from({ length: 3 * trees }, (_, node) => node),
    left: ofNode((node) => (node % 3 === 0 ? node + 1 : 0)),
    right: ofNode((node) => (node % 3 === 0 ? node + 2 : 0)),
    value: Float64Array.from({ length: 3 * trees }, (_, node) => node),
  };
  // Not `equal`: the difference to a gigabyte is not to be shown.
  assert.ok(bitsImage(stumps) === undefined);
});

test('bits-image: the same trees give the same bytes, and only columns that are asked have slots', () => {
  const shape = { trees: 20, leaves: 9, numbers: 3, categories: 2, seed: 4 };
  assert.deepEqual(bitsImage(randomTrees(shape)), bitsImage(randomTrees(shape)));
  const { slots, columns } = bitsImage({
    ...chain(5),
    feature: chain(5).feature.map((f) => (f < 0 ? -1 : 7)),
  })!;
  assert.deepEqual([slots, columns], [1, 8]);
});
