/**
 * One column as a reader wants to see it: what it is, what is missing, how its values lie, how often customers with such
 * values left.
 *
 * Numbers and times: a histogram of 16 bars of equal width between the 1% and the 99% quantile (what lies outside is not
 * counted, so no single customer's value is an end), and churn by up to 8 groups of equal size; values that fewer than
 * nine numbers share have a group each. Levels: the 8 most frequent, the others together. Missing is a group.
 * Groups of fewer than 10 rows are joined to others or not told: they would be about persons. O(rows log rows).
 */
import { quantilesSorted } from '../../math/quantile.ts';
import type { Column } from '../../table/column.ts';
import type { InspectedColumn } from './definition.ts';

/** Rows with such values, and how many of them left. */
export interface OverviewGroup {
  /** A level, or a value of a number with few; undefined for a range, null for missing. */
  readonly value?: string | number | boolean | null;
  /** Both ends belong to it; times in ISO form. */
  readonly from?: number | string;
  readonly to?: number | string;
  /** The number of levels that stand together as one group. */
  readonly levels?: number;
  readonly rows: number;
  readonly churned: number;
}

export interface ColumnOverview {
  readonly column: string;
  readonly kind: Column['kind'];
  readonly use: InspectedColumn['use'];
  readonly rows: number;
  readonly missing: number;
  readonly distinct: number;
  /** 1% quantile, median and 99% quantile of a number or time (ISO); null for the others. */
  readonly spread: {
    readonly low: number | string;
    readonly middle: number | string;
    readonly high: number | string;
  } | null;
  /** Share of the rows that are not missing in each bar, from `low` to `high`; empty where values have no order. */
  readonly histogram: readonly number[];
  /** In order of the values, levels most frequent first, missing last. Empty for text. */
  readonly groups: readonly OverviewGroup[];
  /** Cohen's d of a number or time, Cramer's V of levels; null where it can't be computed. */
  readonly effect: { readonly measure: 'cohens-d' | 'cramers-v'; readonly value: number } | null;
  /** Cross-fitted ROC-AUC of the column alone. */
  readonly auc: number;
}

const bars = 16;
const mostGroups = 8;
/** A group of fewer is nearer to persons than to a picture. */
export const fewestRows = 10;

export function columnOverview(inspected: InspectedColumn, labels: Uint8Array): ColumnOverview {
  const { name, column, use, facts } = inspected;
  const isOrdered = column.kind === 'number' || column.kind === 'time';
  const write = (value: number): number | string =>
    column.kind === 'time' ? new Date(value).toISOString() : Number(value.toPrecision(6));
  const [low, middle, high] = isOrdered ? quantilesSorted(facts.sorted, [0.01, 0.5, 0.99]) : [];
  const { cohensD, cramersV } = facts;
  return {
    column: name,
    kind: column.kind,
    use,
    rows: labels.length,
    missing: facts.missing,
    distinct: facts.distinct,
    spread:
      isOrdered && facts.sorted.length > 0
        ? { low: write(low!), middle: write(middle!), high: write(high!) }
        : null,
    histogram: isOrdered ? histogramOf(facts.sorted, low!, high!) : [],
    groups: isOrdered
      ? orderedGroups(column.values, facts.sorted, labels, write)
      : column.kind === 'text'
        ? []
        : levelGroups(inspected),
    effect:
      cohensD !== null
        ? { measure: 'cohens-d', value: cohensD }
        : cramersV !== null
          ? { measure: 'cramers-v', value: cramersV }
          : null,
    auc: facts.auc,
  };
}

function histogramOf(sorted: Float64Array, low: number, high: number): number[] {
  if (sorted.length === 0) return [];
  if (!(high > low)) return [1];
  const counts = new Array<number>(bars).fill(0);
  for (const value of sorted) {
    if (value < low || value > high) continue;
    counts[Math.min(bars - 1, Math.floor((bars * (value - low)) / (high - low)))]!++;
  }
  return counts.map((count) => Number((count / sorted.length).toPrecision(4)));
}

/** Groups of about equal size, cut only between different values. */
function orderedGroups(
  values: Float64Array,
  sorted: Float64Array,
  labels: Uint8Array,
  write: (value: number) => number | string,
): OverviewGroup[] {
  const starts = groupStarts(sorted);
  const groups = starts.map((from, i) => {
    const end = starts[i + 1] === undefined ? sorted.length : lowerBound(sorted, starts[i + 1]!);
    return { from, to: sorted[end - 1] ?? from, rows: 0, churned: 0 };
  });
  const missing = { rows: 0, churned: 0 };
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const group = Number.isNaN(value) ? missing : groups[placeOf(starts, value)]!;
    group.rows++;
    group.churned += labels[row]!;
  }
  const told = groups.map(({ from, to, rows, churned }): OverviewGroup => {
    return from === to
      ? { value: write(from), rows, churned }
      : { from: write(from), to: write(to), rows, churned };
  });
  return missing.rows >= fewestRows ? [...told, { value: null, ...missing }] : told;
}

/** The lowest value of each group, ascending. A value that fills a group is one; what lies above it begins another. */
function groupStarts(sorted: Float64Array): number[] {
  const distinct = distinctUpTo(sorted, mostGroups + 1);
  const wanted =
    distinct.length <= mostGroups
      ? distinct
      : Array.from({ length: mostGroups }, (_, k) => sorted[Math.floor((k * sorted.length) / mostGroups)]!);
  const starts: number[] = [];
  for (const cut of wanted) {
    const previous = starts.at(-1);
    const start = cut === previous ? sorted.find((value) => value > cut) : cut;
    if (start === undefined) break;
    if (previous !== undefined && countFrom(sorted, previous, start) < fewestRows) continue;
    starts.push(start);
  }
  // The last one may be small too; it then joins the one before.
  while (starts.length > 1 && countFrom(sorted, starts.at(-1)!, Number.POSITIVE_INFINITY) < fewestRows)
    starts.pop();
  return starts;
}

function distinctUpTo(sorted: Float64Array, most: number): number[] {
  const found: number[] = [];
  for (const value of sorted) {
    if (found.at(-1) !== value) found.push(value);
    if (found.length === most) break;
  }
  return found;
}

const countFrom = (sorted: Float64Array, from: number, below: number): number =>
  lowerBound(sorted, below) - lowerBound(sorted, from);

/** How many values are lower. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(starts: readonly number[], value: number): number {
  let place = 0;
  while (place + 1 < starts.length && starts[place + 1]! <= value) place++;
  return place;
}

/** The bins of the inspection are the levels. */
function levelGroups({ column, facts }: InspectedColumn): OverviewGroup[] {
  const levels = facts.bins.bins.filter(
    ({ value, rows }) => value !== null && value !== undefined && rows > 0,
  );
  const ordered = [...levels].sort((a, b) => b.rows - a.rows);
  const shown = ordered.filter(({ rows }, i) => rows >= fewestRows && i < mostGroups);
  const rest = ordered.slice(shown.length);
  const together = {
    levels: rest.length,
    rows: rest.reduce((sum, { rows }) => sum + rows, 0),
    churned: rest.reduce((sum, { churned }) => sum + churned, 0),
  };
  const missing = facts.bins.bins.find(({ value }) => value === null);
  return [
    ...shown.map(({ value, rows, churned }) => ({
      value: column.kind === 'boolean' ? value === 'true' : value!,
      rows,
      churned,
    })),
    ...(together.rows >= fewestRows ? [together] : []),
    ...(missing && missing.rows >= fewestRows
      ? [{ value: null, rows: missing.rows, churned: missing.churned }]
      : []),
  ];
}
