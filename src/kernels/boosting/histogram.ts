/**
 * The hot loop of boosting: how much slope, bend and how many rows fall into each bin of each feature at a node.
 *
 * Three numbers a bin, side by side: sum of gradients, sum of hessians, count of rows. Rows are added in the order of
 * the node's list. The larger child's histogram is its parent's less its sister's (`cut-search.ts`). O(rows of the node)
 * a feature.
 */
import type { BinnedFeatures } from './binned-features.ts';

/** Numbers a bin. */
export const binStride = 3;

/** The rows of a node with their gradients and hessians, gathered once for all features. */
export interface NodeRows {
  readonly rows: Int32Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Gathers the gradients and hessians of the rows, which are not copied. */
export function nodeRows(rows: Int32Array, gradients: Float64Array, hessians: Float64Array): NodeRows {
  const made = {
    rows,
    gradients: new Float64Array(rows.length),
    hessians: new Float64Array(rows.length),
  };
  for (let i = 0; i < rows.length; i++) {
    made.gradients[i] = gradients[rows[i]!]!;
    made.hessians[i] = hessians[rows[i]!]!;
  }
  return made;
}

/** Fills the bins of one feature with the rows of a node; what stood there is gone. */
export function countFeature(
  { bins, binCounts, offsets, rows: rowCount }: BinnedFeatures,
  { rows, gradients, hessians }: NodeRows,
  feature: number,
  histogram: Float64Array,
): void {
  const column = feature * rowCount;
  const base = offsets[feature]!;
  histogram.fill(0, binStride * base, binStride * (base + binCounts[feature]! + 1));
  for (let i = 0; i < rows.length; i++) {
    const at = binStride * (base + bins[column + rows[i]!]!);
    histogram[at]! += gradients[i]!;
    histogram[at + 1]! += hessians[i]!;
    histogram[at + 2]! += 1;
  }
}

/** Turns the bins of one feature of a parent into those of the other child. */
export function subtractFeature(
  { binCounts, offsets }: BinnedFeatures,
  parent: Float64Array,
  child: Float64Array,
  feature: number,
): void {
  const from = binStride * offsets[feature]!;
  const end = from + binStride * (binCounts[feature]! + 1);
  for (let i = from; i < end; i++) parent[i]! -= child[i]!;
}
