/**
 * Columns as bins for growing trees: each value replaced by the number of a small range of values.
 *
 * Up to 255 distinct values have a bin each, and cuts are those of the exact search; of more, each bin takes about the same
 * number of rows, equal values always together. NaN has the bin 255. O(columns x rows).
 */
import { withKernelBinner } from '../../kernels/bins/kernel-binner.ts';
import { type BinnedColumns, missingBin, mostValueBins } from '../../kernels/forest/binned-columns.ts';

/** All columns have the same number of rows. */
export function binColumns(columns: readonly Float64Array[], rows: number): BinnedColumns {
  const features = columns.length;
  const bins = new Uint8Array(rows * features);
  const binCounts = new Int32Array(features);
  const lows = new Float64Array(256 * features);
  const highs = new Float64Array(256 * features);
  withKernelBinner(rows, (binner) => {
    columns.forEach((column, f) => {
      const largest = highs.subarray(256 * f, 256 * f + mostValueBins);
      const smallest = lows.subarray(256 * f, 256 * (f + 1));
      const count = fillBins(binner.few(column) ?? binner.sorted(column), smallest, largest);
      binCounts[f] = count;
      // A bin ends with its largest value; the last has no end.
      const edges = largest.subarray(0, Math.max(0, count - 1));
      binner.place(column, edges, missingBin, bins.subarray(f * rows, (f + 1) * rows));
    });
  });
  return { rows, features, bins, binCounts, lows, highs };
}

/** Fills the least and the largest value of each bin; returns how many bins there are. */
function fillBins(sorted: Float64Array, lows: Float64Array, highs: Float64Array): number {
  const rows = sorted.length;
  const isOwn = hasFewValues(sorted);
  let bins = 0;
  for (let start = 0; start < rows; ) {
    // What is left is shared by the bins that are left: many equal values take a bin of their own and no more.
    const wanted = isOwn ? 1 : Math.max(1, Math.round((rows - start) / (mostValueBins - bins)));
    let end = Math.min(rows, start + wanted);
    const high = sorted[end - 1]!;
    while (end < rows && sorted[end] === high) end++;
    lows[bins] = sorted[start]!;
    highs[bins++] = high;
    start = end;
  }
  return bins;
}

/** Whether each distinct value can have a bin. */
function hasFewValues(sorted: Float64Array): boolean {
  let count = Math.min(1, sorted.length);
  for (let i = 1; i < sorted.length && count <= mostValueBins; i++) if (sorted[i] !== sorted[i - 1]) count++;
  return count <= mostValueBins;
}
