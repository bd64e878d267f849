/**
 * LIME: a straight-line summary of the model around one customer, and how far that summary can be trusted.
 *
 * Around customer x some columns are switched off: they take a typical value, each column on its own; one that x has
 * anyway leaves the switch on. From 1 to all columns are drawn in turn. Weighted ridge regression of the score (in
 * probability) on the switches z (1 = as the customer has it) gives each column's effect near x:
 *
 *     minimise  sum of weight (P - intercept - effects . z)^2 + ridge |effects|^2,
 *     weight = exp(-(share of columns off) / kernelWidth^2).
 *
 * `localFit` is the weighted R^2: how much of what the model does around x the straight line tells; below a half believe
 * SHAP rather than this. `stability` repeats all of it with other seeds: the mean Jaccard index of the five strongest
 * columns and the mean rank correlation of all, over pairs of runs. Missing values count as values.
 * Cost: samples x (1 + repeats) scorings a row, and O(samples x columns^2).
 * Source: Ribeiro, Singh & Guestrin 2016, "Why should I trust you?". Kernel and ridge as in PyPI `lime`.
 */
import { type Random, randomAt } from '../base/random.ts';
import { exp } from '../math/exp-log.ts';
import { cholesky, type Matrix, matrix, solveCholesky, transposeMultiply } from '../math/linear-algebra.ts';
import { midranks } from '../math/ranks.ts';
import { type Table, takeRows } from '../table/table.ts';
import { isSameValue, type ScoreTable, stackTables, takeEach } from './score-table.ts';

export interface LimeOptions {
  readonly random?: Random;
  readonly samples?: number;
  /** In shares of the columns switched off, as square root. */
  readonly kernelWidth?: number;
  /** Runs with other seeds, for the stability. */
  readonly repeats?: number;
}

export interface LimeExplanation {
  readonly link: 'probability';
  readonly columns: readonly string[];
  /** Effect of a column being as the customer has it rather than typical. */
  readonly values: Float64Array;
  readonly intercept: number;
  readonly kernelWidth: number;
  readonly samples: number;
  /** Weighted R^2 of the straight line; 1 where the score does not move at all. */
  readonly localFit: number;
  readonly stability: {
    readonly runs: number;
    /** Strongest columns compared. */
    readonly top: number;
    readonly jaccard: number;
    readonly rankCorrelation: number;
  };
}

const ridge = 1;
const topColumns = 5;

/** Explains one row of the table. */
export function lime(
  score: ScoreTable,
  table: Table,
  row: number,
  typical: Table,
  columns: readonly string[],
  { random = randomAt('lime'), samples = 1000, kernelWidth = 0.75, repeats = 4 }: LimeOptions = {},
): LimeExplanation {
  const stacked = stackTables(takeRows(table, [row]), typical, columns, 'lime');
  const runs = Array.from({ length: 1 + repeats }, (_, run) =>
    fitAround(score, stacked, samples, kernelWidth, random.fork('run', run)),
  );
  const { effects, intercept, fit } = runs[0]!;
  const top = Math.min(topColumns, columns.length);
  const pairs = runs.flatMap((a, i) => runs.slice(i + 1).map((b) => [a.effects, b.effects] as const));
  return {
    link: 'probability',
    columns,
    values: effects,
    intercept,
    kernelWidth,
    samples,
    localFit: fit,
    stability: {
      runs: runs.length,
      top,
      jaccard: meanOver(pairs, (a, b) => jaccardOfTop(a, b, top)),
      rankCorrelation: meanOver(pairs, rankCorrelation),
    },
  };
}

interface LocalFit {
  readonly effects: Float64Array;
  readonly intercept: number;
  /** Weighted R^2. */
  readonly fit: number;
}

function fitAround(
  score: ScoreTable,
  stacked: Table,
  samples: number,
  kernelWidth: number,
  random: Random,
): LocalFit {
  const width = stacked.columns.length;
  const rows = Array.from({ length: width }, () => new Int32Array(samples));
  const switches = matrix(samples, width);
  const weights = new Float64Array(samples);
  const order = Int32Array.from({ length: width }, (_, c) => c);
  for (let s = 0; s < samples; s++) {
    // The first sample is the customer; then each number of columns in turn.
    const off = s === 0 ? 0 : 1 + ((s - 1) % width);
    random.shuffle(order);
    switches.values.fill(1, s * width, (s + 1) * width);
    let changed = 0;
    for (let i = 0; i < off; i++) {
      const column = order[i]!;
      const drawn = 1 + random.integer(stacked.rowCount - 1);
      // A typical value that the customer has anyway leaves the switch on.
      if (isSameValue(stacked.columns[column]!, 0, drawn)) continue;
      rows[column]![s] = drawn;
      switches.values[s * width + column] = 0;
      changed++;
    }
    weights[s] = exp(-changed / width / (kernelWidth * kernelWidth));
  }
  return weightedRidge(switches, score(takeEach(stacked, rows, samples)), weights, ridge);
}

/** Ridge regression with row weights; the intercept is free. Matches sklearn.linear_model.Ridge. */
export function weightedRidge(x: Matrix, y: Float64Array, weights: Float64Array, penalty: number): LocalFit {
  const { rows, columns } = x;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const centre = new Float64Array(columns);
  // Around the first answer, so that equal answers leave no rounding to be explained.
  let meanY = 0;
  for (let row = 0; row < rows; row++) {
    const share = weights[row]! / total;
    meanY += share * (y[row]! - y[0]!);
    for (let c = 0; c < columns; c++) centre[c]! += share * x.values[row * columns + c]!;
  }
  meanY += y[0]!;
  const centred = matrix(rows, columns);
  const right = new Float64Array(columns);
  let spread = 0;
  for (let row = 0; row < rows; row++) {
    const offY = y[row]! - meanY;
    spread += weights[row]! * offY * offY;
    for (let c = 0; c < columns; c++) {
      const offX = x.values[row * columns + c]! - centre[c]!;
      centred.values[row * columns + c] = offX;
      right[c]! += weights[row]! * offX * offY;
    }
  }
  const gram = transposeMultiply(centred, weights);
  for (let c = 0; c < columns; c++) gram.values[c * columns + c]! += penalty;
  // Positive definite by the penalty.
  const effects = solveCholesky(cholesky(gram)!, right);
  let rest = 0;
  for (let row = 0; row < rows; row++) {
    let off = y[row]! - meanY;
    for (let c = 0; c < columns; c++) off -= effects[c]! * centred.values[row * columns + c]!;
    rest += weights[row]! * off * off;
  }
  const intercept = effects.reduce((sum, effect, c) => sum - effect * centre[c]!, meanY);
  return { effects, intercept, fit: spread > 0 ? 1 - rest / spread : 1 };
}

const meanOver = (
  pairs: readonly (readonly [Float64Array, Float64Array])[],
  compare: (a: Float64Array, b: Float64Array) => number,
): number => (pairs.length === 0 ? 1 : pairs.reduce((sum, [a, b]) => sum + compare(a, b), 0) / pairs.length);

/** Columns by strength, strongest first; equal ones in their own order. */
export const strongestColumns = (values: Float64Array): number[] =>
  Array.from(values, (_, c) => c).sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!) || a - b);

/** Size of what both top lists share over the size of what either has. */
function jaccardOfTop(a: Float64Array, b: Float64Array, top: number): number {
  const first = new Set(strongestColumns(a).slice(0, top));
  const shared = strongestColumns(b)
    .slice(0, top)
    .filter((c) => first.has(c)).length;
  return top === 0 ? 1 : shared / (2 * top - shared);
}

/** Spearman's correlation; 1 where all effects are equal on both sides. */
function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const [ranksA, ranksB] = [midranks(a), midranks(b)];
  const middle = (a.length + 1) / 2;
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let c = 0; c < a.length; c++) {
    const [offA, offB] = [ranksA[c]! - middle, ranksB[c]! - middle];
    product += offA * offB;
    squareA += offA * offA;
    squareB += offB * offB;
  }
  if (squareA === 0 && squareB === 0) return 1;
  return squareA > 0 && squareB > 0 ? product / Math.sqrt(squareA * squareB) : 0;
}
