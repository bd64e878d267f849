/**
 * What training data looked like, column by column: what later data are compared with, and what a single
 * customer is explained against. Saved as `reference.json`; holds counts and quantiles, no customer.
 *
 * Numbers and times: up to 1,024 equal-mass bins (quantiles of type 7, equal edges merged) with their counts,
 * mean and standard deviation (ddof 1), null where no number holds them. Categories and booleans: a count a level.
 * Missing values are counted apart. O(rows log rows) a column, and O(rows) a pair of the columns that are correlated.
 */
import { quantilesSorted } from '../math/quantile.ts';
import { sum } from '../math/sum.ts';
import { byCodeUnit, type Column, columnLength, missingCount } from '../table/column.ts';
import type { Table } from '../table/table.ts';

/** Bins of equal mass: `counts[i]` values lie in (edges[i], edges[i + 1]], the first bin includes its lower edge. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface NumberProfile extends Histogram {
  readonly kind: 'number' | 'time';
  readonly count: number;
  readonly missing: number;
  readonly mean: number | null;
  readonly sd: number | null;
}

export interface LevelProfile {
  readonly kind: 'category' | 'boolean';
  readonly count: number;
  readonly missing: number;
  /** Most frequent first; ties by name. */
  readonly levels: readonly { readonly level: string; readonly count: number }[];
}

export interface TextProfile {
  readonly kind: 'text';
  readonly count: number;
  readonly missing: number;
}

export type ColumnProfile = NumberProfile | LevelProfile | TextProfile;

export interface Reference {
  readonly rows: number;
  readonly columns: Readonly<Record<string, ColumnProfile>>;
  /**
   * Pearson correlation of the number columns, of the first `mostCorrelated`, over rows where both are present; null
   * where it is undefined.
   */
  readonly correlation: {
    readonly columns: readonly string[];
    readonly values: readonly (readonly (number | null)[])[];
  };
  /** Out-of-fold P(churn) of the training rows. */
  readonly scores: Histogram;
}

/** A matrix of more columns would be megabytes that nobody reads, and takes a time that grows with their square. */
export const mostCorrelated = 200;

/** At most this many bins of equal mass. */
export const referenceBins = 1024;

export function makeReference(table: Table, outOfFold: Float64Array): Reference {
  return {
    rows: table.rowCount,
    columns: profileColumns(table),
    correlation: correlationOf(table),
    scores: histogramOf(present(outOfFold)),
  };
}

/** A profile a column, by name, in table order. */
export function profileColumns(table: Table): Record<string, ColumnProfile> {
  const columns: Record<string, ColumnProfile> = {};
  for (const column of table.columns) columns[column.name] = profileColumn(column);
  return columns;
}

export function profileColumn(column: Column): ColumnProfile {
  const missing = missingCount(column);
  const count = columnLength(column) - missing;
  switch (column.kind) {
    case 'text':
      return { kind: 'text', count, missing };
    case 'category':
    case 'boolean':
      return { kind: column.kind, count, missing, levels: levelCounts(column) };
    default: {
      const values = present(column.values);
      const mean = count > 0 ? sum(values) / count : null;
      const sd =
        mean !== null && count > 1
          ? Math.sqrt(sum(values.map((x) => (x - mean) * (x - mean))) / (count - 1))
          : null;
      return {
        kind: column.kind,
        count,
        missing,
        mean: finiteOrNull(mean),
        sd: finiteOrNull(sd),
        ...histogramOf(values),
      };
    }
  }
}

/** Equal-mass bins of finite numbers; empty for no numbers, one bin of no width for a constant. */
export function histogramOf(values: Float64Array, bins = referenceBins): Histogram {
  if (values.length === 0) return { edges: [], counts: [] };
  const sorted = values.slice().sort();
  const shares = Array.from({ length: bins + 1 }, (_, i) => i / bins);
  const edges = [...new Set(quantilesSorted(sorted, shares))];
  if (edges.length === 1) return { edges: [edges[0]!, edges[0]!], counts: [sorted.length] };
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length - 1 && value > edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}

/** The value below which a share of a histogram's mass lies: the middle of its bin. */
export function histogramQuantile({ edges, counts }: Histogram, share: number): number {
  const total = counts.reduce((all, count) => all + count, 0);
  let before = 0;
  for (const [bin, count] of counts.entries()) {
    before += count;
    if (before >= share * total) return (edges[bin]! + edges[bin + 1]!) / 2;
  }
  return edges.at(-1) ?? Number.NaN;
}

function levelCounts(
  column: Extract<Column, { kind: 'category' | 'boolean' }>,
): { level: string; count: number }[] {
  const levels = column.kind === 'category' ? column.levels : ['false', 'true'];
  const codes = column.kind === 'category' ? column.codes : column.values;
  const counts = new Array<number>(levels.length).fill(0);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return levels
    .map((level, code) => ({ level, count: counts[code]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || byCodeUnit(a.level, b.level));
}

function correlationOf(table: Table): Reference['correlation'] {
  const numbers = table.columns.filter((column) => column.kind === 'number').slice(0, mostCorrelated);
  const values = numbers.map((a, i) =>
    numbers.map((b, j) => (i === j ? 1 : correlation(a.values, b.values))),
  );
  return { columns: numbers.map((column) => column.name), values };
}

/** Pearson correlation over rows where both are present; null when either is constant there. */
function correlation(a: Float64Array, b: Float64Array): number | null {
  let rows = 0;
  let meanA = 0;
  let meanB = 0;
  let squareA = 0;
  let squareB = 0;
  let product = 0;
  // Welford's update: one pass, no cancellation.
  for (let row = 0; row < a.length; row++) {
    const x = a[row]!;
    const y = b[row]!;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    rows++;
    const deltaA = x - meanA;
    const deltaB = y - meanB;
    meanA += deltaA / rows;
    meanB += deltaB / rows;
    squareA += deltaA * (x - meanA);
    squareB += deltaB * (y - meanB);
    product += deltaA * (y - meanB);
  }
  if (!(squareA > 0 && squareB > 0)) return null;
  // Of very large or small numbers the product of the squares would be infinite or 0.
  const squares = squareA * squareB;
  const isHeld = squares > 1e-300 && squares < Number.POSITIVE_INFINITY;
  const r = isHeld ? product / Math.sqrt(squares) : product / Math.sqrt(squareA) / Math.sqrt(squareB);
  return finiteOrNull(Math.max(-1, Math.min(1, r)));
}

/** Squares of numbers from 1e154 on, such as 1.8e308 for "no value", are more than a number holds. */
const finiteOrNull = (value: number | null): number | null => (Number.isFinite(value) ? value : null);

const present = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));
