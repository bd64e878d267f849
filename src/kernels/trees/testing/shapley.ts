/** Shapley values of a random tree by their definition, and what every quicker way must hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../base/random.ts';
import type { ExplainedTrees, TreeShap } from '../explained-trees.ts';

/** A tree that asks whether a number is at most a threshold. */
export type AskingTree = ExplainedTrees & { readonly threshold: readonly number[] };

export const isLeft = (tree: AskingTree, row: readonly number[], node: number): boolean =>
  row[tree.feature[node]!]! <= tree.threshold[node]!;

/** A random tree on `features` columns of numbers in [0, 1], with covers counted on random rows. */
export function randomTree(seed: number, features: number, depth: number): AskingTree {
  const random = createRandom(seed);
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  const cover: number[] = [];
  const grow = (level: number, rows: number): number => {
    const node = feature.length;
    const isLeaf = level === depth || rows < 4 || (level > 0 && random.uniform() < 0.15);
    feature.push(isLeaf ? -1 : random.integer(features));
    threshold.push(random.uniform());
    left.push(0);
    right.push(0);
    value.push(random.normal());
    cover.push(rows);
    if (!isLeaf) {
      const part = 1 + random.integer(rows - 1);
      left[node] = grow(level + 1, part);
      right[node] = grow(level + 1, rows - part);
    }
    return node;
  };
  grow(0, 1000);
  return {
    roots: Int32Array.of(0, feature.length),
    feature: Int32Array.from(feature),
    threshold,
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value: Float64Array.from(value),
    cover: Float64Array.from(cover),
  };
}

/** The definition: the mean over all orders of the features, by subsets. */
function shapleyByDefinition(tree: AskingTree, row: readonly number[]): number[] {
  const expected = (known: number, node = 0): number => {
    const asked = tree.feature[node]!;
    if (asked < 0) return tree.value[node]!;
    const [l, r] = [tree.left[node]!, tree.right[node]!];
    if ((known >> asked) & 1) return expected(known, isLeft(tree, row, node) ? l : r);
    return (tree.cover[l]! * expected(known, l) + tree.cover[r]! * expected(known, r)) / tree.cover[node]!;
  };
  const n = row.length;
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  return row.map((_, i) => {
    let total = 0;
    for (let set = 0; set < 1 << n; set++) {
      if ((set >> i) & 1) continue;
      const size = set.toString(2).replaceAll('0', '').length;
      total +=
        ((factorial(size) * factorial(n - size - 1)) / factorial(n)) *
        (expected(set | (1 << i)) - expected(set));
    }
    return total;
  });
}

/** `explain`: values of rows of numbers in [0, 1], on a tree of at most `depth` questions a way. */
export function testShapley(
  name: string,
  explain: (tree: AskingTree, rows: readonly (readonly number[])[], depth: number) => TreeShap,
): void {
  test(`${name}: equals the Shapley definition over all subsets within 1e-12, with repeated features on a path`, () => {
    for (let seed = 1; seed <= 30; seed++) {
      const features = 2 + (seed % 5);
      const tree = randomTree(seed, features, 6);
      const random = createRandom(1000 + seed);
      const rows = Array.from({ length: 5 }, () => Array.from({ length: features }, () => random.uniform()));
      const { base, values } = explain(tree, rows, 6);
      rows.forEach((row, r) => {
        shapleyByDefinition(tree, row).forEach((expected, i) => {
          assert.ok(
            Math.abs(values[r * features + i]! - expected) < 1e-12,
            `seed ${seed}, row ${r}, feature ${i}`,
          );
        });
        let node = 0;
        while (tree.feature[node]! >= 0)
          node = isLeft(tree, row, node) ? tree.left[node]! : tree.right[node]!;
        const total = values.slice(r * features, (r + 1) * features).reduce((a, b) => a + b, base);
        assert.ok(Math.abs(total - tree.value[node]!) < 1e-12);
      });
    }
  });

  test(`${name}: a tree that asks nothing has its value as base and no contributions`, () => {
    const stump = {
      roots: Int32Array.of(0, 1),
      feature: Int32Array.of(-1),
      threshold: [0],
      left: Int32Array.of(0),
      right: Int32Array.of(0),
      value: Float64Array.of(0.3),
      cover: Float64Array.of(9),
    };
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    assert.deepEqual(explain(stump, rows, 0), { base: 0.3, values: new Float64Array(6) });
  });
}
