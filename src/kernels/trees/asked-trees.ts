/**
 * Trees as flat arrays, what scoring asks of them: all trees stand one after the other, a node is an index into every array.
 *
 * A number goes left when it is at most the threshold; a level, where the node has a set of levels, when its bit is set; a
 * missing value (NaN) where `missingLeft` says, without it right.
 */
import type { Matrix } from '../../math/linear-algebra.ts';

export interface AskedTrees {
  /** The node at which each tree begins, and at the end the number of nodes. */
  readonly roots: Int32Array;
  /** The column that a node asks for; -1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** A child stands behind its parent. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  readonly missingLeft?: Uint8Array;
  /** Where the levels that go left begin in `levelSets`, eight words of 32 bits, a bit a level; -1 for numbers. */
  readonly levelSetAt?: Int32Array;
  readonly levelSets?: Uint32Array;
}

/** For each row the sum over the trees, in their order, of the value of the leaf that it reaches. */
export type TreeSums = (matrix: Matrix) => Float64Array;
