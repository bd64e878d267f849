/**
 * Boosted trees as flat arrays: those of `tree/trees.ts`, and what missing values and categories need.
 *
 * A number goes left when it is at most the threshold, a level when its bit is set, a missing value where `missingLeft`
 * says. `value` is in log-odds, learning rate included: of leaves what they add, of inner nodes what they would.
 */

import type { Matrix } from '../../table/matrix.ts';
import { treeSums } from '../tree/tree-sums.ts';
import { joinTrees, type Trees } from '../tree/trees.ts';

export type BoostedTrees = Trees & {
  /** 1 where missing values and unseen levels go left. */
  readonly missingLeft: Uint8Array;
  /** What the loss fell by at an inner node; 0 at a leaf. */
  readonly gain: Float64Array;
  /** Where the levels that go left begin in `levelSets`; -1 at leaves and at cuts of numbers. */
  readonly levelSetAt: Int32Array;
  /** Eight words of 32 bits a set, a bit a level. */
  readonly levelSets: Uint32Array;
};

/** Several trees behind each other, in order. */
export function joinBoostedTrees(parts: readonly BoostedTrees[]): BoostedTrees {
  const trees = joinTrees(parts);
  const nodes = trees.feature.length;
  const missingLeft = new Uint8Array(nodes);
  const gain = new Float64Array(nodes);
  const levelSetAt = new Int32Array(nodes);
  const levelSets = new Uint32Array(parts.reduce((sum, part) => sum + part.levelSets.length, 0));
  let node = 0;
  let word = 0;
  for (const part of parts) {
    missingLeft.set(part.missingLeft, node);
    gain.set(part.gain, node);
    levelSetAt.set(
      part.levelSetAt.map((at) => (at < 0 ? -1 : at + word)),
      node,
    );
    levelSets.set(part.levelSets, word);
    node += part.feature.length;
    word += part.levelSets.length;
  }
  return { ...trees, missingLeft, gain, levelSetAt, levelSets };
}

/** The sum of all trees for each row, in log-odds without the base; `tree/tree-sums.ts` says what it costs. */
export const boostedSums = (trees: BoostedTrees, matrix: Matrix): Float64Array =>
  treeSums('gradient-boosting', trees, matrix);

/** The share of each feature in what the loss fell by, summing to 1 (all 0 when nothing was asked). */
export function gainImportance({ feature, gain }: BoostedTrees, features: number): Float64Array {
  const shares = new Float64Array(features);
  let total = 0;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node]! < 0) continue;
    shares[feature[node]!]! += gain[node]!;
    total += gain[node]!;
  }
  return total > 0 ? shares.map((share) => share / total) : shares;
}
