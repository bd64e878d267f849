/**
 * Grows one tree: cuts the rows in two where it separates churned from staying best, and each part again,
 * until a part is pure, too small or too deep.
 *
 * Depth first, left part first, so a child always stands behind its parent. As `sklearn.tree`, a cut that gains
 * nothing is made too (two features may only help together), and `minSplit` and `minLeaf` count rows of the
 * training table, not how often the bootstrap drew them. Cost: O(features asked x rows x depth).
 */
import type { Random } from '../../base/random.ts';
import {
  considerFeature,
  createSplitSearch,
  type Node,
  noSplit,
  type Split,
  type SplitSearch,
} from './find-split.ts';
import { type RankedFeatures, thresholdBetween } from './ranked-features.ts';
import type { Trees } from './trees.ts';

export interface GrowthLimits {
  /** Most questions on the way to a leaf. */
  readonly maxDepth: number;
  /** Fewest rows that may be cut. */
  readonly minSplit: number;
  /** Fewest rows on either side of a cut. */
  readonly minLeaf: number;
  /** How many features are looked at for a cut, drawn anew for each; all of them in order when it is all. */
  readonly featuresPerSplit: number;
}

/** One tree over the rows whose weight is above 0. `random` is asked only when features are drawn. */
export function growTree(
  ranked: RankedFeatures,
  labels: Uint8Array,
  weights: Float64Array,
  limits: GrowthLimits,
  random: Random,
): Trees {
  const grown = emptyTree();
  const churnWeights = weights.map((weight, row) => weight * labels[row]!);
  const search = createSplitSearch(ranked, weights, churnWeights);
  const order = Int32Array.from({ length: ranked.features }, (_, feature) => feature);
  const rows = weightedRows(weights);
  const spare = new Int32Array(rows.length);
  const waiting = [{ start: 0, end: rows.length, depth: 0, parent: -1, isLeft: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { start, end, depth, parent, isLeft } = next;
    const node = withTotals(search, rows, start, end);
    const id = addNode(grown, node, parent, isLeft);
    const isPure = node.churn === 0 || node.churn === node.weight;
    if (isPure || depth >= limits.maxDepth || end - start < Math.max(limits.minSplit, 2 * limits.minLeaf))
      continue;
    const split = bestSplit(search, node, limits, order, random);
    if (split.feature < 0) continue;
    grown.feature[id] = split.feature;
    grown.threshold[id] = thresholdBetween(ranked, split.feature, split.lower, split.upper);
    const middle = partition(ranked, node, split, spare);
    waiting.push({ start: middle, end, depth: depth + 1, parent: id, isLeft: false });
    waiting.push({ start, end: middle, depth: depth + 1, parent: id, isLeft: true });
  }
  return flattened(grown);
}

function weightedRows(weights: Float64Array): Int32Array {
  const rows = new Int32Array(weights.length);
  let count = 0;
  for (let row = 0; row < weights.length; row++) if (weights[row]! > 0) rows[count++] = row;
  return rows.slice(0, count);
}

function withTotals(search: SplitSearch, rows: Int32Array, start: number, end: number): Node {
  let weight = 0;
  let churn = 0;
  for (let i = start; i < end; i++) {
    weight += search.weights[rows[i]!]!;
    churn += search.churnWeights[rows[i]!]!;
  }
  return { rows, start, end, weight, churn };
}

function bestSplit(
  search: SplitSearch,
  node: Node,
  limits: GrowthLimits,
  order: Int32Array,
  random: Random,
): Split {
  const best = noSplit();
  const features = order.length;
  if (limits.featuresPerSplit >= features) {
    for (let f = 0; f < features; f++) considerFeature(search, node, f, limits.minLeaf, best);
    return best;
  }
  let varying = 0;
  // Features with one value in the node count as looked at, but at least one that varies must have been.
  for (let looked = 0; looked < features && (looked < limits.featuresPerSplit || varying === 0); looked++) {
    const drawn = looked + random.integer(features - looked);
    const feature = order[drawn]!;
    order[drawn] = order[looked]!;
    order[looked] = feature;
    if (considerFeature(search, node, feature, limits.minLeaf, best)) varying++;
  }
  return best;
}

/** Moves the rows of the left part before those of the right, both in their old order; returns where the right begins. */
function partition(
  ranked: RankedFeatures,
  { rows, start, end }: Node,
  split: Split,
  spare: Int32Array,
): number {
  const base = split.feature * ranked.rows;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    if (ranked.ranks[base + row]! <= split.lower) rows[left++] = row;
    else spare[right++] = row;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}

type GrowingTree = { readonly [Key in Exclude<keyof Trees, 'roots'>]: number[] };

const emptyTree = (): GrowingTree => ({
  feature: [],
  threshold: [],
  left: [],
  right: [],
  value: [],
  cover: [],
});

function addNode(tree: GrowingTree, node: Node, parent: number, isLeft: boolean): number {
  const id = tree.feature.length;
  if (parent >= 0) (isLeft ? tree.left : tree.right)[parent] = id;
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.left.push(0);
  tree.right.push(0);
  tree.value.push(node.churn / node.weight);
  tree.cover.push(node.weight);
  return id;
}

const flattened = (tree: GrowingTree): Trees => ({
  roots: Int32Array.of(0, tree.feature.length),
  feature: Int32Array.from(tree.feature),
  threshold: Float64Array.from(tree.threshold),
  left: Int32Array.from(tree.left),
  right: Int32Array.from(tree.right),
  value: Float64Array.from(tree.value),
  cover: Float64Array.from(tree.cover),
});
