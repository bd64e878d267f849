/**
 * Typical values of each column, from the reference profile: what one customer is explained against.
 *
 * Numbers: the middles of `size` bins of equal mass. Levels: as many of the `size` values as their share
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
import { type ColumnProfile, histogramQuantile, type Reference } from './reference.ts';

export function backgroundOf(reference: Reference, size = 16): Table {
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
      const values = Array.from({ length: present }, (_, i) =>
        histogramQuantile(profile, (i + 0.5) / present),
      );
      const column = profile.kind === 'time' ? timeColumn : numberColumn;
      return column(name, [...values, ...absent]);
    }
  }
}

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
