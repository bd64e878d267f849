/**
 * Finds where the rows of a node are best cut in two: the cut that lets the loss fall most.
 *
 * With G and H the sums of gradients and hessians, a node costs -G^2 / (H + l2); the gain is the cost of the node
 * less that of both sides. Numbers are cut between two bins, with missing values tried on either side. Categories
 * are ordered by G / (H + 10), and the best few from one end go left; levels of fewer than about ten rows go
 * with the rest, and missing counts as a level of its own. Of equal cuts the first met stays.
 * Source: Fisher 1958 (ordering levels); Ke et al. 2017 (LightGBM); as scikit-learn's histogram boosting.
 */
import type { BinnedFeatures } from './binned-features.ts';
import { binStride } from './histogram.ts';

export interface SplitLimits {
  readonly l2: number;
  readonly minLeaf: number;
}

/** Sums over the rows of a node. */
export interface Totals {
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
}

/** The best cut so far; `feature` -1 as long as there is none. */
export interface Split {
  gain: number;
  feature: number;
  /** The last bin of a number that goes left; for a category -1. */
  bin: number;
  /** The levels of a category that go left, a bit each; for a number null. */
  levels: Uint32Array | null;
  isMissingLeft: boolean;
}

/** Words of 32 bits that hold the levels of any category. */
export const levelWords = 8;

/** As LightGBM and scikit-learn have it: less bend than this cannot carry a leaf. */
const LEAST_HESSIAN = 1e-3;
/** Smooths the order of levels, and the rows that a level needs to have a place in it (LightGBM's cat_smooth). */
const LEVEL_SUPPORT = 10;

export const noSplit = (): Split => ({ gain: 0, feature: -1, bin: -1, levels: null, isMissingLeft: false });

/** Puts the feature's best cut into `best` if it is better. */
export function considerFeature(
  binned: BinnedFeatures,
  histogram: Float64Array,
  totals: Totals,
  feature: number,
  limits: SplitLimits,
  best: Split,
): void {
  if (binned.isCategory[feature] === 1) considerLevels(binned, histogram, totals, feature, limits, best);
  else considerNumber(binned, histogram, totals, feature, limits, best);
}

/** What a node costs less, but for its sign. */
const costOf = ({ gradient, hessian }: Totals, l2: number): number => (gradient * gradient) / (hessian + l2);

/** What the loss falls by when so much goes left; 0 where a side is too small. `cost` is that of the node. */
function gainOf(
  { gradient, hessian, count }: Totals,
  cost: number,
  leftGradient: number,
  leftHessian: number,
  leftCount: number,
  { l2, minLeaf }: SplitLimits,
): number {
  const rightHessian = hessian - leftHessian;
  if (leftCount < minLeaf || count - leftCount < minLeaf) return 0;
  if (leftHessian < LEAST_HESSIAN || rightHessian < LEAST_HESSIAN) return 0;
  const rightGradient = gradient - leftGradient;
  return (
    (leftGradient * leftGradient) / (leftHessian + l2) +
    (rightGradient * rightGradient) / (rightHessian + l2) -
    cost
  );
}

function considerNumber(
  { binCounts, offsets }: BinnedFeatures,
  histogram: Float64Array,
  totals: Totals,
  feature: number,
  { l2, minLeaf }: SplitLimits,
  best: Split,
): void {
  const bins = binCounts[feature]!;
  const from = binStride * offsets[feature]!;
  const missing = from + binStride * bins;
  const missingGradient = histogram[missing]!;
  const missingHessian = histogram[missing + 1]!;
  const missingCount = histogram[missing + 2]!;
  const cost = costOf(totals, l2);
  const { gradient: allGradient, hessian: allHessian, count: allCount } = totals;
  // `gainOf`, spelled out with everything at hand: half the time of a fit is spent here.
  let bestGain = best.gain;
  let gradient = 0;
  let hessian = 0;
  let count = 0;
  // Behind the last bin only missing values are left to go right.
  const end = missingCount > 0 ? bins : bins - 1;
  for (let bin = 0, at = from; bin < end; bin++, at += binStride) {
    const own = histogram[at + 2]!;
    // An empty bin has the sums of the one before, but for rounding: its cut is the same.
    if (own === 0) continue;
    gradient += histogram[at]!;
    hessian += histogram[at + 1]!;
    count += own;
    // From here on the right side stays too small, with the missing values on the left all the more.
    if (allCount - count < minLeaf) break;
    const restHessian = allHessian - hessian;
    if (count >= minLeaf && hessian >= LEAST_HESSIAN && restHessian >= LEAST_HESSIAN) {
      const rest = allGradient - gradient;
      const gain = (gradient * gradient) / (hessian + l2) + (rest * rest) / (restHessian + l2) - cost;
      if (gain > bestGain) {
        bestGain = gain;
        keepSplit(best, gain, feature, bin, null, false);
      }
    }
    if (missingCount === 0 || bin === bins - 1) continue;
    const leftCount = count + missingCount;
    const leftHessian = hessian + missingHessian;
    const rightHessian = allHessian - leftHessian;
    if (leftCount < minLeaf || allCount - leftCount < minLeaf) continue;
    if (leftHessian < LEAST_HESSIAN || rightHessian < LEAST_HESSIAN) continue;
    const left = gradient + missingGradient;
    const right = allGradient - left;
    const gain = (left * left) / (leftHessian + l2) + (right * right) / (rightHessian + l2) - cost;
    if (gain > bestGain) {
      bestGain = gain;
      keepSplit(best, gain, feature, bin, null, true);
    }
  }
}

/** Of a category; the bin for missing values stands behind its levels. */
export function considerLevels(
  binned: BinnedFeatures,
  histogram: Float64Array,
  totals: Totals,
  feature: number,
  limits: SplitLimits,
  best: Split,
): void {
  const missingBin = binned.binCounts[feature]!;
  const from = binStride * binned.offsets[feature]!;
  const rowsPerHessian = totals.count / totals.hessian;
  const cost = costOf(totals, limits.l2);
  const placed: { bin: number; order: number }[] = [];
  for (let bin = 0, at = from; bin <= missingBin; bin++, at += binStride) {
    const hessian = histogram[at + 1]!;
    if (histogram[at + 2]! > 0 && hessian * rowsPerHessian >= LEVEL_SUPPORT)
      placed.push({ bin, order: histogram[at]! / (hessian + LEVEL_SUPPORT) });
  }
  placed.sort((a, b) => a.order - b.order || a.bin - b.bin);
  // No more than half from either end, so that rare levels stay with the larger group.
  const half = (placed.length + 1) >> 1;
  for (const isFromEnd of [false, true]) {
    const most = placed.length < 2 ? 0 : isFromEnd ? half - 1 : half;
    let gradient = 0;
    let hessian = 0;
    let count = 0;
    for (let i = 0; i < most; i++) {
      const at = from + binStride * placed[isFromEnd ? placed.length - 1 - i : i]!.bin;
      gradient += histogram[at]!;
      hessian += histogram[at + 1]!;
      count += histogram[at + 2]!;
      const gain = gainOf(totals, cost, gradient, hessian, count, limits);
      if (!(gain > best.gain)) continue;
      const left = isFromEnd ? placed.slice(placed.length - 1 - i) : placed.slice(0, i + 1);
      const isMissingLeft = left.some(({ bin }) => bin === missingBin);
      keepSplit(best, gain, feature, -1, levelSet(left, missingBin), isMissingLeft);
    }
  }
}

function levelSet(left: readonly { readonly bin: number }[], missingBin: number): Uint32Array {
  const words = new Uint32Array(levelWords);
  for (const { bin } of left) if (bin !== missingBin) words[bin >> 5]! |= 1 << (bin & 31);
  return words;
}

export function keepSplit(
  best: Split,
  gain: number,
  feature: number,
  bin: number,
  levels: Uint32Array | null,
  isMissingLeft: boolean,
): void {
  best.gain = gain;
  best.feature = feature;
  best.bin = bin;
  best.levels = levels;
  best.isMissingLeft = isMissingLeft;
}
