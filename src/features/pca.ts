/**
 * Replaces many columns by a few new ones that hold most of what varies: for columns that overlap a lot.
 *
 * Principal components: the eigenvectors of the training rows' covariance (divisor rows - 1), from the largest
 * variance down; component k of a row is `sum_j vector_kj (x_j - mean_j)`. `components` says how many, or `variance`
 * the share of the whole variance to pass (the fewest whose sum is above it). Each vector's entry of largest size is
 * positive. Columns are not scaled: scale before. Number and boolean columns in (booleans as 0 and 1), number columns
 * `pc1`, `pc2`, ... out, each made of all columns; missing values are refused, impute before. Row weights are
 * ignored. O(rows x columns^2 + columns^3).
 *
 * Example: `pca({ components: 2 })` on 30 columns gives pc1 and pc2.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.decomposition.PCA.html
 */
import { z } from 'zod';
import { ColumnError } from '../base/errors.ts';
import { countOf, printable } from '../base/text.ts';
import { defineTransformer } from '../learn/definition.ts';
import { symmetricEigen, transposeMultiply } from '../math/linear-algebra.ts';
import { sum } from '../math/sum.ts';
import { type Matrix, toMatrix } from '../table/matrix.ts';
import { columnNames, createTable, type Table } from '../table/table.ts';
import { madeNumbers } from './number-columns/made-numbers.ts';

const params = z.strictObject({
  components: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .default(null)
    .describe('How many components; null leaves it to `variance`.'),
  variance: z
    .number()
    .gt(0)
    .max(1)
    .default(0.95)
    .describe('Share of the whole variance that the components must pass, where `components` is null.'),
});

export type PcaState = {
  readonly columns: readonly string[];
  readonly means: Float64Array;
  /** Row-major, components x columns. */
  readonly vectors: Float64Array;
  /** Variance along each component, and of all columns together. */
  readonly variances: Float64Array;
  readonly totalVariance: number;
};

export const pca = defineTransformer({
  id: 'pca',
  version: 1,
  title: 'Principal components',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, isRandom: false },
  examples: [{ params: {} }, { params: { components: 2 } }, { params: { variance: 0.5 } }],
  async fit(data, { components, variance }): Promise<PcaState> {
    const columns = columnNames(data.table);
    const matrix = toMatrix('pca', data.table);
    const means = meansOf(matrix);
    const covariance = transposeMultiply(centred(matrix, means));
    const degrees = Math.max(1, matrix.rows - 1);
    for (let i = 0; i < covariance.values.length; i++) covariance.values[i]! /= degrees;
    refuseOverflow(columns, covariance);
    const { values, vectors } = symmetricEigen(covariance);
    const variances = values.map((value) => Math.max(0, value));
    const totalVariance = sum(variances);
    const most = Math.min(columns.length, matrix.rows);
    const count = Math.min(most, components ?? enough(variances, variance * totalVariance));
    return {
      columns,
      means,
      vectors: vectors.values.slice(0, count * columns.length),
      variances: variances.slice(0, count),
      totalVariance,
    };
  },
  transform(state, table): Table {
    const matrix = toMatrix('pca', table);
    const { columns, values } = matrix;
    const made = componentNames(state).map((name, k) => ({
      name,
      kind: 'number' as const,
      values: madeNumbers(table.rowCount, (row) => {
        let total = 0;
        for (let c = 0; c < columns; c++)
          total += (values[row * columns + c]! - state.means[c]!) * state.vectors[k * columns + c]!;
        return total;
      }),
    }));
    return createTable(made, table.rowCount);
  },
  columnsOut: (state) => componentNames(state).map((name) => ({ name, kind: 'number', from: state.columns })),
  describe({ columns, variances, totalVariance }) {
    const share = totalVariance > 0 ? (100 * sum(variances)) / totalVariance : 100;
    return `${countOf(columns.length, 'column')} reduced to ${countOf(variances.length, 'principal component')}, which hold ${share.toFixed(1)}% of the variance.`;
  },
});

const componentNames = ({ variances }: PcaState): string[] => Array.from(variances, (_, k) => `pc${k + 1}`);

function meansOf({ rows, columns, values }: Matrix): Float64Array {
  const column = new Float64Array(rows);
  return Float64Array.from({ length: columns }, (_, c) => {
    for (let row = 0; row < rows; row++) column[row] = values[row * columns + c]!;
    return sum(column) / rows;
  });
}

const centred = ({ rows, columns, values }: Matrix, means: Float64Array): Matrix => ({
  rows,
  columns,
  values: values.map((value, i) => value - means[i % columns]!),
});

/** The fewest components whose variances sum to more than `wanted`; all of them when none do. */
function enough(variances: Float64Array, wanted: number): number {
  let passed = 0;
  for (const [k, variance] of variances.entries()) {
    passed += variance;
    if (passed > wanted) return k + 1;
  }
  return variances.length;
}

function refuseOverflow(columns: readonly string[], covariance: Matrix): void {
  const place = covariance.values.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return;
  const column = columns[Math.floor(place / columns.length)]!;
  throw new ColumnError(
    'column.not-finite',
    `pca: column ${printable(column)} holds numbers too large to square; scale it before`,
    { who: 'pca', column },
  );
}
