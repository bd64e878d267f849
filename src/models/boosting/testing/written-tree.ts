/** Boosted trees written down node by node. */
import { levelWords } from '../../../kernels/boosting/find-split.ts';
import type { BoostedTrees } from '../boosted-trees.ts';

/** A tree while it is written down. */
export type GrowingTree = {
  readonly [Key in Exclude<keyof BoostedTrees, 'roots'>]: number[];
};

export const emptyTree = (): GrowingTree => ({
  feature: [],
  threshold: [],
  left: [],
  right: [],
  value: [],
  cover: [],
  missingLeft: [],
  gain: [],
  levelSetAt: [],
  levelSets: [],
});

/** A new leaf; its number. */
export function addLeaf(tree: GrowingTree, value: number, cover: number): number {
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.left.push(0);
  tree.right.push(0);
  tree.value.push(value);
  tree.cover.push(cover);
  tree.missingLeft.push(0);
  tree.gain.push(0);
  tree.levelSetAt.push(-1);
  return tree.feature.length - 1;
}

/** Gives a node its own set of levels that go left. */
export function setLevels(tree: GrowingTree, node: number, levels: Uint32Array): void {
  tree.levelSetAt[node] = tree.levelSets.length;
  for (let w = 0; w < levelWords; w++) tree.levelSets.push(levels[w]!);
}

export const flattened = (tree: GrowingTree): BoostedTrees => ({
  roots: Int32Array.of(0, tree.feature.length),
  feature: Int32Array.from(tree.feature),
  threshold: Float64Array.from(tree.threshold),
  left: Int32Array.from(tree.left),
  right: Int32Array.from(tree.right),
  value: Float64Array.from(tree.value),
  cover: Float64Array.from(tree.cover),
  missingLeft: Uint8Array.from(tree.missingLeft),
  gain: Float64Array.from(tree.gain),
  levelSetAt: Int32Array.from(tree.levelSetAt),
  levelSets: Uint32Array.from(tree.levelSets),
});
