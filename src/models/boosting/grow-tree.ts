/**
 * Grows one tree of a boosting: always cuts the leaf whose cut lets the loss fall most, until there are leaves enough.
 *
 * A leaf's value is one Newton step, -rate G / (H + l2). Of equal gains the older leaf is cut first. Where a column
 * had no missing value in training, missing values go with the larger side. Children stand behind their parent.
 * Cost: O(features x (rows x depth / 2 + leaves x bins)), where only smaller children are counted.
 */
import type { BinnedFeatures } from '../../kernels/boosting/binned-features.ts';
import type { CutSearch, FoundCut } from '../../kernels/boosting/cut-search.ts';
import type { Split, SplitLimits, Totals } from '../../kernels/boosting/find-split.ts';
import {
  addLeaf,
  type BoostedTrees,
  emptyTree,
  flattened,
  type GrowingTree,
  setLevels,
} from './boosted-trees.ts';

export interface GrowthLimits extends SplitLimits {
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly maxDepth: number;
}

/** A leaf: a stretch of the row list with its sums. */
interface Part {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly totals: Totals;
  readonly mayBeCut: boolean;
}

/** A leaf with its best cut. */
interface OpenLeaf<Kept> extends Part, FoundCut<Kept> {}

/** A tree, and for each of its nodes the stretch of the row list that reached it. */
export interface GrownTree {
  readonly tree: BoostedTrees;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** One tree over the rows, which are reordered; `features` are those it may ask about. */
export function growBoostedTree<Kept>(
  binned: BinnedFeatures,
  gradients: Float64Array,
  hessians: Float64Array,
  rows: Int32Array,
  features: Int32Array,
  limits: GrowthLimits,
  search: CutSearch<Kept>,
): GrownTree {
  const tree = emptyTree();
  const starts: number[] = [];
  const ends: number[] = [];
  search.begin(gradients, hessians);
  const spare = new Int32Array(rows.length);
  const partOf = (start: number, end: number, depth: number): Part => {
    let gradient = 0;
    let hessian = 0;
    for (let i = start; i < end; i++) {
      gradient += gradients[rows[i]!]!;
      hessian += hessians[rows[i]!]!;
    }
    const totals = { gradient, hessian, count: end - start };
    starts.push(start);
    ends.push(end);
    const mayBeCut = depth < limits.maxDepth && totals.count >= 2 * limits.minLeaf;
    return {
      node: addLeaf(tree, leafValue(totals, limits), totals.count),
      start,
      end,
      depth,
      totals,
      mayBeCut,
    };
  };
  const asNode = ({ start, end, totals }: Part) => ({
    rows: rows.subarray(start, end),
    totals,
  });
  const open: OpenLeaf<Kept>[] = [];
  const keep = (part: Part, found: FoundCut<Kept> | undefined): void => {
    if (!found) return;
    if (found.split.feature >= 0) open.push({ ...part, ...found });
    else search.drop(found);
  };

  const whole = partOf(0, rows.length, 0);
  if (whole.mayBeCut) keep(whole, search.root(asNode(whole), features));
  for (let leaves = 1; leaves < limits.maxLeaves && open.length > 0; leaves++) {
    const parent = takeBest(open);
    const { start, end, depth, split } = parent;
    const middle = partition(binned, rows, start, end, split, spare);
    const left = partOf(start, middle, depth + 1);
    const right = partOf(middle, end, depth + 1);
    cut(tree, parent, left.node, right.node, binned, left.totals.count > right.totals.count);
    if (leaves + 1 === limits.maxLeaves || !(left.mayBeCut || right.mayBeCut)) {
      search.drop(parent);
      continue;
    }
    const mayBeCut = [left.mayBeCut, right.mayBeCut] as const;
    const [ofLeft, ofRight] = search.children(parent, asNode(left), asNode(right), mayBeCut, features);
    keep(left, ofLeft);
    keep(right, ofRight);
  }
  for (const leaf of open) search.drop(leaf);
  return { tree: flattened(tree), starts, ends };
}

const leafValue = ({ gradient, hessian }: Totals, { l2, learningRate }: GrowthLimits): number =>
  // Rows without bend (all certain) have nothing to move.
  hessian + l2 > 0 ? (-learningRate * gradient) / (hessian + l2) : 0;

/** Takes the leaf of the largest gain off the list. */
function takeBest<Kept>(open: OpenLeaf<Kept>[]): OpenLeaf<Kept> {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.split.gain > open[best]!.split.gain) best = i;
  return open.splice(best, 1)[0]!;
}

/** Turns a leaf of the tree into a question. */
function cut(
  tree: GrowingTree,
  { node, split }: Pick<OpenLeaf<unknown>, 'node' | 'split'>,
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
