/**
 * Grown trees as flat arrays: saved compactly, walked without objects, ready for a kernel.
 *
 * All trees stand one after the other; a node is an index into every array. Rows whose value is at most the
 * threshold go left. Inner nodes keep their share of churn and their weight too: what explanations need.
 */
import { ModelFileError } from '../../base/errors.ts';
import type { Matrix } from '../../table/matrix.ts';

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
    for (let i = 0; i < part.feature.length; i++) {
      if (part.feature[i]! < 0) continue;
      joined.left[at + i] = part.left[i]! + at;
      joined.right[at + i] = part.right[i]! + at;
    }
    at += part.feature.length;
  }
  return joined;
}

/** Trees that were looked at: a model is scored many times and never changed. */
const sound = new WeakSet<Trees>();

/**
 * Throws `model.damaged` for trees that no fit ever grew: a file whose hashes were made anew could send a walk in a circle
 * or out of the arrays. A child always stands behind its parent, in the same tree. O(nodes) the first time, then O(1).
 */
export function requireSoundTrees(who: string, trees: Trees, columns: number): void {
  if (sound.has(trees)) return;
  const { roots, feature, threshold, left, right, value, cover } = trees;
  const nodes = feature.length;
  const isWhole = [threshold, left, right, value, cover].every((part) => part.length === nodes);
  let isSound = isWhole && roots.length > 0 && roots[0] === 0 && roots.at(-1) === nodes;
  for (let t = 0; isSound && t + 1 < roots.length; t++) {
    const end = roots[t + 1]!;
    isSound = roots[t]! < end;
    for (let node = roots[t]!; isSound && node < end; node++) {
      const asked = feature[node]!;
      if (asked < 0) continue;
      const [l, r] = [left[node]!, right[node]!];
      isSound = asked < columns && l > node && r > node && l < end && r < end;
    }
  }
  if (!isSound) {
    throw new ModelFileError(
      'model.damaged',
      `${who}: its trees do not hang together; train the model again`,
      { who },
    );
  }
  sound.add(trees);
}

/** Mean over the trees of the leaf value that each row reaches. O(rows x trees x depth). */
export function meanLeafValue(trees: Trees, { rows, columns, values }: Matrix): Float64Array {
  requireSoundTrees('trees', trees, columns);
  const { roots, feature, threshold, left, right, value } = trees;
  const count = treeCount(trees);
  const sums = new Float64Array(rows);
  for (let t = 0; t < count; t++) {
    const root = roots[t]!;
    for (let row = 0; row < rows; row++) {
      const base = row * columns;
      let node = root;
      let asked = feature[node]!;
      while (asked >= 0) {
        node = values[base + asked]! <= threshold[node]! ? left[node]! : right[node]!;
        asked = feature[node]!;
      }
      sums[row]! += value[node]!;
    }
  }
  for (let row = 0; row < rows; row++) sums[row]! /= count;
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
