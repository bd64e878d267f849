/**
 * What is known of one column: how much is missing, how its values lie, what it says about churn by itself.
 *
 * Cohen's d = (mean of churners - mean of stayers) / pooled standard deviation, for numbers and times. Cramer's V =
 * sqrt(chi2 / rows / min(bins - 1, 1)) against the two outcomes, for levels, missing being one. AUC as in `bins.ts`.
 * A fact that cannot be computed is null. O(rows log rows).
 */
import { type Column, columnLength, missingCount } from '../../table/column.ts';
import { type Bins, binColumn, crossFittedAuc } from './bins.ts';

export interface ColumnFacts {
  readonly missing: number;
  /** Different values, missing not counted. */
  readonly distinct: number;
  /** Of numbers; times in epoch milliseconds. */
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Numbers that are 0. */
  readonly zeros: number;
  /** Numbers without a fraction. */
  readonly whole: number;
  readonly cohensD: number | null;
  readonly cramersV: number | null;
  readonly auc: number;
  readonly bins: Bins;
  /** Values of a number or time column, missing left out. */
  readonly sorted: Float64Array;
}

export function columnFacts(column: Column, labels: Uint8Array, folds: Uint8Array): ColumnFacts {
  const missing = missingCount(column);
  const isOrdered = column.kind === 'number' || column.kind === 'time';
  const sorted = isOrdered
    ? column.values.filter((value) => !Number.isNaN(value)).sort()
    : new Float64Array(0);
  const bins = binColumn(column, labels, sorted);
  const count = sorted.length;
  return {
    missing,
    distinct: isOrdered ? distinctSorted(sorted) : distinctLevels(column, bins),
    min: sorted[0] ?? null,
    median: count === 0 ? null : (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2,
    max: sorted[count - 1] ?? null,
    mean: count === 0 ? null : sum(sorted) / count,
    zeros: column.kind === 'number' ? countIf(sorted, (value) => value === 0) : 0,
    whole: column.kind === 'number' ? countIf(sorted, (value) => value === Math.floor(value)) : 0,
    cohensD: isOrdered ? cohensD(column.values, labels) : null,
    cramersV: isOrdered ? null : cramersV(bins, columnLength(column)),
    auc: crossFittedAuc(bins, labels, folds),
    bins,
    sorted,
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function countIf(values: Float64Array, is: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (is(value)) count++;
  return count;
}

function distinctSorted(sorted: Float64Array): number {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  return distinct;
}

function distinctLevels(column: Column, { bins }: Bins): number {
  if (column.kind === 'text') return new Set(column.values.filter((value) => value !== null)).size;
  return bins.filter(({ value, rows }) => value !== null && rows > 0).length;
}

function cohensD(values: Float64Array, labels: Uint8Array): number | null {
  const count = [0, 0];
  const total = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    count[labels[row]!]!++;
    total[labels[row]!]! += values[row]!;
  }
  const [stayed, churned] = [count[0]!, count[1]!];
  if (stayed < 2 || churned < 2) return null;
  const mean = [total[0]! / stayed, total[1]! / churned];
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const off = values[row]! - mean[labels[row]!]!;
    squares += off * off;
  }
  const deviation = Math.sqrt(squares / (stayed + churned - 2));
  return deviation > 0 ? (mean[1]! - mean[0]!) / deviation : null;
}

function cramersV({ bins }: Bins, rows: number): number | null {
  const used = bins.filter((bin) => bin.rows > 0);
  const rate = used.reduce((total, bin) => total + bin.churned, 0) / rows;
  if (used.length < 2 || !(rate > 0 && rate < 1)) return null;
  let chiSquared = 0;
  for (const bin of used) {
    const off = bin.churned - bin.rows * rate;
    chiSquared += (off * off) / (bin.rows * rate * (1 - rate));
  }
  return Math.sqrt(chiSquared / rows);
}
