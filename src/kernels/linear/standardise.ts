/**
 * Columns brought to one scale, in plain TypeScript: what the kernel's rows must amount to.
 */
import type { Matrix } from '../../math/linear-algebra.ts';
import type { Moments, NumberValues } from './logistic-sums.ts';

/**
 * Mean and spread of each column over rows of weight above 0. A column whose spread can't be held in a number
 * (values near the largest or smallest that exist) counts as constant. O(rows x columns).
 */
export function weightedMoments({ rows, columns, values }: Matrix, weights: Float64Array): Moments {
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  const first = new Float64Array(columns);
  const varies = new Uint8Array(columns);
  let total = 0;
  for (let r = 0; r < rows; r++) {
    const weight = weights[r]!;
    if (weight === 0) continue;
    for (let c = 0, at = r * columns; c < columns; c++, at++) {
      if (total === 0) first[c] = values[at]!;
      else if (values[at] !== first[c]) varies[c] = 1;
      means[c]! += weight * values[at]!;
    }
    total += weight;
  }
  for (let c = 0; c < columns; c++) means[c] = varies[c] ? means[c]! / total : first[c]!;
  for (let r = 0; r < rows; r++) {
    for (let c = 0, at = r * columns; c < columns; c++, at++) {
      const distance = values[at]! - means[c]!;
      deviations[c]! += weights[r]! * distance * distance;
    }
  }
  for (let c = 0; c < columns; c++) {
    const variance = deviations[c]! / total;
    const isUsable = varies[c] === 1 && variance > 1e-290 && variance < 1e290;
    deviations[c] = isUsable ? Math.sqrt(variance) : 0;
    if (!Number.isFinite(means[c])) means[c] = 0;
  }
  return { means, deviations };
}

/** (value - mean) / deviation, 0 for constant columns, and last a column of ones. O(rows x columns). */
export function standardisedWithOnes(
  { rows, columns, values }: Matrix,
  { means, deviations }: Moments,
): Matrix {
  const width = columns + 1;
  const scaled = new Float64Array(rows * width);
  for (let r = 0; r < rows; r++) {
    const from = r * columns;
    const to = r * width;
    for (let c = 0; c < columns; c++) {
      if (deviations[c]! > 0) scaled[to + c] = (values[from + c]! - means[c]!) / deviations[c]!;
    }
    scaled[to + columns] = 1;
  }
  return { rows, columns: width, values: scaled };
}

/** Columns as a matrix, row by row. O(rows x columns). */
export function matrixOf(columns: readonly NumberValues[], rows: number): Matrix {
  const values = new Float64Array(rows * columns.length);
  columns.forEach((column, c) => {
    for (let r = 0, at = c; r < rows; r++, at += columns.length) values[at] = column[r]!;
  });
  return { rows, columns: columns.length, values };
}
