/**
 * The hot loop of boosting: how much slope, bend and how many rows fall into each bin of each feature at a node.
 *
 * Three numbers a bin, side by side: sum of gradients, sum of hessians, count of rows. Rows are added in the order of
 * the node's list. The larger child's histogram is its parent's less its sister's. O(rows of the node x features).
 */
import type { BinnedFeatures } from './bins.ts';

/** Numbers a bin. */
export const binStride = 3;

export function histogramOf(
  binned: BinnedFeatures,
  gradients: Float64Array,
  hessians: Float64Array,
  rows: Int32Array,
  start: number,
  end: number,
  features: Int32Array,
): Float64Array {
  const histogram = new Float64Array(binStride * binned.offsets[binned.features]!);
  const { bins, offsets } = binned;
  for (const feature of features) {
    const column = feature * binned.rows;
    const base = offsets[feature]!;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const at = binStride * (base + bins[column + row]!);
      histogram[at]! += gradients[row]!;
      histogram[at + 1]! += hessians[row]!;
      histogram[at + 2]! += 1;
    }
  }
  return histogram;
}

/** Turns a parent's histogram into that of the other child. */
export function subtractHistogram(parent: Float64Array, child: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
}
