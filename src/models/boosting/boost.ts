/**
 * Boosting by log loss: tree after tree, each grown on what the sum of those before it still gets wrong.
 *
 * The sum begins at the log-odds of the churn rate. With validation rows it ends when their mean log loss has not fallen
 * by `tolerance` for `patience` trees, and the trees after the best are dropped. Cost: O(trees x one tree).
 */
import type { Random } from '../../base/random.ts';
import type { BinnedFeatures } from '../../kernels/boosting/binned-features.ts';
import type { GrowthRules } from '../../kernels/boosting/boosting-engine.ts';
import { openKernelEngine } from '../../kernels/boosting/kernel-engine.ts';
import { drawShare, seedWords } from '../../kernels/draws.ts';
import type { Stopper } from '../../learn/context.ts';
import { log1pExp, logit } from '../../math/sigmoid.ts';
import { asBoostedTrees } from './as-boosted-trees.ts';
import { type BoostedTrees, joinBoostedTrees } from './boosted-trees.ts';

export interface BoostingSettings extends GrowthRules {
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

/** Those of the largest rate below 1, and a little more. */
const mostLogOdds = 37;

export function boost(
  binned: BinnedFeatures,
  { labels, weights, training, validation }: BoostingRows,
  settings: BoostingSettings,
  random: Random,
  signal?: Stopper,
): Boosted {
  // Where who stayed weighs next to nothing the rate may round to 1: no log-odds are endless in a model.
  const base = Math.min(mostLogOdds, logit(churnRate(labels, weights, training)));
  const watched = validation ?? new Int32Array(0);
  const engine = openKernelEngine(binned, { labels, weights, training, watched, base }, settings);
  const every = Int32Array.from({ length: binned.features }, (_, feature) => feature);
  const wanted = wantedOf(training.length, settings.rowShare);
  const wantedColumns = wantedOf(every.length, settings.columnShare);
  const trees: BoostedTrees[] = [];
  let best = validation ? meanLogLoss(labels, weights, validation, engine.watchedSums()) : 0;
  let bestCount = 0;
  let withoutGain = 0;
  for (let t = 0; t < settings.trees && withoutGain < settings.patience; t++) {
    signal?.throwIfAborted();
    const stream = random.fork('tree', t);
    const columns = drawShare(seedWords(stream.fork('columns')), every.length, wantedColumns);
    const rows = wanted < training.length ? { seed: seedWords(stream.fork('rows')), wanted } : undefined;
    const features = every.filter((feature) => columns[feature] === 1);
    trees.push(asBoostedTrees(engine.grow(features, rows), binned));
    if (!validation) continue;
    const loss = meanLogLoss(labels, weights, validation, engine.watchedSums());
    withoutGain = loss > best - settings.tolerance ? withoutGain + 1 : 0;
    if (loss < best) {
      best = loss;
      bestCount = trees.length;
    }
  }
  return { base, trees: joinBoostedTrees(validation ? trees.slice(0, bestCount) : trees) };
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

/** Of rows whose sums stand in their order. */
function meanLogLoss(
  labels: Uint8Array,
  weights: Float64Array,
  rows: Int32Array,
  logOdds: Float64Array,
): number {
  let loss = 0;
  let total = 0;
  rows.forEach((row, i) => {
    loss += weights[row]! * log1pExp(labels[row] === 1 ? -logOdds[i]! : logOdds[i]!);
    total += weights[row]!;
  });
  return loss / total;
}

/** How many rows or columns a share of them is: at least one. */
const wantedOf = (count: number, share: number): number => Math.max(1, Math.round(share * count));
