/**
 * Features as ranks: each value replaced by its place among the distinct values of its column.
 *
 * Growing a tree asks only for the order of values, so it works on small whole numbers; the values themselves
 * are needed once, to place a threshold. Made once per fit and shared by all trees. Values must be finite.
 */
import type { Matrix } from '../../table/matrix.ts';

export interface RankedFeatures {
  readonly rows: number;
  readonly features: number;
  /** Column-major: the rank of row r in feature f is `ranks[f * rows + r]`. */
  readonly ranks: Int32Array;
  /** The distinct values of all features, ascending within each. */
  readonly values: Float64Array;
  /** Feature f has the values from `offsets[f]` up to `offsets[f + 1]`. */
  readonly offsets: Int32Array;
}

/** O(columns x rows x log rows). */
export function rankFeatures({ rows, columns, values }: Matrix): RankedFeatures {
  const ranks = new Int32Array(columns * rows);
  const offsets = new Int32Array(columns + 1);
  const distinctOf: Float64Array[] = [];
  const column = new Float64Array(rows);
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) column[r] = values[r * columns + c]!;
    const distinct = distinctAscending(column);
    for (let r = 0; r < rows; r++) ranks[c * rows + r] = rankOf(distinct, column[r]!);
    offsets[c + 1] = offsets[c]! + distinct.length;
    distinctOf.push(distinct);
  }
  const all = new Float64Array(offsets[columns]!);
  for (const [c, distinct] of distinctOf.entries()) all.set(distinct, offsets[c]!);
  return { rows, features: columns, ranks, values: all, offsets };
}

/** How many distinct values a feature has. */
export const levelCount = (ranked: RankedFeatures, feature: number): number =>
  ranked.offsets[feature + 1]! - ranked.offsets[feature]!;

/**
 * Halfway between the values of two ranks of a feature: rows up to the lower one are at most the threshold,
 * rows from the upper one on are above it.
 */
export function thresholdBetween(
  ranked: RankedFeatures,
  feature: number,
  lower: number,
  upper: number,
): number {
  const from = ranked.offsets[feature]!;
  const low = ranked.values[from + lower]!;
  const high = ranked.values[from + upper]!;
  const middle = low / 2 + high / 2;
  // Between neighbouring doubles there is no middle: rounding may give the upper one.
  return middle < high && middle >= low ? middle : low;
}

function distinctAscending(column: Float64Array): Float64Array {
  const sorted = column.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i]!;
  }
  return sorted.slice(0, count);
}

function rankOf(distinct: Float64Array, value: number): number {
  let low = 0;
  let high = distinct.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
