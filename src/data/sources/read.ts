/** Reads columns of an opened file whole, into typed arrays in shared memory. */
import { ColumnError, type HoldfastError } from '../../base/errors.ts';
import { didYouMean, printable } from '../../base/text.ts';
import { createTable } from '../../table/table.ts';
import type { ReadColumn, ReadResult } from '../source.ts';
import * as cell from './cell-sql.ts';
import type { Engine } from './duckdb.ts';
import { type ColumnPlan, columnPlan, type Levels, type Taken } from './read-column.ts';
import type { Relation, StoredColumn } from './relation.ts';

/** DuckDB plans a query in a time that grows with the square of its columns. */
const columnsAtOnce = 32;

/** A column that was asked for, and where it is. */
export interface Wanted {
  readonly column: ReadColumn;
  readonly stored: StoredColumn;
}

export async function readColumns(
  who: string,
  engine: Engine,
  relation: Relation,
  columns: readonly ReadColumn[],
  nextName: () => string,
  broken: () => HoldfastError,
): Promise<ReadResult> {
  const wanted = wantedColumns(who, relation, columns);
  const taken: Taken[] = [];
  for (let at = 0; at < wanted.length; at += columnsAtOnce) {
    const some = wanted.slice(at, at + columnsAtOnce);
    taken.push(...(await readSome(engine, relation.rowCount, some, nextName, broken)));
  }
  return resultOf(taken, relation.rowCount);
}

/** The columns as a table, and what could not be read. */
export const resultOf = (taken: readonly Taken[], rowCount: number): ReadResult => ({
  table: createTable(
    taken.map(({ column }) => column),
    rowCount,
  ),
  unreadable: taken.flatMap(({ column, unreadable }) =>
    unreadable.map((row) => ({ column: column.name, row })),
  ),
});

async function readSome(
  engine: Engine,
  rows: number,
  wanted: readonly Wanted[],
  nextName: () => string,
  broken: () => HoldfastError,
): Promise<Taken[]> {
  const categories = wanted.filter(
    ({ column, stored }) => column.kind === 'category' && !stored.isFractional,
  );
  const levels = await readLevels(
    engine,
    categories.map(({ stored }) => stored),
    nextName,
  );
  const plans = wanted.map(({ column, stored }) => columnPlan(column, stored, levels.get(stored.sql)));
  const takings = plans.map((plan) => plan.begin(rows));
  let at = 0;
  await engine.stream(selectOf(wanted, plans), (vectors, count) => {
    // More rows than were counted would not fit.
    if (at + count > rows) throw broken();
    for (let c = 0; c < takings.length; c++) takings[c]!.take([vectors[c]!], 0, at, count);
    at += count;
  });
  if (at !== rows) throw broken();
  for (const { type } of levels.values()) if (type) await engine.query(`drop type ${type}`);
  return takings.map((taking) => taking.finish());
}

/** The query whose vectors are those of the plans, one after the other. */
export function selectOf(wanted: readonly Wanted[], plans: readonly ColumnPlan[]): string {
  const stored = [...new Set(wanted.map((one) => one.stored))];
  const trims = stored.map(({ sql, text }) => `${sql}, ${cell.trimmedSql(text)} as t${sql}`).join(', ');
  const casts = stored.map(({ sql }) => `${cell.castSql(`t${sql}`)} as d${sql}`).join(', ');
  const select = plans.flatMap(({ sql }) => sql).join(', ');
  return `select ${select} from (select *, ${casts} from (select ${trims} from source))`;
}

export function wantedColumns(who: string, relation: Relation, columns: readonly ReadColumn[]): Wanted[] {
  return columns.map((column) => ({ column, stored: storedOf(who, relation, column.name) }));
}

function storedOf(who: string, relation: Relation, name: string): StoredColumn {
  const found = relation.columns.find((column) => column.name === name);
  if (found) return found;
  const known = relation.columns.map((column) => column.name);
  throw new ColumnError(
    'column.missing',
    `${who}: column ${printable(name)} is missing${didYouMean(name, known)}; use one of its ${known.length} columns`,
    { column: name },
  );
}

/** The distinct texts of columns, found in one pass, each as an enum type. */
async function readLevels(
  engine: Engine,
  columns: readonly StoredColumn[],
  nextName: () => string,
): Promise<Map<string, Levels>> {
  const levels = new Map<string, Levels>();
  if (columns.length === 0) return levels;
  const found = nextName();
  const lists = columns.map(
    ({ sql }) =>
      `coalesce(list(distinct ${cell.levelSql(`t${sql}`)}) filter (${cell.levelSql(`t${sql}`)} is not null), []) as ${sql}`,
  );
  const trims = columns.map(({ sql, text }) => `${cell.trimmedSql(text)} as t${sql}`);
  await engine.query(
    `create table ${found} as select ${lists.join(', ')} from (select ${trims.join(', ')} from source)`,
  );
  for (const { sql } of columns) {
    if (levels.has(sql)) continue;
    const texts = (await engine.query(`select unnest(list_sort(${sql})) from ${found}`)).map((row) =>
      String(row[0]),
    );
    const type = texts.length > 0 ? nextName() : null;
    if (type)
      await engine.query(`create type ${type} as enum (select unnest(list_sort(${sql})) from ${found})`);
    levels.set(sql, { type, texts });
  }
  await engine.query(`drop table ${found}`);
  return levels;
}
