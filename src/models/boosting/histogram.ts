/**
 * The hot loop of boosting: how much slope, bend and how many rows fall into each bin of each feature at a node.
 *
 * Three numbers a bin, side by side: sum of gradients, sum of hessians, count of rows. Rows are added in the order of
 * the node's list. The larger child's histogram is its parent's less its sister's (`cut-search.ts`). O(rows of the node)
 * a feature.
 */
import type { BinnedFeatures } from './bins.ts';

/** Numbers a bin. */
export const binStride = 3;

/** The rows of a node with their gradients and hessians, gathered once for all features. */
export interface NodeRows {
  readonly rows: Int32Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** The stretch of the row list from `start` up to `end`. */
export function nodeRows(
  rows: Int32Array,
  start: number,
  end: number,
  gradients: Float64Array,
  hessians: Float64Array,
): NodeRows {
  const own = rows.slice(start, end);
  const made = {
    rows: own,
    gradients: new Float64Array(own.length),
    hessians: new Float64Array(own.length),
  };
  for (let i = 0; i < own.length; i++) {
    made.gradients[i] = gradients[own[i]!]!;
    made.hessians[i] = hessians[own[i]!]!;
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
