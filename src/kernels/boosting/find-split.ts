/**
 * Finds where the rows of a node are best cut in two: the cut that lets the loss fall most.
 *
 * A side with slope G and bend H takes the value v with the least loss, -T / (H + l2) where T is G brought l1 nearer to
 * 0, held between the node's bounds, and so costs 2 G v + (H + l2) v^2 + 2 l1 |v|, which unbound is -T^2 / (H + l2).
 * The gain is the cost of the node less that of both sides. Numbers are cut between two bins, with missing values tried
 * on either side; a cut against a given way is none. Categories are ordered by G / (H + 10), and the best few from one
 * end go left; levels of fewer than about ten rows go with the rest, and missing counts as a level of its own. Of
 * equal cuts the first met stays. O(bins) a feature.
 * Source: Fisher 1958 (ordering levels); Ke et al. 2017 (LightGBM); Chen & Guestrin 2016 (XGBoost).
 */
import { binStride } from './histogram.ts';

/** Limits in steps: what is compared with sums of slopes and bends is multiplied by theirs. */
export interface SplitLimits {
  readonly minLeaf: number;
  readonly leastBend: number;
  readonly l1: number;
  readonly l2: number;
  /** What smooths the order of levels. */
  readonly support: number;
  /** Whether l1 or a given way bounds values: if not, numbers are compared without a division. */
  readonly isBounded: boolean;
}

/** Sums over the rows of a node, and what bounds the value of its children. */
export interface SplitNode {
  readonly slope: number;
  readonly bend: number;
  readonly count: number;
  readonly lower: number;
  readonly upper: number;
}

/** The best cut so far; `feature` -1 as long as there is none. */
export interface Split {
  /** What both sides cost less; to begin with what the node does. */
  score: number;
  feature: number;
  /** The last bin of a number that goes left; for a category -1. */
  bin: number;
  /** The levels of a category that go left, a bit each. */
  levels: Uint32Array;
  isMissingLeft: boolean;
}

/** Words of 32 bits that hold the levels of any category. */
export const levelWords = 8;

/** The rows that a level needs to have a place in the order, and what smooths it (LightGBM's cat_smooth). */
export const levelSupport = 10;

/** A gain of less than this share of the cost is rounding. */
const LEAST_GAIN = 1 / 1_099_511_627_776;

export function noSplit(node: SplitNode, limits: SplitLimits): Split {
  const cost = sideScore(node.slope, node.bend, limits, node);
  return {
    score: cost + cost * LEAST_GAIN,
    feature: -1,
    bin: -1,
    levels: new Uint32Array(levelWords),
    isMissingLeft: false,
  };
}

/** Where the loss of a side is least, within the bounds. */
export function sideValue(
  slope: number,
  bend: number,
  { l1, l2 }: Pick<SplitLimits, 'l1' | 'l2'>,
  { lower, upper }: Pick<SplitNode, 'lower' | 'upper'>,
): number {
  // Rows without bend (all certain) have nothing to move.
  if (!(bend + l2 > 0)) return 0;
  const size = Math.max(Math.abs(slope) - l1, 0) / (bend + l2);
  return Math.min(Math.max(slope > 0 ? -size : size, lower), upper);
}

/** What a side costs less with that value. */
export function sideScore(
  slope: number,
  bend: number,
  limits: Pick<SplitLimits, 'l1' | 'l2'>,
  bounds: Pick<SplitNode, 'lower' | 'upper'>,
): number {
  const value = sideValue(slope, bend, limits, bounds);
  return -(2 * slope * value + (bend + limits.l2) * value * value + 2 * limits.l1 * Math.abs(value));
}

/** Puts the best cut of a number into `best` if it is better; `way` as in `GrowthRules`. */
export function considerNumber(
  histogram: Float64Array,
  node: SplitNode,
  feature: number,
  way: number,
  limits: SplitLimits,
  best: Split,
): void {
  const missing = histogram.length - binStride;
  const missingCount = histogram[missing + 2]!;
  let slope = 0;
  let bend = 0;
  let count = 0;
  // Behind the last bin only missing values are left to go right.
  const end = missingCount > 0 ? missing : missing - binStride;
  for (let at = 0; at < end; at += binStride) {
    const own = histogram[at + 2]!;
    // An empty bin has the sums of the one before: its cut is the same.
    if (own === 0) continue;
    slope += histogram[at]!;
    bend += histogram[at + 1]!;
    count += own;
    considerCut(slope, bend, count, false, at);
    if (missingCount > 0 && at < missing - binStride)
      considerCut(
        slope + histogram[missing]!,
        bend + histogram[missing + 1]!,
        count + missingCount,
        true,
        at,
      );
  }

  function considerCut(
    left: number,
    leftBend: number,
    leftCount: number,
    isMissingLeft: boolean,
    at: number,
  ) {
    if (leftCount < limits.minLeaf || node.count - leftCount < limits.minLeaf) return;
    const right = node.slope - left;
    const rightBend = node.bend - leftBend;
    if (leftBend < limits.leastBend || rightBend < limits.leastBend) return;
    if (limits.isBounded && way !== 0) {
      const rise = sideValue(right, rightBend, limits, node) - sideValue(left, leftBend, limits, node);
      if (way * rise < 0) return;
    }
    const score = betterScore(left, leftBend, right, rightBend, node, limits, best.score);
    if (score === undefined) return;
    best.score = score;
    best.feature = feature;
    best.bin = at / binStride;
    best.levels.fill(0);
    best.isMissingLeft = isMissingLeft;
  }
}

/** What both sides cost less, where that is more than `best`. */
function betterScore(
  left: number,
  leftBend: number,
  right: number,
  rightBend: number,
  node: SplitNode,
  limits: SplitLimits,
  best: number,
): number | undefined {
  if (limits.isBounded) {
    const score = sideScore(left, leftBend, limits, node) + sideScore(right, rightBend, limits, node);
    return score > best ? score : undefined;
  }
  const { l2 } = limits;
  const above = left * left * (rightBend + l2) + right * right * (leftBend + l2);
  const below = (leftBend + l2) * (rightBend + l2);
  return above > best * below ? above / below : undefined;
}

/** Puts the best cut of a category into `best` if it is better; the bin for missing values stands behind its levels. */
export function considerLevels(
  histogram: Float64Array,
  node: SplitNode,
  feature: number,
  limits: SplitLimits,
  best: Split,
): void {
  const missingBin = histogram.length / binStride - 1;
  const placed = orderedLevels(histogram, node, limits);
  // No more than half from either end, so that rare levels stay with the larger group.
  const half = (placed.length + 1) >> 1;
  for (const isFromEnd of [false, true]) {
    const most = placed.length < 2 ? 0 : isFromEnd ? half - 1 : half;
    let slope = 0;
    let bend = 0;
    let count = 0;
    for (let i = 0; i < most; i++) {
      const at = binStride * placed[isFromEnd ? placed.length - 1 - i : i]!;
      slope += histogram[at]!;
      bend += histogram[at + 1]!;
      count += histogram[at + 2]!;
      if (count < limits.minLeaf || node.count - count < limits.minLeaf) continue;
      if (bend < limits.leastBend || node.bend - bend < limits.leastBend) continue;
      const score =
        sideScore(slope, bend, limits, node) + sideScore(node.slope - slope, node.bend - bend, limits, node);
      if (!(score > best.score)) continue;
      const left = isFromEnd ? placed.slice(placed.length - 1 - i) : placed.slice(0, i + 1);
      best.score = score;
      best.feature = feature;
      best.bin = -1;
      best.isMissingLeft = left.includes(missingBin);
      best.levels.fill(0);
      for (const bin of left) if (bin !== missingBin) best.levels[bin >> 5]! |= 1 << (bin & 31);
    }
  }
}

/** Bins with rows enough, by slope / (bend + support), equal ones as they stand. */
function orderedLevels(histogram: Float64Array, node: SplitNode, { support }: SplitLimits): number[] {
  const rowsPerBend = node.count / node.bend;
  const placed: { bin: number; order: number }[] = [];
  for (let at = 0; at < histogram.length; at += binStride) {
    const bend = histogram[at + 1]!;
    if (histogram[at + 2]! > 0 && bend * rowsPerBend >= levelSupport)
      placed.push({ bin: at / binStride, order: histogram[at]! / (bend + support) });
  }
  return placed.sort((a, b) => a.order - b.order).map(({ bin }) => bin);
}
