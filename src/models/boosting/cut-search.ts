/**
 * Finds the best cut of the nodes of a tree, feature by feature. Each open leaf keeps its histogram; at a cut only the
 * smaller child is counted, the larger is the parent's histogram less that. Room for histograms is used again from
 * tree to tree. O(features x (rows of the smaller child + bins)) a cut.
 */
import type { BinnedFeatures } from './bins.ts';
import { considerFeature, noSplit, type Split, type SplitLimits, type Totals } from './find-split.ts';
import { binStride, countFeature, type NodeRows, subtractFeature } from './histogram.ts';

/** A node that may be cut. */
export interface SearchedNode {
  readonly rows: NodeRows;
  readonly totals: Totals;
}

export interface FoundCut {
  readonly split: Split;
  /** What the search keeps of the node until it is cut or dropped. */
  readonly histogram: Float64Array;
}

export interface CutSearch {
  root(node: SearchedNode, features: Int32Array): FoundCut;
  /** The cuts of both children of a node that is being cut; undefined for a child that may not be cut. */
  children(
    parent: FoundCut,
    left: SearchedNode,
    right: SearchedNode,
    mayBeCut: readonly [boolean, boolean],
    features: Int32Array,
  ): readonly [FoundCut | undefined, FoundCut | undefined];
  /** The node stays a leaf. */
  drop(found: FoundCut): void;
}

export function cutSearch(binned: BinnedFeatures, limits: SplitLimits): CutSearch {
  const free: Float64Array[] = [];
  const take = (): Float64Array =>
    free.pop() ?? new Float64Array(binStride * binned.offsets[binned.features]!);
  return {
    root({ rows, totals }, features) {
      const found = { split: noSplit(), histogram: take() };
      for (const feature of features) {
        countFeature(binned, rows, feature, found.histogram);
        considerFeature(binned, found.histogram, totals, feature, limits, found.split);
      }
      return found;
    },
    children(parent, left, right, [mayCutLeft, mayCutRight], features) {
      const isLeftSmaller = left.totals.count < right.totals.count;
      const ofParent = parent.histogram;
      const ofSmaller = take();
      const smaller = isLeftSmaller ? left : right;
      const ofLeft = { split: noSplit(), histogram: isLeftSmaller ? ofSmaller : ofParent };
      const ofRight = { split: noSplit(), histogram: isLeftSmaller ? ofParent : ofSmaller };
      // One feature at a time through all its work: its bins then stay in the processor's nearest memory.
      for (const feature of features) {
        countFeature(binned, smaller.rows, feature, ofSmaller);
        subtractFeature(binned, ofParent, ofSmaller, feature);
        if (mayCutLeft) considerFeature(binned, ofLeft.histogram, left.totals, feature, limits, ofLeft.split);
        if (mayCutRight)
          considerFeature(binned, ofRight.histogram, right.totals, feature, limits, ofRight.split);
      }
      if (!mayCutLeft) free.push(ofLeft.histogram);
      if (!mayCutRight) free.push(ofRight.histogram);
      return [mayCutLeft ? ofLeft : undefined, mayCutRight ? ofRight : undefined];
    },
    drop: ({ histogram }) => {
      free.push(histogram);
    },
  };
}
