/** Reads customers as a contract describes them: features and segments, who left, ids, and what breaks the contract. */
import { ContractError, DataError } from '../../base/errors.ts';
import { countOf, didYouMean, listNames, printable } from '../../base/text.ts';
import type { CategoryColumn, Column } from '../../table/column.ts';
import { churnedCount } from '../../table/dataset.ts';
import { createTable, findColumn, selectColumns, type Table } from '../../table/table.ts';
import { isScalar, missingTokens } from '../cells.ts';
import { type ContractCheck, checkTable, missingColumns, unknownColumns, usedColumns } from '../check.ts';
import type { CleanSection } from '../clean/section.ts';
import { type CleanNote, cleanColumns, cleanTable } from '../clean-table.ts';
import { type ColumnContract, type Contract, ruleOf } from '../contract.ts';
import { type Outcome, outcomesOf } from '../outcomes.ts';
import type { ReadColumn, ReadResult, Source } from '../source.ts';

export interface Customers {
  /** Features and segments in the order of the contract; a value that cannot be read is missing here. */
  readonly table: Table;
  /** The columns that were asked for beside them, those that the source has. */
  readonly others: Table;
  /**
   * 1 where the target is the churned value, else 0. Null with `target: 'optional'` when the target column is
   * absent or empty in some rows, and with `target: 'ignored'`.
   */
  readonly labels: Uint8Array | null;
  /** What the target holds, the most frequent first; empty without a target column. */
  readonly outcomes: readonly Outcome[];
  /** As the source wrote them, '' where missing (which is a break); null without an id column. */
  readonly ids: readonly string[] | null;
  readonly check: ContractCheck;
  /** Where each row stands in the source, from 0; repairs may have taken rows out between. */
  readonly places: Int32Array;
  /** What the repairs did; empty without any. */
  readonly notes: readonly CleanNote[];
  /** How many values each repair of single values changed, by its place among the repairs. */
  readonly changed: ReadonlyMap<number, number>;
  /** Columns of the source that the contract does not name. */
  readonly unknownColumns: readonly string[];
}

export interface LoadOptions {
  /** Whether the target must be there; ignored: it is not read. */
  readonly target: 'required' | 'optional' | 'ignored';
  /** Repairs applied before the contract is checked; for rows to score only those of single values. */
  readonly clean?: CleanSection;
  /** Columns of the contract to read whatever their use. */
  readonly also?: readonly string[];
}

export async function loadCustomers(
  source: Source,
  contract: Contract,
  options: LoadOptions,
): Promise<Customers> {
  const wanted = columnsToRead(source, contract, options);
  return customersOf(await source.read(wanted), source, contract, options);
}

/** Customers whose rows follow each other in the source; rows are named by their places in it. */
export interface SomeCustomers extends Customers {
  /** Where the first one stands in the source, from 0. */
  readonly from: number;
}

/**
 * The same customers in pieces of `rows`, whose memory does not grow with the source. Only with repairs of single values:
 * others know all rows. Counts and notes are those of each piece.
 */
export async function* eachCustomers(
  source: Source,
  contract: Contract,
  options: LoadOptions,
  rows: number,
): AsyncGenerator<SomeCustomers, void, undefined> {
  const wanted = columnsToRead(source, contract, options);
  for await (const { from, ...read } of source.chunks(wanted, rows))
    yield { from, ...customersOf(read, source, contract, options, from) };
}

/** The columns that the contract needs, and those of repairs and splits. */
function columnsToRead(
  source: Source,
  contract: Contract,
  { target, clean = [], also = [] }: LoadOptions,
): ReadColumn[] {
  const names = source.columns.map((column) => column.name);
  refuseMissing(contract, names);
  const targetName = contract.target.column;
  const hasTarget = names.includes(targetName);
  if (!hasTarget && target === 'required') {
    throw new DataError(
      'data.no-target',
      `${printable(targetName)}: the table has no such target column${didYouMean(targetName, names)}; name the column that says who left`,
      { column: targetName },
    );
  }
  const wanted: ReadColumn[] = usedColumns(contract).map(([name, rule]) => readColumn(name, rule));
  if (contract.id !== undefined) wanted.push({ name: contract.id, kind: 'text' });
  // One column may be both, in a contract written by hand.
  if (hasTarget && target !== 'ignored' && targetName !== contract.id)
    wanted.push({ name: targetName, kind: 'category' });
  wanted.push(...unusedColumns(cleanColumns(clean), contract, names, wanted));
  wanted.push(...unusedColumns(also, contract, names, wanted));
  return wanted;
}

function customersOf(
  read: ReadResult,
  source: Source,
  contract: Contract,
  { target, clean = [], also = [] }: LoadOptions,
  from = 0,
): Customers {
  const { table, unreadable, notes, changed, ...kept } = cleanTable(clean, read.table, read.unreadable);
  const places = from === 0 ? kept.places : kept.places.map((place) => from + place);
  const idTexts = textsOf(contract.id === undefined ? undefined : findColumn(table, contract.id));
  const used = usedColumns(contract);
  const features =
    used.length > 0
      ? selectColumns(
          table,
          used.map(([name]) => name),
        )
      : createTable([], table.rowCount);
  const targetColumn = target === 'ignored' ? undefined : findColumn(table, contract.target.column);
  const check = checkTable(contract, { table: features, unreadable }, idTexts);
  const others = table.columns.filter(({ name }) => also.includes(name));
  return {
    table: features,
    others: createTable(others, table.rowCount),
    labels: targetColumn?.kind === 'category' ? labelsOf(contract, targetColumn, target, places) : null,
    outcomes: targetColumn?.kind === 'category' ? outcomesOf(targetColumn, contract.target.churned) : [],
    ids: idTexts?.map((id) => id ?? '') ?? null,
    // A row is named by where it stands in the file.
    check: { ...check, broken: check.broken.map((one) => ({ ...one, row: places[one.row]! })) },
    places,
    notes,
    changed,
    unknownColumns: unknownColumns(
      contract,
      source.columns.map((column) => column.name),
    ),
  };
}

/** Columns that only a repair or a split needs: those of the contract that no model uses. */
function unusedColumns(
  needed: readonly string[],
  contract: Contract,
  names: readonly string[],
  wanted: readonly ReadColumn[],
): ReadColumn[] {
  return [...new Set(needed)]
    .filter((name) => names.includes(name) && !wanted.some((column) => column.name === name))
    .flatMap((name) => {
      const rule = ruleOf(contract.columns, name);
      return rule ? [readColumn(name, rule)] : [];
    });
}

/** Rows whose id stands in an earlier row: how many, and the first of them, 0-based. Missing ids are not compared. */
export function duplicateIds(ids: readonly string[], most = 5): { count: number; rows: readonly number[] } {
  const seen = new Set<string>();
  const rows: number[] = [];
  let count = 0;
  ids.forEach((id, row) => {
    if (id === '') return;
    if (seen.has(id)) {
      count++;
      if (rows.length < most) rows.push(row);
    }
    seen.add(id);
  });
  return { count, rows };
}

const readColumn = (name: string, { kind, levels, dateFormat }: ColumnContract): ReadColumn => ({
  name,
  kind,
  ...(levels && { levels }),
  ...(dateFormat !== undefined && { dateFormat }),
});

function refuseMissing(contract: Contract, names: readonly string[]): void {
  const absent = missingColumns(contract, names);
  if (absent.length === 0) return;
  const described = absent.map(({ column, nearest }) =>
    nearest === null ? printable(column) : `${printable(column)} (is it ${printable(nearest)}?)`,
  );
  throw new ContractError(
    'contract.missing-column',
    `contract: ${countOf(absent.length, 'column')} missing from the data: ${listNames(described, 20)}; add ${absent.length === 1 ? 'it' : 'them'}, or train a model without ${absent.length === 1 ? 'it' : 'them'}`,
    { columns: absent.map(({ column }) => column) },
  );
}

const textsOf = (column: Column | undefined): readonly (string | null)[] | null =>
  column?.kind === 'text' ? column.values : null;

function labelsOf(
  contract: Contract,
  column: CategoryColumn,
  target: LoadOptions['target'],
  places: Int32Array,
): Uint8Array | null {
  const { churned } = contract.target;
  const meaning = column.levels.map((level) => {
    if (isScalar(level, churned)) return 1;
    // A category may have a level "None", an outcome may not.
    return missingTokens.includes(level) ? -1 : 0;
  });
  const labels = new Uint8Array(column.codes.length);
  let empty = 0;
  let firstEmpty = -1;
  for (let row = 0; row < labels.length; row++) {
    const code = column.codes[row]!;
    const label = code < 0 ? -1 : meaning[code]!;
    if (label < 0) {
      if (empty === 0) firstEmpty = row;
      empty++;
    } else labels[row] = label;
  }
  const who = printable(column.name);
  if (empty > 0) {
    if (target === 'optional') return null;
    const first = places[firstEmpty]! + 1;
    throw new DataError(
      'data.target-empty',
      `${who}: the target is empty in ${empty} of ${labels.length} rows, first at row ${first}; remove the rows whose outcome is not known yet`,
      { column: column.name, rows: empty, first },
    );
  }
  const churnedRows = churnedCount(labels);
  if (target === 'required' && (churnedRows === 0 || churnedRows === labels.length)) {
    const all = churnedRows === 0 ? 'no row holds' : 'every row holds';
    throw new DataError(
      'data.one-class',
      `${who}: ${all} the churned value ${JSON.stringify(churned)}, so there is nothing to tell apart; add customers of the other outcome or correct target.churned`,
      { column: column.name, churned: churnedRows },
    );
  }
  return labels;
}
