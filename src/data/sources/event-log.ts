/** One event log, read into arrays of numbers: who, when, worth, order, known. Rows without customer or time are left out. */
import { DataError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { CategoryColumn, Column } from '../../table/column.ts';
import { findColumn, type Table } from '../../table/table.ts';
import { missingTokens } from '../cells.ts';
import { dayMs, type EventLog } from '../events/section.ts';
import type { ReadColumn, ReadResult, Source } from '../source.ts';
import { openSource } from './open.ts';

export interface LogRows {
  readonly who: string;
  /** Codes into `customers`. */
  readonly customer: Int32Array;
  /** Sorted by code unit. */
  readonly customers: readonly string[];
  /** Epoch milliseconds. */
  readonly time: Float64Array;
  /** NaN where missing, everywhere in a log without a value. */
  readonly worth: Float64Array;
  /** Codes of orders; without an order column the number of the day. */
  readonly order: Int32Array;
  /** Epoch milliseconds, NaN where not known; null for a log that doesn't say. */
  readonly known: Float64Array | null;
  /** Rows of the file without a customer or a time. */
  readonly skipped: number;
  readonly rows: number;
  readonly facts: Pick<Source, 'format' | 'encoding' | 'hash' | 'notes'>;
}

type Log = Omit<EventLog, 'name' | 'window'>;

export async function readLog(path: string, log: Log): Promise<LogRows> {
  const who = printable(log.source);
  const source = await openSource(path);
  try {
    const read = await source.read(logColumns(log));
    refuseUnreadable(who, read);
    const { format, encoding, hash, notes } = source;
    return { who, ...rowsOf(log, read.table), facts: { format, encoding, hash, notes } };
  } finally {
    await source.close();
  }
}

/** The columns of a log; the section refuses one that plays two parts. */
function logColumns(log: Log): ReadColumn[] {
  const time = (name: string): ReadColumn => ({
    name,
    kind: 'time',
    ...(log.dateFormat !== undefined && { dateFormat: log.dateFormat }),
  });
  return [
    { name: log.customer, kind: 'category' },
    time(log.time),
    ...(log.knownAt === undefined ? [] : [time(log.knownAt)]),
    ...(log.value === undefined ? [] : [{ name: log.value, kind: 'number' } as const]),
    ...(log.quantity === undefined ? [] : [{ name: log.quantity, kind: 'number' } as const]),
    ...(log.order === undefined ? [] : [{ name: log.order, kind: 'category' } as const]),
  ];
}

function refuseUnreadable(who: string, { unreadable, table }: ReadResult): void {
  const first = unreadable[0];
  if (!first) return;
  const count = unreadable.filter(({ column }) => column === first.column).length;
  throw new DataError(
    'events.log',
    `${who}: ${printable(first.column)} cannot be read in ${count} of ${table.rowCount} rows, first at row ${first.row + 1}; repair the log, or say in data.events.dateFormat how its times are written`,
    { column: first.column, rows: count, first: first.row + 1 },
  );
}

function rowsOf(log: Log, table: Table): Omit<LogRows, 'who' | 'facts'> {
  const customers = named(category(findColumn(table, log.customer)));
  const time = numbers(findColumn(table, log.time))!;
  const known = log.knownAt === undefined ? null : numbers(findColumn(table, log.knownAt))!;
  const value = log.value === undefined ? null : numbers(findColumn(table, log.value));
  const quantity = log.quantity === undefined ? null : numbers(findColumn(table, log.quantity));
  const order = log.order === undefined ? null : named(category(findColumn(table, log.order))).codes;
  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row).filter(
    (row) => customers.codes[row]! >= 0 && !Number.isNaN(time[row]),
  );
  const pick = (of: (row: number) => number): Float64Array => Float64Array.from(rows, of);
  return {
    customer: Int32Array.from(rows, (row) => customers.codes[row]!),
    customers: customers.levels,
    time: pick((row) => time[row]!),
    worth: pick((row) => (value ? value[row]! * (quantity ? quantity[row]! : 1) : Number.NaN)),
    // Rows without an order are one order a day, below every code of an order.
    order: Int32Array.from(rows, (row) => {
      const day = Math.floor(time[row]! / dayMs);
      if (!order) return day;
      return order[row]! >= 0 ? order[row]! : -1_000_000_000 - day;
    }),
    known: known && pick((row) => known[row]!),
    skipped: table.rowCount - rows.length,
    rows: table.rowCount,
  };
}

/** Without the levels that other tools write for a missing value: they name nobody and no order. */
function named({ codes, levels }: CategoryColumn): Pick<CategoryColumn, 'codes' | 'levels'> {
  const kept = levels.filter((level) => !missingTokens.includes(level));
  if (kept.length === levels.length) return { codes, levels };
  const codeOf = new Map(kept.map((level, code) => [level, code]));
  const newCode = Int32Array.from(levels, (level) => codeOf.get(level) ?? -1);
  return { codes: codes.map((code) => (code < 0 ? -1 : newCode[code]!)), levels: kept };
}

function category(column: Column | undefined): CategoryColumn {
  if (column?.kind === 'category') return column;
  throw new TypeError('a category was asked for');
}

const numbers = (column: Column | undefined): Float64Array | null =>
  column?.kind === 'number' || column?.kind === 'time' ? column.values : null;
