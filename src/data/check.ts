/**
 * Holds a table against its contract: which rows break it, and what is accepted but worth counting.
 *
 * A row breaks where a value cannot be read as its kind, is missing though not `nullable`, lies outside `min` and
 * `max`, or is a level outside a `closed` list. Reasons name rules, never values. O(rows x columns).
 */
import { countOf, printable } from '../base/text.ts';
import { type CategoryColumn, isMissing, missingCount } from '../table/column.ts';
import { findColumn } from '../table/table.ts';
import { levelSpelling, scalarText } from './cells.ts';
import type { ColumnContract, Contract } from './contract.ts';
import { type FitOf, findRenamed, type Renamed } from './renamed.ts';
import type { ReadResult } from './source.ts';

export const breakCodes = ['unreadable', 'missing', 'below-min', 'above-max', 'unseen-level'] as const;
export type BreakCode = (typeof breakCodes)[number];

export interface Break {
  /** 0-based, in the order of the file. */
  readonly row: number;
  readonly code: BreakCode;
  readonly column: string;
  readonly reason: string;
}

export interface ContractCheck {
  readonly rows: number;
  /** By row, then in the order of the contract, the id first. */
  readonly broken: readonly Break[];
  /** Rows without a value, by column, accepted or not; unreadable ones are not among them. */
  readonly missing: Readonly<Record<string, number>>;
  /** Rows with a level that the contract does not name, by column, accepted or not. */
  readonly unseen: Readonly<Record<string, number>>;
}

const none: ReadonlySet<number> = new Set();

/** Checks the columns of a contract that were read. `ids`: texts, null where missing, checked as never nullable. */
export function checkTable(
  contract: Contract,
  read: ReadResult,
  ids: readonly (string | null)[] | null = null,
): ContractCheck {
  const found: Break[] = [];
  const missing: [string, number][] = [];
  const unseen: [string, number][] = [];
  const unreadableRows = new Map<string, Set<number>>();
  for (const { column, row } of read.unreadable) {
    const rows = unreadableRows.get(column);
    if (rows) rows.add(row);
    else unreadableRows.set(column, new Set([row]));
  }
  ids?.forEach((id, row) => {
    if (id === null) found.push({ row, code: 'missing', column: contract.id!, reason: 'the id is missing' });
  });
  for (const [name, rule] of Object.entries(contract.columns)) {
    const column = findColumn(read.table, name);
    if (!column) continue;
    const unreadable = unreadableRows.get(name) ?? none;
    for (const row of unreadable) {
      found.push({
        row,
        code: 'unreadable',
        column: name,
        reason: `not readable as ${kindInWords[rule.kind]}`,
      });
    }
    const absent = missingCount(column);
    missing.push([name, absent - unreadable.size]);
    if (!rule.nullable && absent > 0) {
      for (let row = 0; row < read.table.rowCount; row++) {
        if (!isMissing(column, row) || unreadable.has(row)) continue;
        found.push({ row, code: 'missing', column: name, reason: 'missing, and the column is not nullable' });
      }
    }
    if (column.kind === 'number') for (const one of outOfBounds(name, column.values, rule)) found.push(one);
    if (column.kind === 'category' && rule.levels) {
      const rows = unseenRows(column, rule);
      unseen.push([name, rows.length]);
      const reason = 'not one of the levels of a closed list';
      if (rule.closed)
        for (const row of rows) found.push({ row, code: 'unseen-level', column: name, reason });
    }
  }
  // A stable sort: within a row the order found, which is the contract's.
  found.sort((a, b) => a.row - b.row);
  return {
    rows: read.table.rowCount,
    broken: found,
    missing: Object.fromEntries(missing),
    unseen: Object.fromEntries(unseen),
  };
}

/** `TotalCharges is missing in 11 of 7043 rows, first at row 489 ...`: the first kind of break, and how many others. */
export function breakSummary(broken: readonly Break[], rows: number): string {
  const first = broken[0];
  if (!first) return `all ${rows} rows keep it`;
  const alike = broken.filter(({ code, column }) => code === first.code && column === first.column);
  const others = new Set(broken.map(({ code, column }) => JSON.stringify([code, column]))).size - 1;
  const more = others > 0 ? `; ${countOf(others, 'other kind')} of break besides` : '';
  const where = `in ${alike.length} of ${rows} rows, first at row ${first.row + 1}`;
  return `${printable(first.column)} is ${first.reason.replace('the id is ', '')} ${where}${more}; ${remedies[first.code]}`;
}

/**
 * The columns that a contract needs (features, segments, the id) and the data does not have, each with a column of the
 * data that the contract does not name and that may be it: by its name, and by its values where `fitOf` knows them.
 */
export function missingColumns(contract: Contract, columns: readonly string[], fitOf?: FitOf): Renamed[] {
  const present = new Set(columns);
  const absent = neededColumns(contract).filter((name) => !present.has(name));
  return findRenamed(absent, unknownColumns(contract, columns), fitOf);
}

/** The columns of the data that the contract does not name. */
export function unknownColumns(contract: Contract, columns: readonly string[]): string[] {
  const named = new Set([...Object.keys(contract.columns), contract.target.column, contract.id]);
  return columns.filter((name) => !named.has(name));
}

/** Features and segments in the order of the contract: what is read for a model. The id and target are neither. */
export function usedColumns(contract: Contract): [name: string, rule: ColumnContract][] {
  return Object.entries(contract.columns).filter(
    ([name, rule]) => rule.use !== 'none' && name !== contract.id && name !== contract.target.column,
  );
}

function neededColumns(contract: Contract): string[] {
  const used = usedColumns(contract).map(([name]) => name);
  return contract.id === undefined ? used : [contract.id, ...used];
}

const kindInWords = {
  number: 'a number',
  category: 'a category',
  boolean: 'true or false',
  time: 'a date or time',
  text: 'text',
} as const;

const remedies: Readonly<Record<BreakCode, string>> = {
  unreadable:
    'repair the rows, take such values for missing (clean: unreadable-as-missing), or change the kind of the column',
  missing: 'repair the rows, or set nullable: true',
  'below-min': 'repair the rows, or change min where it is wrong',
  'above-max': 'repair the rows, or change max where it is wrong',
  'unseen-level': 'repair the rows, add the level, or set closed: false',
};

function outOfBounds(column: string, values: Float64Array, { min, max }: ColumnContract): Break[] {
  const found: Break[] = [];
  // NaN, a missing value, is neither below nor above.
  for (let row = 0; row < values.length; row++) {
    if (min !== undefined && values[row]! < min) {
      found.push({ row, code: 'below-min', column, reason: `below the minimum ${min}` });
    } else if (max !== undefined && values[row]! > max) {
      found.push({ row, code: 'above-max', column, reason: `above the maximum ${max}` });
    }
  }
  return found;
}

/** Rows whose level the contract does not name, 0-based; none without `levels`. */
export function unseenRows(column: CategoryColumn, rule: ColumnContract): number[] {
  if (!rule.levels) return [];
  const spelling = levelSpelling(rule.levels);
  const known = new Set(rule.levels.map(scalarText));
  const isUnseen = column.levels.map((level) => !known.has(spelling(level)));
  const rows: number[] = [];
  column.codes.forEach((code, row) => {
    if (code >= 0 && isUnseen[code]) rows.push(row);
  });
  return rows;
}
