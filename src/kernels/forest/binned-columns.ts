/** Columns as a forest counts them: of each value the number of the small range of values that it fell into. */
export interface BinnedColumns {
  readonly rows: number;
  readonly features: number;
  /** Column-major: the bin of row r in feature f is `bins[f * rows + r]`; 255 where the value is missing. */
  readonly bins: Uint8Array;
  /** How many bins each feature has, missing values left out: at most 255. */
  readonly binCounts: Int32Array;
  /** The least and the largest value of bin b of feature f, at `256 * f + b`. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** The bin of missing values. */
export const missingBin = 255;
/** The most bins that values may have. */
export const mostValueBins = 255;

/** Halfway between two bins: values up to the lower are at most the threshold, those of the upper above it. */
export function thresholdBetweenBins(
  { lows, highs }: BinnedColumns,
  feature: number,
  lower: number,
  upper: number,
): number {
  if (upper === missingBin) return Number.MAX_VALUE;
  const low = highs[256 * feature + lower]!;
  const high = lows[256 * feature + upper]!;
  const middle = low / 2 + high / 2;
  // Between neighbouring doubles there is no middle: rounding may give the upper one.
  return middle < high && middle >= low ? middle : low;
}
