/**
 * How much slope, bend and how many rows fall into each bin of a feature at a node: three numbers a bin, side by side.
 * Slopes and bends are whole numbers, so no order of rows matters. O(rows of the node).
 */
import type { BinnedFeatures } from './binned-features.ts';

/** Numbers a bin. */
export const binStride = 3;

/** The bins of one feature, that of missing values last. `rows` are places in `tableRows`, slopes and bends go by place. */
export function countFeature(
  { bins, binCounts, rows: rowCount }: BinnedFeatures,
  feature: number,
  rows: Int32Array,
  tableRows: Int32Array,
  slopes: Float64Array,
  bends: Float64Array,
): Float64Array {
  const histogram = new Float64Array(binStride * (binCounts[feature]! + 1));
  const column = feature * rowCount;
  for (const row of rows) {
    const at = binStride * bins[column + tableRows[row]!]!;
    histogram[at]! += slopes[row]!;
    histogram[at + 1]! += bends[row]!;
    histogram[at + 2]! += 1;
  }
  return histogram;
}
