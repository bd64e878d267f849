/**
 * What a forest asks of whoever grows its trees: the plain twin or the compiled kernel. Both are told the table once
 * and then grow tree after tree; a tree depends on its own four seed words alone, never on the trees before it.
 */
import type { SeedWords } from '../draws.ts';
import type { BinnedColumns } from './binned-columns.ts';

export interface TreeLimits {
  /** Most questions on the way to a leaf. */
  readonly maxDepth: number;
  /** Fewest rows that may be cut, and fewest on either side of a cut: different rows, however often they were drawn. */
  readonly minSplit: number;
  readonly minLeaf: number;
  /** How many features are looked at for a cut, drawn anew for each; all of them in order when it is all. */
  readonly featuresPerSplit: number;
}

export interface GrowingRows {
  /** 1 where the row churned. */
  readonly labels: Uint8Array;
  /** How much each row counts; null where all count 1. */
  readonly weights: Float64Array | null;
  /** What a row's weight is multiplied with in its class. */
  readonly ofStaying: number;
  readonly ofChurned: number;
}

/** One tree; the root comes first, left children stand right behind their parents. */
export interface GrownTree {
  /** The feature that a node asks for; -1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Share of churn by weight, and the weight. */
  readonly value: Float64Array;
  readonly cover: Float64Array;
  /** 1 where missing values go left. */
  readonly missingLeft: Uint8Array;
}

export interface TreeGrower {
  /**
   * `isDrawn`: from rows drawn with repetition, as many as there are; otherwise from each row once. The tree is to be read
   * before the next is grown. Children are numbered as if the root were the node `firstNode`, by default 0.
   */
  grow(seed: SeedWords, isDrawn: boolean, firstNode?: number): GrownTree;
}

export type OpenGrower = (binned: BinnedColumns, rows: GrowingRows, limits: TreeLimits) => TreeGrower;
