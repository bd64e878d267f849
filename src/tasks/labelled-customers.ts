/** From what was read to a data set that can be parted: labels, names, groups and times of the rows together. */
import { DataError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Contract } from '../data/contract.ts';
import { cutoffColumn } from '../data/events/event-contract.ts';
import type { Customers } from '../data/sources/customers.ts';
import type { SplitSection } from '../data/splits/section.ts';
import { type Column, missingCount, valueAt } from '../table/column.ts';
import { createDataset, type Dataset } from '../table/dataset.ts';
import { findColumn } from '../table/table.ts';

/** The columns that splitting needs whatever their use: hand them to `loadCustomers`. */
export const splitColumns = (contract: Contract, split: SplitSection): readonly string[] =>
  [
    ...[split.group, split.time].filter((name) => name !== undefined && name !== contract.id),
    ...(contract.events?.cutoffs === undefined ? [] : [cutoffColumn]),
  ] as string[];

/**
 * Rows that are to be parted must say by what: `required`. Rows that are only judged need not.
 *
 * A back-test has a customer once for each cutoff: such a row is named by both.
 */
export function labelledCustomers(
  loaded: Customers,
  contract: Contract,
  split: SplitSection,
  required: boolean,
): Dataset {
  const columnOf = (key: 'group' | 'time' | 'cutoff', name: string): Column | null => {
    const column = findColumn(loaded.table, name) ?? findColumn(loaded.others, name);
    const missing = column ? missingCount(column) : 0;
    if (column && missing === 0) return column;
    if (required) refuse(key, name, column === undefined ? null : missing, loaded.table.rowCount);
    return null;
  };
  const { group, time } = split;
  const groups =
    group === undefined
      ? null
      : group === contract.id
        ? loaded.ids && codesOf(loaded.ids)
        : groupsOf(columnOf('group', group));
  const cutoffs = contract.events?.cutoffs === undefined ? null : timesOf(columnOf('cutoff', cutoffColumn));
  const ids =
    loaded.ids && (cutoffs ? loaded.ids.map((id, row) => rowName(id, isoDay(cutoffs[row]!))) : loaded.ids);
  return createDataset(loaded.table, loaded.labels!, {
    ids,
    groups,
    times: time === undefined ? null : timesOf(columnOf('time', time)),
    referenceDate: contract.referenceDate === undefined ? null : Date.parse(contract.referenceDate),
  });
}

/** What names a row of a back-test. */
export const rowName = (customer: string, day: string): string => `${customer} at ${day}`;

/** The customer and the day that a row of a back-test is named by. */
export function namesOfRow(name: string): { readonly customer: string; readonly day: string | null } {
  const [, customer, day] = /^(.*) at (\d{4}-\d{2}-\d{2})$/s.exec(name) ?? [];
  return customer === undefined ? { customer: name, day: null } : { customer, day: day! };
}

const isoDay = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

const rowsOf = (column: Column): number =>
  column.kind === 'category' ? column.codes.length : column.values.length;

const timesOf = (column: Column | null): Float64Array | null =>
  column?.kind === 'time' ? Float64Array.from(column.values) : null;

const groupsOf = (column: Column | null): Int32Array | null =>
  column && codesOf(Array.from({ length: rowsOf(column) }, (_, row) => valueAt(column, row)));

/** A code from 0 for each different value, in the order of the rows. */
function codesOf(values: readonly unknown[]): Int32Array {
  const codes = new Map<unknown, number>();
  return Int32Array.from(values, (value) => {
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
}

function refuse(key: string, name: string, missing: number | null, rows: number): never {
  const what =
    missing === null
      ? 'the data have no such column, by which rows are to be parted'
      : `is missing or cannot be read in ${missing} of ${rows} rows, by which rows are to be parted`;
  throw new DataError(
    'data.split-column',
    `split.${key}: ${printable(name)}: ${what}; fill it in, take such rows out with a clean step, or name another column`,
    { column: name, rows: missing ?? rows },
  );
}
