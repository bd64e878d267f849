/**
 * What boosting asks of whoever grows its trees: the plain twin or the compiled kernel, which agree to the bit.
 *
 * The engine holds the sum of the trees of each row. With p = 1 / (1 + e^-sum) the log loss of a row has the slope
 * weight (p - label) and the bend weight p (1 - p). Both are rounded to whole steps, the same for all rows and so fine
 * that no sum leaves 52 bits; sums of whole numbers are the same in any order, so whoever adds them finds the same cuts.
 * Source of the idea: Shi et al. 2022, Quantized Training of Gradient Boosting Decision Trees (who round far coarser).
 */
import type { SeedWords } from '../draws.ts';
import type { BinnedFeatures } from './binned-features.ts';

export interface GrowthRules {
  readonly learningRate: number;
  readonly maxLeaves: number;
  /** Infinite where nothing bounds it. */
  readonly maxDepth: number;
  /** Fewest rows and least sum of bends on a side. */
  readonly minLeaf: number;
  readonly minHessian: number;
  readonly l1: number;
  readonly l2: number;
  /**
   * Which leaf is cut next: `leaf` that of the largest gain, `depth` the oldest; `symmetric` asks all leaves of a level the same
   * question (`level-split.ts`).
   */
  readonly growth: 'leaf' | 'depth' | 'symmetric';
  /** Of each feature: 1 where more never lowers the sum, -1 where it never raises it, 0 where it may. */
  readonly ways: Int8Array;
}

export interface EngineRows {
  /** Of all rows of the table. */
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  readonly training: Int32Array;
  /** Rows that only follow. */
  readonly watched: Int32Array;
  /** What every sum begins with. */
  readonly base: number;
}

/** A tree, children behind their parent. */
export interface GrownTree {
  /** -1 at leaves. */
  readonly feature: Int32Array;
  /** The last bin of a number that goes left; -1 for a category. */
  readonly bin: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** What a leaf adds to a sum; of inner nodes what they would. */
  readonly value: Float64Array;
  /** What the loss fell by; 0 at leaves. */
  readonly gain: Float64Array;
  /** Rows learned from. */
  readonly cover: Float64Array;
  /** Eight words a node: the levels of a category that go left, a bit each. */
  readonly levels: Uint32Array;
}

/** Which training rows a tree learns from: `drawShare` of them. */
export interface RowDraw {
  readonly seed: SeedWords;
  readonly wanted: number;
}

export interface BoostingEngine {
  /**
   * Grows a tree on the training rows, or so many drawn of them, asking only `features`;
   * then adds its values to the sums of all rows.
   */
  grow(features: Int32Array, draw?: RowDraw): GrownTree;
  /** The sums of the watched rows, in their order. */
  watchedSums(): Float64Array;
}

export type OpenEngine = (binned: BinnedFeatures, rows: EngineRows, rules: GrowthRules) => BoostingEngine;

/** Steps to 1 of slopes and of bends: powers of 2, which multiply without rounding. */
export interface Steps {
  readonly slope: number;
  readonly bend: number;
}

/** 2^50 and 2^38. */
const mostSlopes = 1_125_899_906_842_624;
const mostBends = 274_877_906_944;

/** The finest steps with which sums over all rows stay below 2^51 and 2^37. */
export function stepsOf({ weights, training, watched }: EngineRows): Steps {
  let total = 0;
  for (const row of training) total += weights[row]!;
  for (const row of watched) total += weights[row]!;
  // A slope is at most its weight, a bend a quarter of it.
  return { slope: largestPower(mostSlopes / total), bend: largestPower(mostBends / total) };
}

/** The largest power of 2 that is not above a positive number. */
function largestPower(size: number): number {
  let power = 1;
  while (power > size) power /= 2;
  while (power * 2 <= size) power *= 2;
  return power;
}
