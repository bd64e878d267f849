/** What learning a network needs of whoever does the sums: the plain twin or the compiled kernel. */

/** Rows to learn from; the same for every epoch. */
export interface TrainingRows {
  /** Row-major, `columns` numbers a row. */
  readonly values: Float64Array;
  readonly columns: number;
  /** Of every row of the matrix: 0 or 1, and what its loss is multiplied by. */
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface TrainerSettings extends AdamSettings {
  readonly alpha: number;
  readonly batchSize: number;
}

/** A network that is being trained. */
export interface NetworkTrainer {
  /** Sees every row of `order` once, in batches, and gives the mean loss. O(rows x weights). */
  epoch(order: Int32Array): number;
  /** The weight of the rows that lie on the right side of one half. */
  weightRight(rows: Int32Array): number;
  /** Remembers the weights of now, or gives back those remembered. */
  keep(): void;
  kept(): Float64Array;
  /** As `network.ts` lays them out. */
  weights(): Float64Array;
}

export type OpenTrainer = (
  sizes: readonly number[],
  start: Float64Array,
  rows: TrainingRows,
  settings: TrainerSettings,
) => NetworkTrainer;
