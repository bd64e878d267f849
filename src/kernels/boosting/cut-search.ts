/**
 * What growing a tree asks of whoever looks for cuts: the plain twin or the compiled kernel. Each open leaf keeps its
 * histogram; at a cut only the smaller child is counted, the larger is the parent's histogram less that.
 */
import type { BinnedFeatures } from './binned-features.ts';
import type { Split, SplitLimits, Totals } from './find-split.ts';

/** A node that may be cut. */
export interface SearchedNode {
  readonly rows: Int32Array;
  readonly totals: Totals;
}

/** `Kept`: what the search keeps of a node until it is cut or dropped. */
export interface FoundCut<Kept> {
  readonly split: Split;
  readonly kept: Kept;
}

export interface CutSearch<Kept> {
  /** Before each tree: the gradients and hessians of all rows. */
  begin(gradients: Float64Array, hessians: Float64Array): void;
  root(node: SearchedNode, features: Int32Array): FoundCut<Kept>;
  /** The cuts of both children of a node that is being cut; undefined for a child that may not be cut. */
  children(
    parent: FoundCut<Kept>,
    left: SearchedNode,
    right: SearchedNode,
    mayBeCut: readonly [boolean, boolean],
    features: Int32Array,
  ): readonly [FoundCut<Kept> | undefined, FoundCut<Kept> | undefined];
  /** The node stays a leaf. */
  drop(found: FoundCut<Kept>): void;
}

export type OpenSearch<Kept> = (binned: BinnedFeatures, limits: SplitLimits) => CutSearch<Kept>;
