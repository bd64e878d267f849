/**
 * A column cut into bins, and how well the churn rates of its bins rank customers.
 *
 * Every level is a bin, so is every number when there are at most 50; else numbers go into 32 bins of equal mass, and a
 * value that 1% of the rows hold has a bin of its own. Missing is a bin. Free text has two: there or missing.
 * The rate of a bin is learned on four fifths of the rows and ranks the rest, so noise gets no credit for chance.
 * O(rows) a column once its values are sorted.
 */
import { type Column, isMissing } from '../../table/column.ts';

export interface Bin {
  /** Every row of the bin holds this value; undefined for a range, null for missing. */
  readonly value: string | number | null | undefined;
  rows: number;
  churned: number;
}

export interface Bins {
  readonly codes: Int32Array;
  readonly bins: readonly Bin[];
}

export const foldCount = 5;
const mostOwnBins = 50;
const ranges = 32;
const ownBinShare = 0.01;
/** Rows that a bin is thought to have seen at the mean rate. */
const priorRows = 2;

/** `sorted`: the values of a number or time column that are not missing. */
export function binColumn(column: Column, labels: Uint8Array, sorted: Float64Array): Bins {
  const cut =
    column.kind === 'number' || column.kind === 'time'
      ? cutNumbers(column.values, sorted)
      : cutLevels(column);
  for (let row = 0; row < labels.length; row++) {
    const bin = cut.bins[cut.codes[row]!]!;
    bin.rows++;
    bin.churned += labels[row]!;
  }
  return cut;
}

const emptyBin = (value: Bin['value']): Bin => ({ value, rows: 0, churned: 0 });

function cutLevels(column: Exclude<Column, { kind: 'number' | 'time' }>): Bins {
  const levels: (string | null)[] =
    column.kind === 'category'
      ? [...column.levels]
      : column.kind === 'boolean'
        ? ['false', 'true']
        : ['present'];
  const missing = levels.length;
  const rows = column.kind === 'category' ? column.codes.length : column.values.length;
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) codes[row] = missing;
    else if (column.kind === 'category') codes[row] = column.codes[row]!;
    else if (column.kind === 'boolean') codes[row] = column.values[row]!;
  }
  return { codes, bins: [...levels, null].map(emptyBin) };
}

function cutNumbers(values: Float64Array, sorted: Float64Array): Bins {
  const own = ownValues(sorted);
  const edges = own.isAll ? [] : edgesOf(sorted);
  const binOf = new Map(own.values.map((value, i) => [value, i]));
  const missing = own.values.length + edges.length + 1;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) codes[row] = missing;
    else codes[row] = binOf.get(value) ?? own.values.length + edgesBelow(edges, value);
  }
  const ranged = Array.from({ length: edges.length + 1 }, () => emptyBin(undefined));
  return { codes, bins: [...own.values.map(emptyBin), ...ranged, emptyBin(null)] };
}

/** Values that get a bin of their own. */
function ownValues(sorted: Float64Array): { values: number[]; isAll: boolean } {
  const heavy: number[] = [];
  const all: number[] = [];
  for (let at = 0; at < sorted.length; ) {
    const value = sorted[at]!;
    let end = at + 1;
    while (end < sorted.length && sorted[end] === value) end++;
    if (all.length <= mostOwnBins) all.push(value);
    if (end - at >= ownBinShare * sorted.length) heavy.push(value);
    at = end;
  }
  const isAll = all.length <= mostOwnBins;
  return { values: isAll ? all : heavy, isAll };
}

function edgesOf(sorted: Float64Array): number[] {
  const edges: number[] = [];
  for (let k = 1; k < ranges; k++) {
    const edge = sorted[Math.floor((k * sorted.length) / ranges)]!;
    if (edges.at(-1) !== edge) edges.push(edge);
  }
  return edges;
}

function edgesBelow(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** ROC-AUC of the column alone, each row ranked by the rate of its bin in the other folds. 0.5 where one outcome is absent. */
export function crossFittedAuc({ codes, bins }: Bins, labels: Uint8Array, folds: Uint8Array): number {
  const cells = bins.length * foldCount;
  const rows = new Float64Array(cells);
  const churned = new Float64Array(cells);
  for (let row = 0; row < codes.length; row++) {
    const cell = codes[row]! * foldCount + folds[row]!;
    rows[cell]!++;
    churned[cell]! += labels[row]!;
  }
  const total = bins.reduce((sum, bin) => sum + bin.churned, 0);
  const rate = total / Math.max(1, codes.length);
  const scored: { score: number; churned: number; stayed: number }[] = [];
  bins.forEach((bin, b) => {
    for (let fold = 0; fold < foldCount; fold++) {
      const cell = b * foldCount + fold;
      if (rows[cell] === 0) continue;
      const score = (bin.churned - churned[cell]! + priorRows * rate) / (bin.rows - rows[cell]! + priorRows);
      scored.push({ score, churned: churned[cell]!, stayed: rows[cell]! - churned[cell]! });
    }
  });
  scored.sort((a, b) => a.score - b.score);
  const stayed = codes.length - total;
  if (total === 0 || stayed === 0) return 0.5;
  let below = 0;
  let right = 0;
  for (let at = 0; at < scored.length; ) {
    let churnedHere = 0;
    let stayedHere = 0;
    const { score } = scored[at]!;
    for (; at < scored.length && scored[at]!.score === score; at++) {
      churnedHere += scored[at]!.churned;
      stayedHere += scored[at]!.stayed;
    }
    right += churnedHere * (below + stayedHere / 2);
    below += stayedHere;
  }
  return right / (total * stayed);
}
