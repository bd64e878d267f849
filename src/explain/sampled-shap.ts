/**
 * SHAP values of any model, by sampling: how much each business column moves one score away from the typical one.
 *
 * A typical customer b is drawn and turned into the customer x column by column, in a random order; what the score moves
 * when a column turns is that column's part. Every order is also walked backwards (antithetic). The value of a column is
 * the mean of its parts, so for every row, to rounding,
 *
 *     base + sum of a row's values = P(x),   base = mean of P(b) over the draws.
 *
 * Columns of b are drawn independently of each other: the game is "this column is not known, the others are as they are",
 * not "customers like this one", and a typical customer may be one that does not exist (tenure 1, total charges 5,000).
 * Values are in probability, not log-odds: a calibrated or voting model may answer 0 or 1, whose log-odds are infinite.
 * Every row walks the same draws, so its explanation does not depend on the rows beside it.
 * Missing values count as values. Cost a row: at most `budget` scorings, but never fewer than two orders and their reverses;
 * turning a column that is typical already costs nothing.
 * Sources: Strumbelj & Kononenko 2014, "Explaining prediction models"; Mitchell et al. 2022, "Sampling permutations for
 * Shapley value estimation" (antithetic). Matches shap.PermutationExplainer in method.
 */
import type { Random } from '../base/random.ts';
import type { Table } from '../table/table.ts';
import { isSameValue, type ScoreTable, stackTables, takeEach } from './score-table.ts';
import { drawTypical } from './typical-draws.ts';

export interface SampledShap {
  readonly base: number;
  /** Row-major, rows x columns, in probability. */
  readonly values: Float64Array;
  /** Standard errors of the values, rather too large than too small. */
  readonly errors: Float64Array;
  /** Orders walked, each forwards and backwards. */
  readonly orders: number;
}

export interface SampledShapOptions {
  readonly random: Random;
  /** Most scorings a row. */
  readonly budget?: number;
}

/** For many customers at once: 20 columns are walked once for each of 16 typical values. */
export const defaultBudget = 640;
/** For one customer whom somebody looks at. */
export const carefulBudget = 16_384;
const fewestOrders = 2;
const mostOrders = 512;
/** Rows put together at a time. */
const batchRows = 16_384;

/** `columns`: the inputs of the model, found by name in both tables. */
export function sampledShap(
  score: ScoreTable,
  table: Table,
  typical: Table,
  columns: readonly string[],
  { random, budget = defaultBudget }: SampledShapOptions,
): SampledShap {
  const width = columns.length;
  const rows = table.rowCount;
  const orders = ordersFor(budget, width, typical.rowCount);
  const stacked = stackTables(table, typical, columns, 'explain');
  const draws = drawTypical(width, typical.rowCount, orders, random.fork('typical')).map((drawn) =>
    drawn.map((row) => rows + row),
  );
  const walks = Array.from({ length: orders }, (_, d): readonly Int32Array[] => {
    const forwards = random.fork('order', d).shuffle(Int32Array.from(columns, (_, c) => c));
    return [forwards, forwards.slice().reverse()];
  });
  const starts = score(takeEach(stacked, draws, orders));
  const themselves = Int32Array.from({ length: rows }, (_, row) => row);
  const everyColumn = columns.map(() => themselves);
  const ends = score(takeEach(stacked, everyColumn, rows));
  // Typical values stand in order: neighbouring rows are alike.
  const byTypicalValue = draws.map((drawn) =>
    Int32Array.from(drawn, (_, d) => d).sort((a, b) => drawn[a]! - drawn[b]! || a - b),
  );
  const values = new Float64Array(rows * width);
  const errors = new Float64Array(rows * width);
  const perRow = 2 * orders * width;
  const batch = createBatch(score, stacked, Math.max(batchRows, perRow));
  const rowsAtOnce = Math.floor(batch.size / Math.max(1, perRow)) || 1;
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const some = themselves.subarray(first, first + rowsAtOnce);
    const plans = Array.from(some, (row) =>
      walks.map((ways, d) => ways.map((walk) => batch.plan(walk, row, draws, d))),
    );
    const scores = batch.run();
    for (const [i, row] of some.entries()) {
      const parts = walks.map((ways, d) => {
        const sums = new Float64Array(width);
        for (const [way, walk] of ways.entries())
          addParts(sums, walk, plans[i]![d]![way]!, scores, starts[d]!, ends[row]!);
        return sums.map((sum) => sum / ways.length);
      });
      for (let c = 0; c < width; c++) {
        const { mean, error } = meanWithError(
          parts.map((part) => part[c]!),
          byTypicalValue[c]!,
        );
        values[row * width + c] = mean;
        errors[row * width + c] = error;
      }
    }
  }
  return {
    base: starts.reduce((total, p) => total + p, 0) / orders,
    values,
    errors,
    orders,
  };
}

/** As many as the budget pays for; above one round of the typical values whole rounds, so that all stay balanced. */
function ordersFor(budget: number, width: number, typicalRows: number): number {
  const affordable = Math.floor(budget / (2 * Math.max(1, width - 1)));
  const wanted = Math.max(fewestOrders, Math.min(mostOrders, affordable));
  return wanted > typicalRows ? wanted - (wanted % typicalRows) : wanted;
}

/**
 * The mean of a column's parts and its standard error, from the differences of neighbours (von Neumann): the draws hold every
 * typical value of the column alike, so what the parts differ by from value to value is no error. `order`: the draws by
 * the column's own typical value.
 */
function meanWithError(parts: readonly number[], order: Int32Array): { mean: number; error: number } {
  const count = parts.length;
  let total = 0;
  let squares = 0;
  order.forEach((draw, i) => {
    const part = parts[draw]!;
    total += part;
    if (i === 0) return;
    const step = part - parts[order[i - 1]!]!;
    squares += step * step;
  });
  return { mean: total / count, error: Math.sqrt(squares / (2 * (count - 1) * count)) };
}

/** Adds to each column what the score moves when the column turns on one walk from `start` to `end`. */
function addParts(
  parts: Float64Array,
  walk: Int32Array,
  steps: Int32Array,
  scores: Float64Array,
  start: number,
  end: number,
): void {
  let before = start;
  for (let k = 0; k < walk.length; k++) {
    const at = steps[k]!;
    let after = before;
    if (k === walk.length - 1) after = end;
    else if (at >= 0) after = scores[at]!;
    parts[walk[k]!]! += after - before;
    before = after;
  }
}

/** Gathers the rows of many walks and scores them together. */
function createBatch(score: ScoreTable, stacked: Table, size: number) {
  const rows = stacked.columns.map(() => new Int32Array(size));
  let count = 0;
  return {
    size,
    /**
     * Adds the rows between a typical customer and the customer `row`. Gives for each step the place of its score,
     * -1 where the step changes nothing; the last step ends at the customer, who is scored already.
     */
    plan(walk: Int32Array, row: number, draws: readonly Int32Array[], draw: number): Int32Array {
      const steps = new Int32Array(walk.length).fill(-1);
      const current = Int32Array.from(draws, (drawn) => drawn[draw]!);
      for (let k = 0; k < walk.length - 1; k++) {
        const turned = walk[k]!;
        const isSame = isSameValue(stacked.columns[turned]!, row, current[turned]!);
        current[turned] = row;
        if (isSame) continue;
        for (let c = 0; c < current.length; c++) rows[c]![count] = current[c]!;
        steps[k] = count++;
      }
      return steps;
    },
    run(): Float64Array {
      const scores = count === 0 ? new Float64Array(0) : score(takeEach(stacked, rows, count));
      count = 0;
      return scores;
    },
  };
}
