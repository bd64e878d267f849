/**
 * Weighs each column, adds the weights up and turns the sum into a probability: the model that explains itself.
 *
 * log-odds = intercept + sum_j w_j x_j; minimises sum_i weight_i logloss_i + l2 ((1 - l1Ratio)/2 |w|^2 + l1Ratio |w|_1),
 * intercept free (l2 = 1 / C of scikit-learn, l1Ratio its l1_ratio). Newton's method on standardised columns, the penalty
 * carried over exactly, so the answer is that of the columns as they come; with a share of l1 by coordinate descent, which
 * sets weights to exactly 0. Repeated (collinear) columns are fine, with l2 0 too: of equally good weights small ones
 * are taken. Rows that a line separates perfectly have no finite optimum at l2 0; the search then ends where its
 * gradient is within `tolerance`, or at `maxIterations`, with a note. Number and boolean columns; missing values are
 * refused, impute before. Cost O(rows x columns^2) for second derivatives up to 256 columns, which a search makes two to five
 * times; beyond about a hundred times O(rows x columns). Columns of two values, as one-hot gives, cost a fraction.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.LogisticRegression.html
 */
import { z } from 'zod';
import type { SearchRange } from '../base/schema.ts';
import { openKernelSums } from '../kernels/linear/kernel-sums.ts';
import type { LogisticSums, NumberValues } from '../kernels/linear/logistic-sums.ts';
import { defineClassifier } from '../learn/definition.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { type Dataset, takeDatasetRows } from '../table/dataset.ts';
import { columnKindError, type Matrix, toMatrix } from '../table/matrix.ts';
import { columnNames, type Table } from '../table/table.ts';
import { solveElasticNet } from './linear/solve-elastic-net.ts';
import { type LogisticSolution, MOST_DENSE, solveLogistic } from './linear/solve-logistic.ts';
import { solveWideElasticNet } from './linear/solve-wide-elastic-net.ts';
import { strongest } from './shared/describe.ts';
import { type ClassWeight, classWeightParam, rowWeights } from './shared/row-weights.ts';

const params = z.strictObject({
  l2: z
    .number()
    .min(0)
    .max(1e12)
    .default(1)
    .describe('Pull of the weights towards 0; 1 / C of scikit-learn. 0 sets none.')
    .meta({ search: { type: 'log', low: 0.01, high: 100 } satisfies SearchRange }),
  l1Ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      'Share of the pull by size instead of square (elastic net): above 0 some weights become exactly 0.',
    ),
  maxIterations: z.int().min(1).max(10_000).default(100).describe('Most steps of the search.'),
  tolerance: z
    .number()
    .min(1e-14)
    .max(1)
    .default(1e-12)
    .describe('The search ends when no entry of the gradient per row, in standard units, is larger.'),
  classWeight: classWeightParam,
});

export type LogisticRegressionState = {
  readonly columns: readonly string[];
  readonly coefficients: Float64Array;
  readonly intercept: number;
  /**
   * Log-odds of a row whose every column is at its mean, which scores start from: far from 0 the intercept has lost its
   * digits. Null in a model of version 1, which is scored from the intercept as it was.
   */
  readonly base: number | null;
  /** Mean of each column over the training rows: what a contribution is measured from. */
  readonly means: Float64Array;
  /** Standard deviation of each column over the training rows: what a weight's strength is measured with. */
  readonly deviations: Float64Array;
  readonly iterations: number;
  readonly isConverged: boolean;
};

/** Beyond these log-odds (a chance below 1 in 10^8) a training row counts as told apart for certain. */
const CERTAIN_LOG_ODDS = 18.4;

export const logisticRegression = defineClassifier({
  id: 'logistic-regression',
  version: 2,
  title: 'Logistic regression',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, acceptsWeights: true, isRandom: false },
  examples: [
    { params: {} },
    { params: { l2: 10, classWeight: 'balanced' } },
    { params: { l2: 0 } },
    { params: { l2: 2, l1Ratio: 0.5 } },
  ],
  async fit(data, settings, ctx): Promise<LogisticRegressionState> {
    const rows = rowsThatCount(data);
    const { solution, means, meanRests, deviations } = solve(rows, settings);
    if (!solution.isConverged) {
      ctx.note({
        code: 'model.not-converged',
        message: `logistic-regression: not converged after ${solution.iterations} steps; raise maxIterations or l2`,
      });
    } else if (settings.l2 === 0 && solution.largestLogOdds > CERTAIN_LOG_ODDS) {
      ctx.note({
        code: 'model.separable',
        message:
          'logistic-regression: some rows are told apart for certain, so the sizes of weights mean little; set l2 above 0',
      });
    }
    const coefficients = deviations.map((deviation, c) =>
      deviation > 0 ? solution.coefficients[c]! / deviation : 0,
    );
    let base = solution.coefficients.at(-1)!;
    for (let c = 0; c < coefficients.length; c++) base -= coefficients[c]! * meanRests[c]!;
    let intercept = base;
    for (let c = 0; c < coefficients.length; c++) intercept -= coefficients[c]! * means[c]!;
    const { iterations, isConverged } = solution;
    const columns = columnNames(data.table);
    return { columns, coefficients, intercept, base, means, deviations, iterations, isConverged };
  },
  predictProba(state, table) {
    const { base, intercept, means } = state;
    const scores = new Float64Array(table.rowCount).fill(base ?? intercept);
    // Column by column, which adds up each row in the order of the columns.
    numberValues(table).forEach((values, c) => {
      const weight = state.coefficients[c]!;
      const centre = base === null ? 0 : means[c]!;
      let strange = 0;
      const isBytes = values instanceof Int8Array;
      for (let r = 0; r < scores.length; r++) {
        const value = values[r]!;
        // x - x is 0 for every finite number and NaN for the others.
        if (value - value !== 0 || (isBytes && value < 0)) strange++;
        scores[r]! += weight * (value - centre);
      }
      if (strange > 0) refuse(table);
    });
    for (let r = 0; r < scores.length; r++) {
      // Two endless terms of opposite sign leave nothing to go by.
      scores[r] = Number.isNaN(scores[r]!) ? 0.5 : sigmoid(scores[r]!);
    }
    return scores;
  },
  contributions(state, table) {
    const matrix = toMatrix('logistic-regression', table);
    return { link: 'logit', columns: state.columns, ...linearContributions(state, matrix) };
  },
  describe({ columns, coefficients, deviations }) {
    const strengths = coefficients.map((coefficient, c) => coefficient * deviations[c]!);
    const named = strongest(strengths).map(
      (c) => `${columns[c]} (${strengths[c]! > 0 ? 'raises' : 'lowers'})`,
    );
    const most = named.length > 0 ? `; strongest: ${named.join(', ')}` : '';
    return `Logistic regression on ${columns.length} columns${most}.`;
  },
  /** The sizes of the weights in standard units, so that a column's unit has no say. */
  importances: ({ coefficients, deviations }) =>
    coefficients.map((coefficient, c) => Math.abs(coefficient * deviations[c]!)),
  simplicity: ({ l2 }) => [1, -l2],
  upgrades: { 1: (state) => ({ ...(state as LogisticRegressionState), base: null }) },
});

/** Rows of weight 0 have no say, not even in which columns are constant. */
function rowsThatCount(data: Dataset): Dataset {
  const { weights } = data;
  if (!weights?.includes(0)) return data;
  return takeDatasetRows(
    data,
    [...weights.keys()].filter((row) => weights[row]! > 0),
  );
}

interface Settings {
  readonly l2: number;
  readonly l1Ratio: number;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly classWeight: ClassWeight;
}

/** The coefficients of standardised columns, and last the intercept. */
function solve(
  data: Dataset,
  { l2, l1Ratio, maxIterations, tolerance, classWeight }: Settings,
): Pick<LogisticSums, 'means' | 'meanRests' | 'deviations'> & { readonly solution: LogisticSolution } {
  const momentWeights = rowWeights(data, 'none');
  const weights = classWeight === 'none' ? momentWeights : rowWeights(data, classWeight);
  const rows = { columns: numberValues(data.table), labels: data.labels, weights, momentWeights };
  const sums = openKernelSums(rows) ?? refuse(data.table);
  try {
    let [totalWeight, churnedWeight] = [0, 0];
    for (let row = 0; row < weights.length; row++) {
      totalWeight += weights[row]!;
      if (data.labels[row] === 1) churnedWeight += weights[row]!;
    }
    const { means, meanRests, deviations } = sums;
    // A constant column stands as zeros: any penalty holds its weight at 0.
    const scales = [...deviations.map((deviation) => (deviation > 0 ? deviation : 1))];
    const squared = (1 - l1Ratio) * l2;
    const problem = {
      ...{ sums, totalWeight, churnedWeight },
      penalties: Float64Array.from([...scales.map((scale) => squared / (scale * scale)), 0]),
    };
    const bySize = l1Ratio * l2;
    if (bySize === 0)
      return { solution: solveLogistic(problem, maxIterations, tolerance), means, meanRests, deviations };
    const net = { ...problem, sizes: Float64Array.from([...scales.map((scale) => bySize / scale), 0]) };
    const narrow = (chosen: readonly number[]): LogisticSums =>
      openKernelSums({ ...rows, columns: chosen.map((c) => rows.columns[c]!) }) ?? refuse(data.table);
    const solution =
      means.length > MOST_DENSE
        ? solveWideElasticNet(net, narrow, maxIterations, tolerance)
        : solveElasticNet(net, maxIterations, tolerance);
    return { solution, means, meanRests, deviations };
  } finally {
    sums.release();
  }
}

/** The columns as they stand in the table. */
const numberValues = (table: Table): readonly NumberValues[] =>
  table.columns.map((column) => {
    if (column.kind === 'number' || column.kind === 'boolean') return column.values;
    throw columnKindError('logistic-regression', column);
  });

/** A column has a missing or infinite value: says which, and in how many rows. */
function refuse(table: Table): never {
  toMatrix('logistic-regression', table);
  throw new TypeError('logistic-regression: a value that is not finite was seen and is no longer there');
}

/** Exact SHAP values of a linear model with columns taken as independent: w_j (x_j - mean_j), in log-odds. */
function linearContributions(
  { coefficients, intercept, base: known, means }: LogisticRegressionState,
  { rows, columns, values }: Matrix,
): { base: number; values: Float64Array } {
  let base = known ?? intercept;
  for (let c = 0; known === null && c < columns; c++) base += coefficients[c]! * means[c]!;
  const parts = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0, at = r * columns; c < columns; c++, at++)
      parts[at] = coefficients[c]! * (values[at]! - means[c]!);
  }
  return { base, values: parts };
}
