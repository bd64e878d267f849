/**
 * Streams columns of an opened file into typed arrays in shared memory.
 *
 * The casts are in SQL so that every vector is plain DOUBLE or INTEGER and is copied in one go: a million rows of
 * thirty columns take about a second. Categories become codes inside DuckDB, through an enum of their levels.
 */
import type { DuckDBVector } from '@duckdb/node-api';
import { ColumnError, type HoldfastError } from '../../base/errors.ts';
import { didYouMean, printable } from '../../base/text.ts';
import {
  byCodeUnit,
  type CategoryColumn,
  type Column,
  sharedBytes,
  sharedCodes,
  sharedFloats,
} from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { levelSpelling } from '../cells.ts';
import type { ReadColumn, ReadResult } from '../source.ts';
import * as cell from './cell-sql.ts';
import { type Engine, vectorItems } from './duckdb.ts';
import type { Relation, StoredColumn } from './relation.ts';

/** One column on its way: the SQL that makes it, and where its values go. */
interface Reading {
  readonly sql: string;
  take(vector: DuckDBVector, at: number, count: number): void;
  finish(): Finished;
}

interface Finished {
  readonly column: Column;
  /** Rows, in order. */
  readonly unreadable: readonly number[];
}

/** DuckDB plans a query in a time that grows with the square of its columns. */
const columnsAtOnce = 32;

interface Wanted {
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
  const wanted = columns.map((column) => ({ column, stored: storedOf(who, relation, column.name) }));
  const finished: Finished[] = [];
  for (let at = 0; at < wanted.length; at += columnsAtOnce) {
    const some = wanted.slice(at, at + columnsAtOnce);
    finished.push(...(await readSome(engine, relation.rowCount, some, nextName, broken)));
  }
  return {
    table: createTable(
      finished.map(({ column }) => column),
      relation.rowCount,
    ),
    unreadable: finished.flatMap(({ column, unreadable }) =>
      unreadable.map((row) => ({ column: column.name, row })),
    ),
  };
}

async function readSome(
  engine: Engine,
  rows: number,
  wanted: readonly Wanted[],
  nextName: () => string,
  broken: () => HoldfastError,
): Promise<Finished[]> {
  const categories = wanted.filter(
    ({ column, stored }) => column.kind === 'category' && !stored.isFractional,
  );
  const levels = await readLevels(
    engine,
    categories.map(({ stored }) => stored),
    nextName,
  );
  const readings = wanted.map(({ column, stored }) =>
    readingOf(column, stored, rows, levels.get(stored.sql)),
  );
  const stored = [...new Set(wanted.map((one) => one.stored))];
  const trims = stored.map(({ sql, text }) => `${sql}, ${cell.trimmedSql(text)} as t${sql}`).join(', ');
  const casts = stored.map(({ sql }) => `${cell.castSql(`t${sql}`)} as d${sql}`).join(', ');
  const select = readings.map((reading) => reading.sql).join(', ');
  let at = 0;
  await engine.stream(
    `select ${select} from (select *, ${casts} from (select ${trims} from source))`,
    (vectors, count) => {
      // More rows than were counted would not fit.
      if (at + count > rows) throw broken();
      for (let c = 0; c < readings.length; c++) readings[c]!.take(vectors[c]!, at, count);
      at += count;
    },
  );
  if (at !== rows) throw broken();
  for (const { type } of levels.values()) if (type) await engine.query(`drop type ${type}`);
  return readings.map((reading) => reading.finish());
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

interface Levels {
  /** Null when no row holds a value. */
  readonly type: string | null;
  readonly texts: readonly string[];
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

function readingOf(
  column: ReadColumn,
  stored: StoredColumn,
  rows: number,
  levels: Levels | undefined,
): Reading {
  const t = `t${stored.sql}`;
  switch (column.kind) {
    case 'number': {
      const sql = {
        text: () => cell.numberOfText(t, `d${stored.sql}`),
        number: () => cell.numberOfNumber(stored),
      };
      const own = stored.stored === 'text' || stored.stored === 'number' ? sql[stored.stored]() : undefined;
      return floats(column.name, 'number', own ?? cell.refusedNumber(stored), rows);
    }
    case 'time': {
      const sql = { text: () => cell.timeOfText(t, column.dateFormat), time: () => cell.timeOfTime(stored) };
      const own = stored.stored === 'text' || stored.stored === 'time' ? sql[stored.stored]() : undefined;
      return floats(column.name, 'time', own ?? cell.refusedNumber(stored), rows);
    }
    case 'boolean': {
      const sql = { text: () => cell.booleanOfText(t), boolean: () => cell.booleanOfBoolean(stored) };
      const own = stored.stored === 'text' || stored.stored === 'boolean' ? sql[stored.stored]() : undefined;
      return booleans(column.name, own ?? cell.refusedBoolean(stored), rows);
    }
    case 'category':
      return stored.isFractional
        ? numericLevels(column, stored, rows)
        : textLevels(column, t, levels ?? { type: null, texts: [] }, rows);
    case 'text':
      return stored.isFractional
        ? numericTexts(column.name, stored, rows)
        : texts(column.name, stored, t, rows);
  }
}

function floats(name: string, kind: 'number' | 'time', sql: string, rows: number): Reading {
  const values = sharedFloats(rows);
  const unreadable: number[] = [];
  return {
    sql,
    take: (vector, at, count) => {
      const items = vectorItems(vector);
      values.set(count === items.length ? items : items.subarray(0, count), at);
      for (let row = at; row < at + count; row++) {
        if (values[row] !== cell.unreadableNumber) continue;
        unreadable.push(row);
        values[row] = Number.NaN;
      }
    },
    finish: () => ({ column: { name, kind, values }, unreadable }),
  };
}

function booleans(name: string, sql: string, rows: number): Reading {
  const values = sharedBytes(rows);
  const unreadable: number[] = [];
  return {
    sql: `(${sql})::integer`,
    take: (vector, at, count) => {
      const items = vectorItems(vector);
      for (let i = 0; i < count; i++) {
        if (items[i] === cell.unreadableBoolean) unreadable.push(at + i);
        values[at + i] = Math.max(items[i]!, -1);
      }
    },
    finish: () => ({ column: { name, kind: 'boolean', values }, unreadable }),
  };
}

/** A category whose codes DuckDB finds. */
function textLevels(column: ReadColumn, t: string, levels: Levels, rows: number): Reading {
  const codes = sharedCodes(rows);
  return {
    sql: levels.type
      ? `coalesce(enum_code(try_cast(${cell.levelSql(t)} as ${levels.type}))::integer, -1)`
      : '-1::integer',
    take: (vector, at, count) => codes.set(vectorItems(vector).subarray(0, count), at),
    finish: () => ({ column: sortedLevels(column, codes, levels.texts), unreadable: [] }),
  };
}

/** A category stored as floating numbers: JavaScript writes the levels, the shortest text that is the number. */
function numericLevels(column: ReadColumn, stored: StoredColumn, rows: number): Reading {
  const codes = sharedCodes(rows);
  const codeOf = new Map<number, number>();
  return {
    sql: plainDouble(stored),
    take: (vector, at, count) => {
      const items = vectorItems(vector);
      for (let i = 0; i < count; i++) {
        const value = items[i]!;
        if (Number.isNaN(value)) {
          codes[at + i] = -1;
          continue;
        }
        let code = codeOf.get(value);
        if (code === undefined) {
          code = codeOf.size;
          codeOf.set(value, code);
        }
        codes[at + i] = code;
      }
    },
    finish: () => ({ column: sortedLevels(column, codes, [...codeOf.keys()].map(String)), unreadable: [] }),
  };
}

function texts(name: string, stored: StoredColumn, t: string, rows: number): Reading {
  const values: (string | null)[] = new Array(rows).fill(null);
  return {
    sql: `case when ${cell.levelSql(t)} is null then null else ${stored.text} end`,
    take: (vector, at, count) => {
      for (let i = 0; i < count; i++) values[at + i] = vector.getItem(i) as string | null;
    },
    finish: () => ({ column: { name, kind: 'text', values }, unreadable: [] }),
  };
}

function numericTexts(name: string, stored: StoredColumn, rows: number): Reading {
  const values: (string | null)[] = new Array(rows).fill(null);
  return {
    sql: plainDouble(stored),
    take: (vector, at, count) => {
      const items = vectorItems(vector);
      for (let i = 0; i < count; i++) values[at + i] = Number.isNaN(items[i]) ? null : String(items[i]);
    },
    finish: () => ({ column: { name, kind: 'text', values }, unreadable: [] }),
  };
}

const plainDouble = ({ sql }: StoredColumn): string => `coalesce(${sql}::double, 'nan'::double)`;

/** Brings levels into their spelling and order; changes the codes in place before anyone sees them. */
function sortedLevels(column: ReadColumn, codes: Int32Array, found: readonly string[]): CategoryColumn {
  const spelled = found.map(levelSpelling(column.levels));
  const levels = [...new Set(spelled)].sort(byCodeUnit);
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const newCode = Int32Array.from(spelled, (level) => codeOf.get(level)!);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) codes[row] = newCode[code]!;
  }
  return { name: column.name, kind: 'category', codes, levels };
}
