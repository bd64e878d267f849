/** Problems for the tests of the solvers, and their gradient written out term by term. */

import { createRandom } from '../../../base/random.ts';
import { openKernelSums } from '../../../kernels/linear/kernel-sums.ts';
import type { OpenLogisticSums } from '../../../kernels/linear/logistic-sums.ts';
import { matrixOf, standardisedWithOnes } from '../../../kernels/linear/standardise.ts';
import { sigmoid } from '../../../math/sigmoid.ts';
import { sum } from '../../../math/sum.ts';
import type { LogisticProblem } from '../solve-logistic.ts';

export interface TestRows {
  readonly columns: readonly Float64Array[];
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** A problem whose standardised coefficients each cost `l2`, the intercept nothing. */
export function problemOf(
  rows: TestRows,
  l2: number,
  open: OpenLogisticSums = openKernelSums,
): LogisticProblem {
  const sums = open({ ...rows, momentWeights: rows.weights })!;
  const penalties = new Float64Array(rows.columns.length + 1).fill(l2);
  penalties[rows.columns.length] = 0;
  return {
    sums,
    totalWeight: sum(rows.weights),
    churnedWeight: sum(rows.weights.filter((_, row) => rows.labels[row] === 1)),
    penalties,
  };
}

/** Of the loss and the squares. */
export function gradientOf(
  { columns, labels, weights }: TestRows,
  { sums, penalties }: LogisticProblem,
  v: Float64Array,
): Float64Array {
  const plain = matrixOf(columns, labels.length);
  const { values, columns: width } = standardisedWithOnes(plain, sums);
  const gradient = v.map((entry, c) => penalties[c]! * entry);
  for (let r = 0; r < labels.length; r++) {
    let z = 0;
    for (let c = 0; c < width; c++) z += v[c]! * values[r * width + c]!;
    const slope = weights[r]! * (sigmoid(z) - labels[r]!);
    for (let c = 0; c < width; c++) gradient[c]! += slope * values[r * width + c]!;
  }
  return gradient;
}

/** Made rows: normal columns, every fourth one a flag; three of them matter. */
export function madeRows(count: number, width: number, seed: number): TestRows {
  const random = createRandom(seed);
  const columns = Array.from({ length: width }, (_, c) =>
    Float64Array.from({ length: count }, () =>
      c % 4 === 3 ? (random.uniform() < 0.2 ? 1 : 0) : random.normal(),
    ),
  );
  const labels = Uint8Array.from({ length: count }, (_, row) => {
    const z = columns.slice(0, 3).reduce((total, column) => total + column[row]!, -0.5);
    return random.uniform() < sigmoid(z) ? 1 : 0;
  });
  return { columns, labels, weights: Float64Array.from({ length: count }, () => 0.5 + random.uniform()) };
}
