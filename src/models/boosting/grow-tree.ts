/**
 * Grows one tree of a boosting: always cuts the leaf whose cut lets the loss fall most, until there are leaves enough.
 *
 * A leaf's value is one Newton step, -rate G / (H + l2). Of equal gains the older leaf is cut first. Where a column
 * had no missing value in training, missing values go with the larger side. Children stand behind their parent.
 * Cost: O(features x (rows x depth / 2 + leaves x bins)), since only smaller children are counted.
 */
import type { BinnedFeatures } from './bins.ts';
import {
  addLeaf,
  type BoostedTrees,
  emptyTree,
  flattened,
  type GrowingTree,
  setLevels,
} from './boosted-trees.ts';
import { bestSplit, type Split, type SplitLimits, type Totals } from './find-split.ts';
import { histogramOf, subtractHistogram } from './histogram.ts';

export interface GrowthLimits extends SplitLimits {
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly maxDepth: number;
}

/** A leaf that may be cut: a stretch of the row list with its sums and its best cut. */
interface OpenLeaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly histogram: Float64Array;
  readonly totals: Totals;
  readonly split: Split;
}

/** One tree over the rows, which are reordered; `features` are those it may ask about. */
export function growBoostedTree(
  binned: BinnedFeatures,
  gradients: Float64Array,
  hessians: Float64Array,
  rows: Int32Array,
  features: Int32Array,
  limits: GrowthLimits,
): BoostedTrees {
  const tree = emptyTree();
  const spare = new Int32Array(rows.length);
  const count = (start: number, end: number): Float64Array =>
    histogramOf(binned, gradients, hessians, rows, start, end, features);
  const totalsOf = (start: number, end: number): Totals => {
    let gradient = 0;
    let hessian = 0;
    for (let i = start; i < end; i++) {
      gradient += gradients[rows[i]!]!;
      hessian += hessians[rows[i]!]!;
    }
    return { gradient, hessian, count: end - start };
  };
  const open: OpenLeaf[] = [];
  const consider = (part: Omit<OpenLeaf, 'split'>): void => {
    if (part.depth >= limits.maxDepth || part.totals.count < 2 * limits.minLeaf) return;
    const split = bestSplit(binned, part.histogram, part.totals, features, limits);
    if (split.feature >= 0) open.push({ ...part, split });
  };

  const whole = totalsOf(0, rows.length);
  addLeaf(tree, leafValue(whole, limits), whole.count);
  consider({
    node: 0,
    start: 0,
    end: rows.length,
    depth: 0,
    histogram: count(0, rows.length),
    totals: whole,
  });
  for (let leaves = 1; leaves < limits.maxLeaves && open.length > 0; leaves++) {
    const parent = takeBest(open);
    const { start, end, split } = parent;
    const middle = partition(binned, rows, start, end, split, spare);
    const left = totalsOf(start, middle);
    const right = totalsOf(middle, end);
    const leftNode = addLeaf(tree, leafValue(left, limits), left.count);
    const rightNode = addLeaf(tree, leafValue(right, limits), right.count);
    cut(tree, parent, leftNode, rightNode, binned, left.count > right.count);
    if (leaves + 1 === limits.maxLeaves) break;
    const isLeftSmaller = middle - start < end - middle;
    const smaller = isLeftSmaller ? count(start, middle) : count(middle, end);
    const larger = parent.histogram;
    subtractHistogram(larger, smaller);
    const depth = parent.depth + 1;
    consider({
      node: leftNode,
      start,
      end: middle,
      depth,
      histogram: isLeftSmaller ? smaller : larger,
      totals: left,
    });
    consider({
      node: rightNode,
      start: middle,
      end,
      depth,
      histogram: isLeftSmaller ? larger : smaller,
      totals: right,
    });
  }
  return flattened(tree);
}

const leafValue = ({ gradient, hessian }: Totals, { l2, learningRate }: GrowthLimits): number =>
  // Rows without bend (all certain) have nothing to move.
  hessian + l2 > 0 ? (-learningRate * gradient) / (hessian + l2) : 0;

/** Takes the leaf of the largest gain off the list. */
function takeBest(open: OpenLeaf[]): OpenLeaf {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split.gain > open[best]!.split.gain) best = i;
  return open.splice(best, 1)[0]!;
}

/** Turns a leaf of the tree into a question. */
function cut(
  tree: GrowingTree,
  { node, split }: OpenLeaf,
  leftNode: number,
  rightNode: number,
  binned: BinnedFeatures,
  isLeftLarger: boolean,
): void {
  const { feature, bin, levels } = split;
  tree.feature[node] = feature;
  tree.left[node] = leftNode;
  tree.right[node] = rightNode;
  tree.gain[node] = split.gain;
  const isMissingLeft = binned.hasMissing[feature] === 1 ? split.isMissingLeft : isLeftLarger;
  tree.missingLeft[node] = isMissingLeft ? 1 : 0;
  // All numbers go left where only missing values go right.
  if (bin >= 0) tree.threshold[node] = binned.edges[feature]![bin] ?? Number.MAX_VALUE;
  if (levels) setLevels(tree, node, levels);
}

/** Moves the rows that go left before the others, both in their old order; returns where the others begin. */
function partition(
  binned: BinnedFeatures,
  rows: Int32Array,
  start: number,
  end: number,
  { feature, bin, levels, isMissingLeft }: Split,
  spare: Int32Array,
): number {
  const { bins } = binned;
  const column = feature * binned.rows;
  const missingBin = binned.binCounts[feature]!;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const own = bins[column + row]!;
    const isLeft =
      own === missingBin
        ? isMissingLeft
        : levels
          ? ((levels[own >> 5]! >>> (own & 31)) & 1) === 1
          : own <= bin;
    if (isLeft) rows[left++] = row;
    else spare[right++] = row;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}
