/**
 * Typical values of each column, from the reference profile: what one customer is explained against.
 *
 * Numbers: the middles of `size` bins of equal mass; of whole numbers only values that stood in the data. Levels: as many of the `size` values as their share
 * (largest remainders). Missing values take their share too. Columns are independent: a row of the result is no customer.
 */
import {
  booleanColumn,
  type Column,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from '../table/column.ts';
import { createTable, type Table } from '../table/table.ts';
import { type ColumnProfile, histogramQuantile, type NumberProfile, type Reference } from './reference.ts';

export function backgroundOf(reference: Pick<Reference, 'columns'>, size = 16): Table {
  return createTable(
    Object.entries(reference.columns).map(([name, profile]) => typicalColumn(name, profile, size)),
    size,
  );
}

function typicalColumn(name: string, profile: ColumnProfile, size: number): Column {
  const missing = Math.round((size * profile.missing) / Math.max(1, profile.missing + profile.count));
  const present = size - missing;
  const absent = new Array<null>(missing).fill(null);
  switch (profile.kind) {
    case 'text':
      return textColumn(name, new Array<null>(size).fill(null));
    case 'category':
      return categoryColumn(name, [...apportion(profile.levels, present), ...absent]);
    case 'boolean':
      return booleanColumn(name, [
        ...apportion(profile.levels, present).map((level) => level === 'true'),
        ...absent,
      ]);
    default: {
      const values = typicalNumbers(profile, present);
      const column = profile.kind === 'time' ? timeColumn : numberColumn;
      return column(name, [...values, ...absent]);
    }
  }
}

function typicalNumbers(profile: NumberProfile, size: number): number[] {
  const shares = Array.from({ length: size }, (_, i) => (i + 0.5) / size);
  const points = wholeNumbers(profile);
  if (!points) return shares.map((share) => histogramQuantile(profile, share));
  return shares.map((share) => {
    let before = 0;
    for (const { value, count } of points) {
      before += count;
      if (before >= share * profile.count) return value;
    }
    return points.at(-1)!.value;
  });
}

/** How far the mean may be off, as a share of the range: bins of many whole numbers stand on their upper edge here. */
const tolerated = 0.01;

/**
 * The values of a column of whole numbers and how many rows hold each; undefined for any other column. A flag is 0 or 1,
 * never the middle of its bin.
 *
 * The rows of a bin stand on its upper edge; an edge between two whole numbers is a quantile that fell between them, and the
 * bin's rows stand on the one below. The rows of the first bin, which has two edges, are divided so that the mean is that
 * of the column.
 */
export function wholeNumbers({ edges, counts, mean, count }: NumberProfile) {
  const [low, high] = edges;
  if (low === undefined || high === undefined || mean === null || !Number.isInteger(low)) return undefined;
  const canHold = (edge: number, i: number): boolean =>
    i === 0 || counts[i - 1] === 0 || Number.isInteger(edge) || holdsOneWhole(edges[i - 1]!, edge, i === 1);
  if (!edges.every(canHold)) return undefined;
  const points = counts.slice(1).map((rows, i) => ({ value: Math.floor(edges[i + 2]!), count: rows }));
  const others = points.reduce((sum, { value, count }) => sum + value * count, 0);
  const first = counts[0]!;
  const isSplit = Number.isInteger(high) && high > low;
  const exact = isSplit ? (first * high + others - mean * count) / (high - low) : first;
  const onLow = Math.min(first, Math.max(0, exact));
  const off = onLow * low + (first - onLow) * high + others - mean * count;
  if (Math.abs(off) > tolerated * count * (edges.at(-1)! - low)) return undefined;
  return [{ value: low, count: onLow }, { value: high, count: first - onLow }, ...points].filter(
    (point) => point.count > 0,
  );
}

/** Does (from, to] hold one whole number and no other? The first bin holds `from` too, which is whole. */
const holdsOneWhole = (from: number, to: number, isFirst: boolean): boolean =>
  to - from < 1 && (isFirst || Math.floor(to) > from);

/** `seats` levels in proportion to their counts, by largest remainders; ties to the more frequent. */
function apportion(levels: readonly { level: string; count: number }[], seats: number): string[] {
  const total = levels.reduce((all, { count }) => all + count, 0);
  const quotas = levels.map(({ level, count }, order) => ({
    level,
    order,
    exact: (seats * count) / Math.max(1, total),
  }));
  const given = quotas.map(({ exact }) => Math.floor(exact));
  const left = seats - given.reduce((all, n) => all + n, 0);
  const byRemainder = [...quotas].sort((a, b) => (b.exact % 1) - (a.exact % 1) || a.order - b.order);
  for (const { order } of byRemainder.slice(0, left)) given[order]!++;
  return quotas.flatMap(({ level, order }) => new Array<string>(given[order]!).fill(level));
}
