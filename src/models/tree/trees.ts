/**
 * Grown trees as flat arrays: saved compactly, walked without objects, ready for a kernel.
 *
 * All trees stand one after the other; a node is an index into every array. Rows whose value is at most the
 * threshold go left. Inner nodes keep their share of churn and their weight too: what explanations need.
 */
import type { Matrix } from '../../table/matrix.ts';
import { treeSums } from './tree-sums.ts';

export type Trees = {
  /** The node at which each tree begins, and at the end the number of nodes. */
  readonly roots: Int32Array;
  /** The column that a node asks for; -1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Share of churn among the training rows of the node. */
  readonly value: Float64Array;
  /** Weight of the training rows of the node. */
  readonly cover: Float64Array;
};

export const treeCount = (trees: Trees): number => trees.roots.length - 1;

/** Several trees behind each other, in order. */
export function joinTrees(parts: readonly Trees[]): Trees {
  const roots = [0];
  for (const part of parts) {
    const before = roots.at(-1)!;
    for (let t = 1; t < part.roots.length; t++) roots.push(before + part.roots[t]!);
  }
  const nodes = roots.at(-1)!;
  const joined = {
    roots: Int32Array.from(roots),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float64Array(nodes),
    cover: new Float64Array(nodes),
  };
  let at = 0;
  for (const part of parts) {
    joined.feature.set(part.feature, at);
    joined.threshold.set(part.threshold, at);
    joined.value.set(part.value, at);
    joined.cover.set(part.cover, at);
    moveChildren(part.left, joined.left, at);
    moveChildren(part.right, joined.right, at);
    at += part.feature.length;
  }
  return joined;
}

/** Numbers of children, 0 at leaves, behind the nodes that stand before them. */
function moveChildren(from: Int32Array, to: Int32Array, at: number): void {
  for (let i = 0; i < from.length; i++) {
    const child = from[i]!;
    if (child > 0) to[at + i] = child + at;
  }
}

/** Mean over the trees of the leaf value that each row reaches; `tree-sums.ts` says what it costs. */
export function meanLeafValue(trees: Trees, matrix: Matrix): Float64Array {
  const count = treeCount(trees);
  const sums = treeSums('trees', trees, matrix);
  for (let row = 0; row < sums.length; row++) sums[row]! /= count;
  return sums;
}

/** The longest way from a root to a leaf, in questions. */
export function depthOf(trees: Trees): number {
  const depths = new Int32Array(trees.feature.length);
  let deepest = 0;
  // A child always stands behind its parent.
  for (let node = 0; node < depths.length; node++) {
    if (trees.feature[node]! < 0) continue;
    const depth = depths[node]! + 1;
    depths[trees.left[node]!] = depth;
    depths[trees.right[node]!] = depth;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/**
 * How much of the fall in Gini impurity each feature brought, summing to 1 (all 0 when no tree asks anything).
 * Each tree counts alike. As `feature_importances_` of scikit-learn.
 */
export function impurityImportance(trees: Trees, features: number): Float64Array {
  const { roots, feature, left, right, value, cover } = trees;
  const impurity = (node: number): number => cover[node]! * 2 * value[node]! * (1 - value[node]!);
  const total = new Float64Array(features);
  for (let t = 0; t < treeCount(trees); t++) {
    const own = new Float64Array(features);
    for (let node = roots[t]!; node < roots[t + 1]!; node++) {
      const asked = feature[node]!;
      if (asked >= 0) own[asked]! += impurity(node) - impurity(left[node]!) - impurity(right[node]!);
    }
    addShares(total, own);
  }
  const shares = new Float64Array(features);
  addShares(shares, total);
  return shares;
}

function addShares(target: Float64Array, amounts: Float64Array): void {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  if (sum > 0) for (let i = 0; i < amounts.length; i++) target[i]! += amounts[i]! / sum;
}
