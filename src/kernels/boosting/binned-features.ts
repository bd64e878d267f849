/** Rows as boosting counts them: of each feature the number of the bin that a value fell into. */
export interface BinnedFeatures {
  readonly rows: number;
  readonly features: number;
  /** Column-major: the bin of row r in feature f is `bins[f * rows + r]`. */
  readonly bins: Uint8Array;
  /** Bins of each feature, without the one for missing values, whose number this is. */
  readonly binCounts: Int32Array;
  /** Where the bins of each feature begin when all stand in a row, missing bins included; at the end their number. */
  readonly offsets: Int32Array;
  /** Upper edges of a number's bins but the last, ascending; empty for categories. */
  readonly edges: readonly Float64Array[];
  readonly isCategory: Uint8Array;
  /** Whether a value is missing in the rows that bins were learned from. */
  readonly hasMissing: Uint8Array;
}
