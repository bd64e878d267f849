/**
 * Columns as bins for growing trees: each value replaced by the number of a small range of values.
 *
 * Up to 255 distinct values have a bin each, and cuts are those of the exact search; of more, each bin takes about the same
 * number of rows, equal values always together. NaN has the bin 255. O(columns x rows).
 */
import { openKernelBinner } from '../../kernels/bins/kernel-binner.ts';
import { type BinnedColumns, mostValueBins } from '../../kernels/forest/binned-columns.ts';

/** All columns have the same number of rows. */
export function binColumns(columns: readonly Float64Array[], rows: number): BinnedColumns {
  const features = columns.length;
  const bins = new Uint8Array(rows * features);
  const binCounts = new Int32Array(features);
  const lows = new Float64Array(256 * features);
  const highs = new Float64Array(256 * features);
  const binner = openKernelBinner(rows);
  columns.forEach((column, f) => {
    const largest = highs.subarray(256 * f, 256 * f + mostValueBins);
    const count = fillBins(
      fewDistinct(column) ?? binner.sorted(column),
      lows.subarray(256 * f, 256 * (f + 1)),
      largest,
    );
    binCounts[f] = count;
    bins.set(binner.place(column, largest.subarray(0, count)), f * rows);
  });
  return { rows, features, bins, binCounts, lows, highs };
}

/** Columns of so few values, most of them made from categories, need no sorting. */
const fewValues = 8;

/** The distinct values, ascending, where there are few; NaN left out. */
function fewDistinct(column: Float64Array): Float64Array | undefined {
  const seen: number[] = [];
  let last = Number.NaN;
  for (const value of column) {
    if (value === last || Number.isNaN(value)) continue;
    last = value;
    if (seen.includes(value)) continue;
    if (seen.length === fewValues) return undefined;
    seen.push(value);
  }
  return Float64Array.from(seen).sort();
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
