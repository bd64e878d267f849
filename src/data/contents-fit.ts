/**
 * How well the values of a column fit what a contract, and the training rows where they are known, say of another:
 * from 0 (nothing of it) to 1 (just like it). It tells a renamed column from one that is only called alike.
 *
 * The share of values that can be read, times: for numbers and times with a reference 1 - D, D being the largest
 * distance of the two distributions (Kolmogorov); for levels with a reference the overlap of the shares, sum of
 * min(p, q); without a reference the share of values within `min` and `max`, or among `levels`. Null where nothing can be
 * said: free text, fewer than 20 values, a category without levels. O(rows log bins).
 */
import { type Column, columnLength, missingCount } from '../table/column.ts';
import { levelSpelling, scalarText } from './cells.ts';
import type { ColumnContract } from './contract.ts';

/** What the training rows held, as a saved model's reference has it. */
export interface SeenValues {
  readonly kind: string;
  /** Of numbers: bins of equal mass and their counts. */
  readonly edges?: readonly number[];
  readonly counts?: readonly number[];
  readonly levels?: readonly { readonly level: string; readonly count: number }[];
}

const leastValues = 20;

/** `column`: read as the rule's kind; `unreadable`: values that could not be, which are missing in it. */
export function contentsFit(
  column: Column,
  unreadable: number,
  rule: ColumnContract,
  seen?: SeenValues,
): number | null {
  const read = columnLength(column) - missingCount(column);
  if (read + unreadable < leastValues) return null;
  if (column.kind !== rule.kind || column.kind === 'text') return null;
  if (read === 0) return 0;
  const fit = fitOf(column, rule, seen);
  return fit === null ? null : (fit * read) / (read + unreadable);
}

function fitOf(column: Column, rule: ColumnContract, seen: SeenValues | undefined): number | null {
  if (column.kind === 'number' || column.kind === 'time') {
    const values = column.values.filter((value) => !Number.isNaN(value)).sort();
    if (seen?.edges && seen.counts && seen.edges.length > 1)
      return 1 - distance(values, seen.edges, seen.counts);
    return withinBounds(values, rule);
  }
  if (column.kind === 'boolean') {
    const shares = sharesOf(
      [...column.values].filter((value) => value >= 0),
      (value) => (value === 1 ? 'true' : 'false'),
    );
    return seen?.levels ? overlap(shares, seen.levels) : 1;
  }
  if (column.kind !== 'category') return null;
  const spelling = levelSpelling(rule.levels);
  const shares = sharesOf(
    [...column.codes].filter((code) => code >= 0),
    (code) => spelling(column.levels[code]!),
  );
  if (seen?.levels) return overlap(shares, seen.levels);
  if (!rule.levels) return null;
  const known = new Set(rule.levels.map(scalarText));
  let share = 0;
  for (const [level, one] of shares) if (known.has(level)) share += one;
  return share;
}

/** Largest distance between the shares of values below each edge. */
function distance(sorted: Float64Array, edges: readonly number[], counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let at = 0;
  let below = 0;
  let largest = 0;
  // The mass of the first edge itself belongs to the first bin, so it is compared from the second edge on.
  for (let bin = 0; bin < counts.length; bin++) {
    below += counts[bin]!;
    while (at < sorted.length && sorted[at]! <= edges[bin + 1]!) at++;
    largest = Math.max(largest, Math.abs(at / sorted.length - below / total));
  }
  return largest;
}

function withinBounds(values: Float64Array, { min, max }: ColumnContract): number {
  let inside = 0;
  for (const value of values)
    if ((min === undefined || value >= min) && (max === undefined || value <= max)) inside++;
  return inside / values.length;
}

function sharesOf(codes: readonly number[], levelOf: (code: number) => string): Map<string, number> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const shares = new Map<string, number>();
  for (const [code, count] of counts) {
    const level = levelOf(code);
    shares.set(level, (shares.get(level) ?? 0) + count / codes.length);
  }
  return shares;
}

function overlap(shares: ReadonlyMap<string, number>, levels: NonNullable<SeenValues['levels']>): number {
  const total = levels.reduce((sum, { count }) => sum + count, 0);
  let common = 0;
  for (const { level, count } of levels) common += Math.min(shares.get(level) ?? 0, count / total);
  return Math.min(1, common);
}
