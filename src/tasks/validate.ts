/**
 * Holds a table against a contract and says, with counts and rows but no values, where it is broken.
 *
 * A missing column is looked for under other names, by its name and by its values; the columns that are there are checked all
 * the same. With what the training rows held, columns whose names were swapped are told too.
 */
import { countOf, listNames, printable } from '../base/text.ts';
import { type Break, missingColumns, unseenRows, usedColumns } from '../data/check.ts';
import { type Contract, ruleOf } from '../data/contract.ts';
import { withEventColumns } from '../data/events/event-contract.ts';
import type { Misplaced, Renamed } from '../data/renamed.ts';
import type { Source } from '../data/source.ts';
import { type Customers, duplicateIds, loadCustomers } from '../data/sources/customers.ts';
import { openCustomers } from '../data/sources/events.ts';
import { isMissing } from '../table/column.ts';
import { findColumn } from '../table/table.ts';
import { candidatesIn, fitsOf, misplacedColumns, type SeenColumns } from './validate-names.ts';

export interface BreakSummary {
  readonly column: string;
  readonly code: Break['code'] | 'duplicate-id';
  /** The rule, in words. */
  readonly reason: string;
  readonly rows: number;
  /** The first rows, counted from 1. */
  readonly first: readonly number[];
}

export interface Validation {
  readonly valid: boolean;
  readonly rows: number;
  readonly missingColumns: readonly Renamed[];
  /** Columns that hold what another held in training. */
  readonly misplacedColumns: readonly Misplaced[];
  readonly unknownColumns: readonly string[];
  readonly breaks: readonly BreakSummary[];
  /** Rows whose id stands in an earlier row. */
  readonly duplicateIds: number;
  /** Accepted, counted: values missing and levels not seen in training, by column. */
  readonly missing: Readonly<Record<string, number>>;
  readonly unseen: Readonly<Record<string, number>>;
  readonly remarks: readonly string[];
}

const firstRows = 5;

/** `seen`: what the training rows held, of a saved model's reference; without it names and rules are all that is known. */
export async function validateTable(
  path: string,
  project: Contract,
  seen: SeenColumns = {},
): Promise<Validation> {
  const contract = withEventColumns(project);
  const source = await openCustomers(path, contract, { label: false, cutoff: 'latest' });
  try {
    const absent = await lookForMissing(source, contract, seen);
    const rest = without(
      contract,
      absent.map(({ column }) => column),
    );
    const customers = await loadCustomers(source, rest, { target: 'optional' });
    const { check, table, ids } = customers;
    const unreadable = check.broken.filter(({ code }) => code === 'unreadable');
    const misplaced = await misplacedColumns(source, rest, { table, unreadable }, seen);
    const repeated = ids ? duplicateIds(ids, firstRows) : { count: 0, rows: [] };
    const breaks = [
      ...summariseBreaks(check.broken),
      ...(repeated.count === 0
        ? []
        : [
            {
              column: contract.id!,
              code: 'duplicate-id' as const,
              reason: 'the id of an earlier row',
              rows: repeated.count,
              first: repeated.rows.map((row) => row + 1),
            },
          ]),
    ].sort((a, b) => b.rows - a.rows);
    const claimed = new Set(absent.map(({ nearest }) => nearest));
    const ignored = customers.unknownColumns.filter((name) => !claimed.has(name));
    return {
      valid: absent.length === 0 && misplaced.length === 0 && breaks.length === 0,
      rows: source.rowCount,
      missingColumns: absent,
      misplacedColumns: misplaced,
      unknownColumns: ignored,
      breaks,
      duplicateIds: repeated.count,
      missing: check.missing,
      unseen: check.unseen,
      remarks: [
        ...countRemarks(check, { first: firstOf(customers, rest) }),
        ...(ignored.length > 0 ? [`not in the contract, ignored: ${listNames(ignored.map(printable))}`] : []),
      ],
    };
  } finally {
    await source.close();
  }
}

async function lookForMissing(source: Source, contract: Contract, seen: SeenColumns): Promise<Renamed[]> {
  const names = source.columns.map((column) => column.name);
  const absent = missingColumns(contract, names);
  if (absent.length === 0) return [];
  const wanted = absent.map(({ column }) => column);
  const fitOf = await fitsOf(source, contract, wanted, candidatesIn(source, contract), seen);
  return missingColumns(contract, names, fitOf);
}

/** The contract without columns that are not there: the others are checked all the same. */
function without(contract: Contract, absent: readonly string[]): Contract {
  if (absent.length === 0) return contract;
  const { id, ...rest } = contract;
  return {
    ...rest,
    ...(id !== undefined && !absent.includes(id) && { id }),
    columns: Object.fromEntries(Object.entries(contract.columns).filter(([name]) => !absent.includes(name))),
  };
}

/** The first rows, from 1, without a value and with an unseen level. */
function firstOf({ table, check }: Customers, contract: Contract): FirstRows {
  const failed = new Set(
    check.broken.filter(({ code }) => code === 'unreadable').map(({ row, column }) => `${row} ${column}`),
  );
  const first: { missing: Record<string, number[]>; unseen: Record<string, number[]> } = {
    missing: {},
    unseen: {},
  };
  for (const [name] of usedColumns(contract)) {
    const column = findColumn(table, name);
    const rule = ruleOf(contract.columns, name);
    if (!column || !rule) continue;
    const rows: number[] = [];
    for (let row = 0; row < table.rowCount && rows.length < firstRows; row++)
      if (isMissing(column, row) && !failed.has(`${row} ${name}`)) rows.push(row + 1);
    first.missing[name] = rows;
    if (column.kind === 'category')
      first.unseen[name] = unseenRows(column, rule)
        .slice(0, firstRows)
        .map((row) => row + 1);
  }
  return first;
}

/** Breaks by column and code, most rows first. */
export function summariseBreaks(broken: readonly Break[]): BreakSummary[] {
  const groups = new Map<string, BreakSummary & { rows: number; first: number[] }>();
  for (const { column, code, row, reason } of broken) {
    const key = `${code} ${column}`;
    const group = groups.get(key) ?? { column, code, reason, rows: 0, first: [] };
    group.rows++;
    if (group.first.length < firstRows) group.first.push(row + 1);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.rows - a.rows);
}

interface FirstRows {
  readonly missing: Readonly<Record<string, readonly number[]>>;
  readonly unseen: Readonly<Record<string, readonly number[]>>;
}

/** What was accepted but is worth knowing, as sentences; `imputed`: the columns whose missing values something stands in for. */
export function countRemarks(
  check: {
    readonly missing: Readonly<Record<string, number>>;
    readonly unseen: Readonly<Record<string, number>>;
  },
  { imputed = new Set(), first }: { readonly imputed?: ReadonlySet<string>; readonly first?: FirstRows } = {},
): string[] {
  const say = (
    counts: Readonly<Record<string, number>>,
    what: (column: string) => string,
    rowsOf: FirstRows['missing'] = {},
  ): string[] =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([column, count]) => {
        const rows = Object.hasOwn(rowsOf, column) ? rowsOf[column]! : [];
        const where = rows.length > 0 ? `, first ${count === 1 ? 'row' : 'rows'} ${rows.join(', ')}` : '';
        return `${printable(column)}: ${countOf(count, 'row')} ${what(column)}${where}`;
      });
  return [
    ...say(
      check.missing,
      (column) => `without a value${imputed.has(column) ? ', imputed' : ''}`,
      first?.missing,
    ),
    ...say(check.unseen, () => 'with a level that training did not see, encoded as unknown', first?.unseen),
  ];
}
