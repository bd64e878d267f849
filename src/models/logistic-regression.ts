/**
 * Weighs each column, adds the weights up and turns the sum into a probability: the model that explains itself.
 *
 * log-odds = intercept + sum_j w_j x_j; minimises sum_i weight_i logloss_i + l2/2 |w|^2, intercept free
 * (l2 = 1 / C of scikit-learn). Newton's method on standardised columns, the penalty carried over exactly, so the
 * answer is that of the columns as they come. Repeated (collinear) columns are fine, with l2 0 too: of equally good
 * weights small ones are taken. Rows that a line separates perfectly have no finite optimum at l2 0; the search
 * then ends where its gradient is within `tolerance`, or at `maxIterations`, with a note. Number and boolean columns;
 * missing values are refused, impute before. Cost O(rows x columns^2) a step up to
 * 256 columns, beyond about a hundred times O(rows x columns); usually 5 to 12 steps.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.LogisticRegression.html
 */
import { z } from 'zod';
import type { SearchRange } from '../base/schema.ts';
import { defineClassifier } from '../learn/definition.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { type Matrix, toMatrix } from '../table/matrix.ts';
import { columnNames } from '../table/table.ts';
import { solveLogistic } from './linear/solve-logistic.ts';
import { standardisedWithOnes, weightedMoments } from './linear/standardise.ts';
import { strongest } from './shared/describe.ts';
import { classWeightParam, rowWeights } from './shared/row-weights.ts';

const params = z.strictObject({
  l2: z
    .number()
    .min(0)
    .max(1e12)
    .default(1)
    .describe('Pull of the weights towards 0; 1 / C of scikit-learn. 0 sets none.')
    .meta({ search: { type: 'log', low: 0.01, high: 100 } satisfies SearchRange }),
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
  version: 1,
  title: 'Logistic regression',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, acceptsWeights: true, isRandom: false },
  examples: [{ params: {} }, { params: { l2: 10, classWeight: 'balanced' } }, { params: { l2: 0 } }],
  async fit(data, settings, ctx): Promise<LogisticRegressionState> {
    const matrix = toMatrix('logistic-regression', data.table);
    const { means, deviations } = weightedMoments(matrix, rowWeights(data, 'none'));
    // A constant column stands as zeros: any penalty holds its weight at 0.
    const scales = deviations.map((deviation) => (deviation > 0 ? deviation : 1));
    const solution = solveLogistic(
      {
        matrix: standardisedWithOnes(matrix, { means, deviations }),
        labels: data.labels,
        weights: rowWeights(data, settings.classWeight),
        penalties: Float64Array.from([...scales.map((scale) => settings.l2 / (scale * scale)), 0]),
      },
      settings.maxIterations,
      settings.tolerance,
    );
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
    const coefficients = scales.map((scale, c) => solution.coefficients[c]! / scale);
    let intercept = solution.coefficients[matrix.columns]!;
    for (let c = 0; c < coefficients.length; c++) intercept -= coefficients[c]! * means[c]!;
    const { iterations, isConverged } = solution;
    const columns = columnNames(data.table);
    return { columns, coefficients, intercept, means, deviations, iterations, isConverged };
  },
  predictProba(state, table) {
    const { rows, columns, values } = toMatrix('logistic-regression', table);
    const scores = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      let logOdds = state.intercept;
      for (let c = 0, at = r * columns; c < columns; c++, at++)
        logOdds += state.coefficients[c]! * values[at]!;
      // Two endless terms of opposite sign leave nothing to go by.
      scores[r] = Number.isNaN(logOdds) ? 0.5 : sigmoid(logOdds);
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
});

/** Exact SHAP values of a linear model with columns taken as independent: w_j (x_j - mean_j), in log-odds. */
function linearContributions(
  { coefficients, intercept, means }: LogisticRegressionState,
  { rows, columns, values }: Matrix,
): { base: number; values: Float64Array } {
  let base = intercept;
  for (let c = 0; c < columns; c++) base += coefficients[c]! * means[c]!;
  const parts = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0, at = r * columns; c < columns; c++, at++)
      parts[at] = coefficients[c]! * (values[at]! - means[c]!);
  }
  return { base, values: parts };
}
