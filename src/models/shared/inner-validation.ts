/**
 * Sets some training rows aside inside a fit, to tell when to stop learning: stratified, whole rows, drawn from the
 * model's own stream. Counts as `sklearn.model_selection.train_test_split(stratify=y)`.
 */
import { HoldfastError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { stratifiedSplit } from '../../data/splits/stratified.ts';

export interface InnerParts {
  readonly training: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Parts of `rows` (row numbers), or undefined where either would hold fewer than two rows of an outcome: too few
 * to learn from or to judge by.
 */
export function innerValidation(
  labels: Uint8Array,
  rows: Int32Array,
  share: number,
  random: Random,
): InnerParts | undefined {
  const numbersOf = (places: Int32Array): Int32Array => places.map((place) => rows[place]!);
  try {
    const own = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++) own[i] = labels[rows[i]!]!;
    const { train, test } = stratifiedSplit(own, { test: share, validation: 0 }, random);
    return { training: numbersOf(train), validation: numbersOf(test) };
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'data.too-few') return undefined;
    throw error;
  }
}

/** The rows that count at all. */
export function weightedRows(weights: Float64Array): Int32Array {
  const rows = new Int32Array(weights.length);
  let count = 0;
  for (let row = 0; row < weights.length; row++) {
    rows[count] = row;
    count += Number(weights[row]! > 0);
  }
  return rows.slice(0, count);
}
