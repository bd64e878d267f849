/** What an explanation needs of trees, and what it gives. */
import type { AskedTrees } from './asked-trees.ts';

/** The tree fields that an explanation needs; `value` is on the scale that adds up. */
export interface ExplainedTrees extends Pick<AskedTrees, 'roots' | 'feature' | 'left' | 'right' | 'value'> {
  /** Weight of the training rows of each node; that of a node is its children's together. */
  readonly cover: Float64Array;
}

export interface TreeShap {
  /** Sum over the trees of their mean value, weighted by cover. */
  readonly base: number;
  /** Row-major, rows x features: summed over the trees. */
  readonly values: Float64Array;
}
