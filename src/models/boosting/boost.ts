/**
 * Boosting by log loss: tree after tree, each grown on what the sum of those before it still gets wrong.
 *
 * With p the probability so far: gradient = weight (p - label), hessian = weight p (1 - p). The sum begins at the
 * log-odds of the churn rate. With validation rows it ends when their mean log loss has not fallen by `tolerance`
 * for `patience` trees, and the trees after the best are dropped. Cost: O(trees x (one tree + rows x depth)).
 */
import type { Random } from '../../base/random.ts';
import type { BinnedFeatures } from '../../kernels/boosting/binned-features.ts';
import { openKernelSearch } from '../../kernels/boosting/kernel-search.ts';
import type { Stopper } from '../../learn/context.ts';
import { sampleWithoutReplacement } from '../../math/sampling.ts';
import { log1pExp, logit, sigmoid } from '../../math/sigmoid.ts';
import type { Matrix } from '../../table/matrix.ts';
import { addTree, type BoostedTrees, joinBoostedTrees } from './boosted-trees.ts';
import { type GrownTree, type GrowthLimits, growBoostedTree } from './grow-tree.ts';

export interface BoostingSettings extends GrowthLimits {
  readonly trees: number;
  /** Share of the rows and of the columns that each tree sees. */
  readonly rowShare: number;
  readonly columnShare: number;
  readonly patience: number;
  readonly tolerance: number;
}

export interface BoostingRows {
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  readonly training: Int32Array;
  /** Rows that tell when to stop; without them all trees are grown. */
  readonly validation: Int32Array | undefined;
}

export interface Boosted {
  /** Log-odds of the churn rate of the training rows. */
  readonly base: number;
  readonly trees: BoostedTrees;
}

export function boost(
  binned: BinnedFeatures,
  matrix: Matrix,
  { labels, weights, training, validation }: BoostingRows,
  settings: BoostingSettings,
  random: Random,
  signal?: Stopper,
): Boosted {
  const base = logit(churnRate(labels, weights, training));
  const sums = new Float64Array(matrix.rows).fill(base);
  const gradients = new Float64Array(matrix.rows);
  const hessians = new Float64Array(matrix.rows);
  const search = openKernelSearch(binned, settings);
  const trees: BoostedTrees[] = [];
  let best = validation ? meanLogLoss(labels, weights, validation, sums) : 0;
  let bestCount = 0;
  let withoutGain = 0;
  for (let t = 0; t < settings.trees && withoutGain < settings.patience; t++) {
    signal?.throwIfAborted();
    for (const row of training) {
      const p = sigmoid(sums[row]!);
      gradients[row] = weights[row]! * (p - labels[row]!);
      hessians[row] = weights[row]! * p * (1 - p);
    }
    const stream = random.fork('tree', t);
    const rows = drawn(training, settings.rowShare, stream.fork('rows'));
    const every = Int32Array.from({ length: binned.features }, (_, feature) => feature);
    const features = drawn(every, settings.columnShare, stream.fork('columns'));
    const grown = growBoostedTree(binned, gradients, hessians, rows, features, settings, search);
    trees.push(grown.tree);
    addLeaves(grown, rows, sums);
    addTree(grown.tree, 0, matrix, sums, without(training, rows));
    if (validation) addTree(grown.tree, 0, matrix, sums, validation);
    if (!validation) continue;
    const loss = meanLogLoss(labels, weights, validation, sums);
    withoutGain = loss > best - settings.tolerance ? withoutGain + 1 : 0;
    if (loss < best) {
      best = loss;
      bestCount = trees.length;
    }
  }
  return { base, trees: joinBoostedTrees(validation ? trees.slice(0, bestCount) : trees) };
}

/** The same as `addTree` for the rows that a tree was grown on: where they are is known. */
function addLeaves({ tree, starts, ends }: GrownTree, rows: Int32Array, sums: Float64Array): void {
  for (let node = 0; node < tree.feature.length; node++) {
    if (tree.feature[node]! >= 0) continue;
    const value = tree.value[node]!;
    for (let i = starts[node]!; i < ends[node]!; i++) sums[rows[i]!]! += value;
  }
}

/** The items that were not drawn. */
function without(items: Int32Array, drawnItems: Int32Array): Int32Array {
  if (drawnItems.length === items.length) return new Int32Array(0);
  const wereDrawn = new Set(drawnItems);
  return items.filter((item) => !wereDrawn.has(item));
}

function churnRate(labels: Uint8Array, weights: Float64Array, rows: Int32Array): number {
  let churned = 0;
  let total = 0;
  for (const row of rows) {
    total += weights[row]!;
    if (labels[row] === 1) churned += weights[row]!;
  }
  return churned / total;
}

function meanLogLoss(
  labels: Uint8Array,
  weights: Float64Array,
  rows: Int32Array,
  logOdds: Float64Array,
): number {
  let loss = 0;
  let total = 0;
  for (const row of rows) {
    loss += weights[row]! * log1pExp(labels[row] === 1 ? -logOdds[row]! : logOdds[row]!);
    total += weights[row]!;
  }
  return loss / total;
}

/** A share of the items, at least one where there is one, in their old order; always memory of its own. */
function drawn(items: Int32Array, share: number, random: Random): Int32Array {
  if (share >= 1 || items.length === 0) return items.slice();
  const count = Math.max(1, Math.round(share * items.length));
  const places = sampleWithoutReplacement(random, items.length, count);
  return Int32Array.from(places, (place) => items[place]!);
}
