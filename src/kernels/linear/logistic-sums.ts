/**
 * What fitting a logistic regression needs of whoever does the sums: the plain twin or the compiled kernel.
 *
 * Coefficients are those of standardised columns, (value - mean) / deviation, and last the intercept. A column whose
 * deviation is 0 stands as zeros.
 */
import type { Matrix } from '../../math/linear-algebra.ts';

/** A column of a table; booleans are bytes. */
export type NumberValues = Float64Array | Int8Array;

export interface LogisticRows {
  /** None missing, none infinite. */
  readonly columns: readonly NumberValues[];
  /** 1 = churned. */
  readonly labels: Uint8Array;
  /** What a row's loss counts; above 0. */
  readonly weights: Float64Array;
  /** What a row counts in means and deviations; above 0. */
  readonly momentWeights: Float64Array;
}

export interface Moments {
  /** Weighted mean of each column. */
  readonly means: Float64Array;
  /** Weighted standard deviation (divided by the total weight) of each column; 0 for a constant one. */
  readonly deviations: Float64Array;
}

export interface Slope {
  /** Sum of weight times loss. */
  readonly loss: number;
  /** Its derivatives. */
  readonly gradient: Float64Array;
}

export interface LogisticSums extends Moments {
  /** What each mean lost when it was rounded: its columns lie around mean + rest. Counts where values are far from 0. */
  readonly meanRests: Float64Array;
  /** How many equal parts of the rows `slope` and `gram` can be asked for; 1 where it would not pay. */
  readonly parts: number;
  /** Over all rows, or over one of `parts` parts spread over the table: 1 / parts of what is due, roughly. */
  slope(coefficients: Float64Array, onPart?: boolean): Slope;
  /** Second derivatives where `slope` was asked last, over the same rows; the lower triangle. */
  gram(): Matrix;
  /** Second derivatives there times a vector, over all rows, without making their matrix. */
  times(vector: Float64Array): Float64Array;
  /** Their diagonal. */
  squares(): Float64Array;
  /** Largest size of the log-odds of a row where `slope` was asked last. */
  largestLogOdds(): number;
  /** The end: nothing may be asked any more. */
  release(): void;
}

/** Undefined when a value is missing or infinite. */
export type OpenLogisticSums = (rows: LogisticRows) => LogisticSums | undefined;
