/**
 * Looks at the values behind names: whether a missing column is there under another name, and whether columns hold what
 * others held in training. At most 20,000 rows, evenly, and 100 columns are looked at.
 */
import { unknownColumns } from '../data/check.ts';
import { contentsFit, type SeenValues } from '../data/contents-fit.ts';
import { type ColumnContract, type Contract, ruleOf } from '../data/contract.ts';
import { type FitOf, findMisplaced, type Misplaced, strangeFit } from '../data/renamed.ts';
import type { ReadResult, Source } from '../data/source.ts';
import { type Column, columnLength, takeFromColumn } from '../table/column.ts';
import { findColumn, type Table } from '../table/table.ts';

/** What the training rows held, by column; empty where only a contract is known. */
export type SeenColumns = Readonly<Record<string, SeenValues>>;

const mostRows = 20_000;
const mostColumns = 100;
/** With fewer, two samples of one column differ by more than 0.14 once in a thousand times. */
const leastRowsMisplaced = 200;

/** How well the values of columns of `source` fit those that `wanted` names, read as each of them is to be read. */
export async function fitsOf(
  source: Source,
  contract: Contract,
  wanted: readonly string[],
  candidates: readonly string[],
  seen: SeenColumns,
): Promise<FitOf> {
  const names = candidates.slice(0, mostColumns);
  const reads = new Map<string, ReadResult>();
  for (const name of wanted.slice(0, mostColumns)) {
    const rule = ruleOf(contract.columns, name);
    if (rule === undefined || rule.kind === 'text' || names.length === 0) continue;
    const key = formOf(rule);
    if (reads.has(key)) continue;
    const { kind, dateFormat } = rule;
    const columns = names.map((each) => ({
      name: each,
      kind,
      ...(dateFormat !== undefined && { dateFormat }),
    }));
    reads.set(key, await source.read(columns));
  }
  return (wantedName, candidate) => {
    const rule = ruleOf(contract.columns, wantedName);
    const read = rule && reads.get(formOf(rule));
    const column = read && findColumn(read.table, candidate);
    if (!column) return null;
    return fitOfSample(column, read.unreadable, rule, seenOf(seen, wantedName));
  };
}

/** Columns that seem to hold each other's values; `table`: the columns of the contract as they were read. */
export async function misplacedColumns(
  source: Source,
  contract: Contract,
  { table, unreadable }: { readonly table: Table; readonly unreadable: ReadResult['unreadable'] },
  seen: SeenColumns,
): Promise<Misplaced[]> {
  if (table.rowCount < leastRowsMisplaced) return [];
  const own: FitOf = (name) => {
    const rule = ruleOf(contract.columns, name);
    const column = findColumn(table, name);
    return rule && column ? fitOfSample(column, unreadable, rule, seenOf(seen, name)) : null;
  };
  const names = table.columns.map(({ name }) => name).slice(0, mostColumns);
  const ownFits = new Map(names.map((name) => [name, own(name, name)]));
  const strange = names.filter((name) => (ownFits.get(name) ?? 1) < strangeFit);
  if (strange.length < 2) return [];
  const others = await fitsOf(source, contract, strange, strange, seen);
  return findMisplaced(strange, (wanted, column) =>
    wanted === column ? ownFits.get(wanted)! : others(wanted, column),
  );
}

/** The columns that may be a missing one: those that the contract does not name. */
export const candidatesIn = (source: Source, contract: Contract): string[] =>
  unknownColumns(
    contract,
    source.columns.map(({ name }) => name),
  );

const formOf = ({ kind, dateFormat = '' }: ColumnContract): string => `${kind} ${dateFormat}`;

const seenOf = (seen: SeenColumns, name: string): SeenValues | undefined =>
  Object.hasOwn(seen, name) ? seen[name] : undefined;

function fitOfSample(
  column: Column,
  unreadable: ReadResult['unreadable'],
  rule: ColumnContract,
  seen: SeenValues | undefined,
): number | null {
  const rows = columnLength(column);
  const step = Math.ceil(rows / mostRows);
  const failed = unreadable.filter((cell) => cell.column === column.name && cell.row % step === 0).length;
  if (step <= 1) return contentsFit(column, failed, rule, seen);
  const some = Int32Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
  return contentsFit(takeFromColumn(column, some), failed, rule, seen);
}
