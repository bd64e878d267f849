/**
 * Finds the best cut of the nodes of a tree in plain TypeScript, feature by feature: what the compiled kernel is held
 * against. Room for histograms is used again from tree to tree. O(features x (rows of the smaller child + bins)) a cut.
 */
import type { OpenSearch } from './cut-search.ts';
import { considerFeature, noSplit } from './find-split.ts';
import { binStride, countFeature, nodeRows, subtractFeature } from './histogram.ts';

export const openPlainSearch: OpenSearch<Float64Array> = (binned, limits) => {
  const free: Float64Array[] = [];
  const take = (): Float64Array =>
    free.pop() ?? new Float64Array(binStride * binned.offsets[binned.features]!);
  let gradients: Float64Array = new Float64Array(0);
  let hessians: Float64Array = new Float64Array(0);
  return {
    begin(ownGradients, ownHessians) {
      gradients = ownGradients;
      hessians = ownHessians;
    },
    root({ rows, totals }, features) {
      const found = { split: noSplit(), kept: take() };
      const own = nodeRows(rows, gradients, hessians);
      for (const feature of features) {
        countFeature(binned, own, feature, found.kept);
        considerFeature(binned, found.kept, totals, feature, limits, found.split);
      }
      return found;
    },
    children(parent, left, right, [mayCutLeft, mayCutRight], features) {
      const isLeftSmaller = left.totals.count < right.totals.count;
      const ofParent = parent.kept;
      const ofSmaller = take();
      const smaller = nodeRows((isLeftSmaller ? left : right).rows, gradients, hessians);
      const ofLeft = { split: noSplit(), kept: isLeftSmaller ? ofSmaller : ofParent };
      const ofRight = { split: noSplit(), kept: isLeftSmaller ? ofParent : ofSmaller };
      // One feature at a time through all its work: its bins then stay in the processor's nearest memory.
      for (const feature of features) {
        countFeature(binned, smaller, feature, ofSmaller);
        subtractFeature(binned, ofParent, ofSmaller, feature);
        if (mayCutLeft) considerFeature(binned, ofLeft.kept, left.totals, feature, limits, ofLeft.split);
        if (mayCutRight) considerFeature(binned, ofRight.kept, right.totals, feature, limits, ofRight.split);
      }
      if (!mayCutLeft) free.push(ofLeft.kept);
      if (!mayCutRight) free.push(ofRight.kept);
      return [mayCutLeft ? ofLeft : undefined, mayCutRight ? ofRight : undefined];
    },
    drop: ({ kept }) => {
      free.push(kept);
    },
  };
};
