/**
 * Finds the question that all leaves of a level are asked: the one by which they gain most together.
 *
 * A leaf takes a question only where it may be cut so (`minLeaf`, least bend, given way) and gains by it; else it stays as
 * it is and is asked again on the next level. Numbers are cut between two bins, with missing values on either side, the same
 * for all leaves; of a category one level is parted from the rest, missing being one of its own. Of equal questions the
 * first met stays. O(leaves x bins) a feature.
 * Source: Prokhorenkova et al. 2018, CatBoost: unbiased boosting with categorical features (oblivious trees).
 */
import {
  levelWords,
  type Split,
  type SplitLimits,
  type SplitNode,
  sideScore,
  sideValue,
} from './find-split.ts';
import { binStride } from './histogram.ts';

/** How many levels a symmetric tree has at most, so that it has no more than `maxLeaves`. */
export const levelsOf = ({
  maxLeaves,
  maxDepth,
}: {
  readonly maxLeaves: number;
  readonly maxDepth: number;
}) => Math.min(maxDepth, 31 - Math.clz32(maxLeaves));

/** A leaf that may still be cut. */
export interface LevelNode extends SplitNode {
  /** What it costs less as it is, and what its sides must cost less together. */
  readonly cost: number;
  readonly split: Pick<Split, 'score'>;
}

/** What is looked at of a feature. */
export interface LevelFeature {
  readonly feature: number;
  readonly isCategory: boolean;
  /** 0 for a category. */
  readonly way: number;
  readonly hasMissing: boolean;
}

/** The best question so far; `score` is what the leaves gain by it. */
export const noQuestion = (): Split => ({
  score: 0,
  feature: -1,
  bin: -1,
  levels: new Uint32Array(levelWords),
  isMissingLeft: false,
});

/** Puts the best question about a feature into `best` if it is better. A histogram for each leaf, in their order. */
export function considerLevel(
  nodes: readonly LevelNode[],
  histograms: readonly Float64Array[],
  { feature, isCategory, way, hasMissing }: LevelFeature,
  limits: SplitLimits,
  best: Split,
): void {
  const missingBin = histograms[0]!.length / binStride - 1;
  const sides = isCategory || !hasMissing ? [false] : [false, true];
  const gains = nodes.map((node, i) =>
    sides.map((isMissingLeft) =>
      Array.from({ length: isCategory ? missingBin + 1 : missingBin }, (_, bin) =>
        gainOf(node, sumsOf(histograms[i]!, bin, isCategory, isMissingLeft), way, limits),
      ),
    ),
  );
  for (let bin = 0; bin < gains[0]![0]!.length; bin++)
    sides.forEach((isMissingLeft, side) => {
      const gain = gains.reduce((sum, own) => sum + own[side]![bin]!, 0);
      if (!(gain > best.score)) return;
      best.score = gain;
      best.feature = feature;
      best.bin = isCategory ? -1 : bin;
      best.isMissingLeft = isCategory ? bin === missingBin : isMissingLeft;
      best.levels.fill(0);
      if (isCategory && bin < missingBin) best.levels[bin >> 5] = 1 << (bin & 31);
    });
}

/** What the sides cost less when a leaf takes the question; undefined where it does not. */
export function takenScore(
  node: LevelNode,
  histogram: Float64Array,
  { bin, levels, isMissingLeft }: Split,
  way: number,
  limits: SplitLimits,
): number | undefined {
  const isCategory = bin < 0;
  const level = levels.findIndex((word) => word !== 0);
  const own = level < 0 ? histogram.length / binStride - 1 : 32 * level + 31 - Math.clz32(levels[level]!);
  const sums = sumsOf(histogram, isCategory ? own : bin, isCategory, isMissingLeft);
  return gainOf(node, sums, way, limits) > 0 ? scoreOf(node, sums, way, limits) : undefined;
}

interface Sums {
  slope: number;
  bend: number;
  count: number;
}

/** Of what goes left. */
function sumsOf(histogram: Float64Array, bin: number, isCategory: boolean, isMissingLeft: boolean): Sums {
  const sums = { slope: 0, bend: 0, count: 0 };
  const missing = histogram.length / binStride - 1;
  for (let each = isCategory ? bin : 0; each <= missing; each++) {
    if (each > bin && !(each === missing && isMissingLeft && !isCategory)) continue;
    sums.slope += histogram[binStride * each]!;
    sums.bend += histogram[binStride * each + 1]!;
    sums.count += histogram[binStride * each + 2]!;
  }
  return sums;
}

function gainOf(node: LevelNode, sums: Sums, way: number, limits: SplitLimits): number {
  const score = scoreOf(node, sums, way, limits);
  return score > node.split.score ? score - node.cost : 0;
}

function scoreOf(node: LevelNode, { slope, bend, count }: Sums, way: number, limits: SplitLimits): number {
  const { minLeaf, leastBend, l2 } = limits;
  const right = node.slope - slope;
  const rightBend = node.bend - bend;
  if (count < minLeaf || node.count - count < minLeaf || bend < leastBend || rightBend < leastBend)
    return Number.NEGATIVE_INFINITY;
  if (!limits.isBounded) return (slope * slope) / (bend + l2) + (right * right) / (rightBend + l2);
  if (way !== 0) {
    const rise = sideValue(right, rightBend, limits, node) - sideValue(slope, bend, limits, node);
    if (way * rise < 0) return Number.NEGATIVE_INFINITY;
  }
  return sideScore(slope, bend, limits, node) + sideScore(right, rightBend, limits, node);
}
