/**
 * How one column of an opened file becomes a column of a table: the SQL of its vectors, and how these are taken over.
 *
 * The casts are in SQL so that every vector is plain DOUBLE or INTEGER and is copied in one go: a million rows of
 * thirty columns take about a second. Names in the SQL: `c0` a value, `tc0` its trimmed text, `dc0` that text as DOUBLE.
 */
import type { DuckDBVector } from '@duckdb/node-api';
import {
  byCodeUnit,
  type CategoryColumn,
  type Column,
  sharedBytes,
  sharedCodes,
  sharedFloats,
} from '../../table/column.ts';
import { levelSpelling } from '../cells.ts';
import type { ReadColumn } from '../source.ts';
import * as cell from './cell-sql.ts';
import { vectorItems } from './duckdb.ts';
import type { StoredColumn } from './relation.ts';

/** One column to read. */
export interface ColumnPlan {
  /** An expression for each of its vectors. */
  readonly sql: readonly string[];
  /** Makes room for so many rows. */
  begin(rows: number): Taking;
}

/** A column that fills. */
export interface Taking {
  /** Rows `from` to `from + count` of the vectors become the rows at `at`. */
  take(vectors: readonly DuckDBVector[], from: number, at: number, count: number): void;
  finish(): Taken;
}

export interface Taken {
  readonly column: Column;
  /** Rows, in order. */
  readonly unreadable: readonly number[];
}

/** Texts that are levels already, and the enum type of them by which DuckDB finds codes. */
export interface Levels {
  /** Null when there is no text. */
  readonly type: string | null;
  readonly texts: readonly string[];
}

/** `levels` of a category that is not stored as floating numbers: `isAll` when no other text is in the column. */
export function columnPlan(
  column: ReadColumn,
  stored: StoredColumn,
  levels: Levels = { type: null, texts: [] },
  isAll = true,
): ColumnPlan {
  const t = `t${stored.sql}`;
  switch (column.kind) {
    case 'number': {
      const sql = {
        text: () => cell.numberOfText(t, `d${stored.sql}`),
        number: () => cell.numberOfNumber(stored),
      };
      const own = stored.stored === 'text' || stored.stored === 'number' ? sql[stored.stored]() : undefined;
      return floats(column.name, 'number', own ?? cell.refusedNumber(stored));
    }
    case 'time': {
      const sql = { text: () => cell.timeOfText(t, column.dateFormat), time: () => cell.timeOfTime(stored) };
      const own = stored.stored === 'text' || stored.stored === 'time' ? sql[stored.stored]() : undefined;
      return floats(column.name, 'time', own ?? cell.refusedNumber(stored));
    }
    case 'boolean': {
      const sql = { text: () => cell.booleanOfText(t), boolean: () => cell.booleanOfBoolean(stored) };
      const own = stored.stored === 'text' || stored.stored === 'boolean' ? sql[stored.stored]() : undefined;
      return booleans(column.name, own ?? cell.refusedBoolean(stored));
    }
    case 'category':
      if (stored.isFractional) return numericLevels(column, stored);
      return isAll ? textLevels(column, t, levels) : textLevelsAndOthers(column, t, levels);
    case 'text':
      return stored.isFractional ? numericTexts(column.name, stored) : texts(column.name, stored, t);
  }
}

function floats(name: string, kind: 'number' | 'time', sql: string): ColumnPlan {
  return {
    sql: [sql],
    begin(rows) {
      const values = sharedFloats(rows);
      const unreadable: number[] = [];
      return {
        take([vector], from, at, count) {
          const items = vectorItems(vector!);
          values.set(count === items.length ? items : items.subarray(from, from + count), at);
          for (let row = at; row < at + count; row++) {
            if (values[row] !== cell.unreadableNumber) continue;
            unreadable.push(row);
            values[row] = Number.NaN;
          }
        },
        finish: () => ({ column: { name, kind, values }, unreadable }),
      };
    },
  };
}

function booleans(name: string, sql: string): ColumnPlan {
  return {
    sql: [`(${sql})::integer`],
    begin(rows) {
      const values = sharedBytes(rows);
      const unreadable: number[] = [];
      return {
        take([vector], from, at, count) {
          const items = vectorItems(vector!);
          for (let i = 0; i < count; i++) {
            const item = items[from + i]!;
            if (item === cell.unreadableBoolean) unreadable.push(at + i);
            values[at + i] = Math.max(item, -1);
          }
        },
        finish: () => ({ column: { name, kind: 'boolean', values }, unreadable }),
      };
    },
  };
}

const codeSql = (t: string, { type }: Levels): string =>
  type === null
    ? '-1::integer'
    : `coalesce(enum_code(try_cast(${cell.levelSql(t)} as ${type}))::integer, -1)`;

/** A category all of whose texts are known: DuckDB finds the codes. */
function textLevels(column: ReadColumn, t: string, levels: Levels): ColumnPlan {
  return {
    sql: [codeSql(t, levels)],
    begin(rows) {
      const codes = sharedCodes(rows);
      return {
        take: ([vector], from, at, count) => codes.set(vectorItems(vector!).subarray(from, from + count), at),
        finish: () => ({ column: sortedLevels(column, codes, levels.texts), unreadable: [] }),
      };
    },
  };
}

/** A category that may hold other texts too, which a second vector brings. */
function textLevelsAndOthers(column: ReadColumn, t: string, levels: Levels): ColumnPlan {
  const level = cell.levelSql(t);
  const other =
    levels.type === null ? level : `case when try_cast(${level} as ${levels.type}) is null then ${level} end`;
  return {
    sql: [codeSql(t, levels), other],
    begin(rows) {
      const codes = sharedCodes(rows);
      const found: string[] = [];
      const codeOf = new Map<string, number>();
      return {
        take([vector, others], from, at, count) {
          codes.set(vectorItems(vector!).subarray(from, from + count), at);
          for (let i = 0; i < count; i++) {
            if (codes[at + i]! >= 0) continue;
            const text = others!.getItem(from + i) as string | null;
            if (text === null) continue;
            let code = codeOf.get(text);
            if (code === undefined) {
              code = levels.texts.length + found.length;
              codeOf.set(text, code);
              found.push(text);
            }
            codes[at + i] = code;
          }
        },
        finish: () => ({
          column:
            found.length === 0
              ? { name: column.name, kind: 'category', codes, levels: levels.texts }
              : sortedLevels(column, codes, [...levels.texts, ...found]),
          unreadable: [],
        }),
      };
    },
  };
}

/** A category stored as floating numbers: JavaScript writes the levels, the shortest text that is the number. */
function numericLevels(column: ReadColumn, stored: StoredColumn): ColumnPlan {
  return {
    sql: [plainDouble(stored)],
    begin(rows) {
      const codes = sharedCodes(rows);
      const codeOf = new Map<number, number>();
      return {
        take([vector], from, at, count) {
          const items = vectorItems(vector!);
          for (let i = 0; i < count; i++) {
            const value = items[from + i]!;
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
        finish: () => ({
          column: sortedLevels(column, codes, [...codeOf.keys()].map(String)),
          unreadable: [],
        }),
      };
    },
  };
}

function texts(name: string, stored: StoredColumn, t: string): ColumnPlan {
  return {
    sql: [`case when ${cell.levelSql(t)} is null then null else ${stored.text} end`],
    begin: (rows) => textTaking(name, rows, (vector, at) => vector.getItem(at) as string | null),
  };
}

function numericTexts(name: string, stored: StoredColumn): ColumnPlan {
  return {
    sql: [plainDouble(stored)],
    begin: (rows) =>
      textTaking(name, rows, (vector, at) => {
        const item = vectorItems(vector)[at]!;
        return Number.isNaN(item) ? null : String(item);
      }),
  };
}

function textTaking(
  name: string,
  rows: number,
  textAt: (vector: DuckDBVector, at: number) => string | null,
): Taking {
  const values: (string | null)[] = new Array(rows).fill(null);
  return {
    take([vector], from, at, count) {
      for (let i = 0; i < count; i++) values[at + i] = textAt(vector!, from + i);
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
