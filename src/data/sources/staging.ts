/**
 * Rows made in JavaScript on their way into DuckDB: a CSV file in the scratch folder, every field in quotes.
 *
 * Line breaks inside texts travel as two characters and are put back in SQL, so that DuckDB, whose threads begin in
 * the middle of the file, never meets a line break that ends no row.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../base/errors.ts';
import { type Engine, literal } from './duckdb.ts';
import { storedColumn } from './parquet.ts';
import { type Relation, type StoredColumn, sqlName } from './relation.ts';

/** The DuckDB type of a staged column. */
export type StagedType = 'VARCHAR' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP';

export interface StagedColumn {
  readonly name: string;
  readonly type: StagedType;
}

/** A text that its column's type can be cast from; null is missing. */
export type StagedCell = string | null;

export interface Stage {
  append(row: readonly StagedCell[]): Promise<void>;
  /** Makes the view `source`. */
  finish(): Promise<Relation>;
  /** Closes the file; after `finish` nothing happens. */
  close(): Promise<void>;
}

/** What travels as the mark and a digit: the mark itself, line breaks, and NUL, where C texts end. */
const mark = '\u0001';
const carried = [mark, '\n', '\r', '\0'];
const flushAt = 1 << 20;
/** Sparse records of very many different keys: the table would be far larger than the file. */
const mostCells = 1_000_000_000;

/** A text without line breaks, from which `unescapedSql` makes the text again. */
export function escapedText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  return text.replace(/[\u0000\u0001\n\r]/g, (character) => `${mark}${carried.indexOf(character)}`);
}

/** The text that `escapedText` was given. The mark comes last: every mark in the escaped text has a digit. */
export const unescapedSql = (sql: string): string =>
  [3, 2, 1, 0].reduce(
    (inner, digit) => `replace(${inner}, chr(1) || '${digit}', chr(${carried[digit]!.charCodeAt(0)}))`,
    sql,
  );

/** Reads a staged file of `width` columns c0, c1... as VARCHAR, an empty field as NULL. */
function stagedCsv(path: string, width: number, longest: number): string {
  const options = [
    'auto_detect=false',
    'header=false',
    `delim=','`,
    `quote='"'`,
    `escape='"'`,
    `compression='none'`,
    `new_line='\\n'`,
    `nullstr=''`,
    'allow_quoted_nulls=false',
    `max_line_size=${Math.max(2_000_000, longest * 4)}`,
    `columns={${Array.from({ length: width }, (_, c) => `'${sqlName(c)}': 'VARCHAR'`).join(', ')}}`,
  ];
  return `read_csv(${literal(path)}, ${options.join(', ')})`;
}

export async function openStage(
  who: string,
  engine: Engine,
  columns: readonly StagedColumn[],
  rowCount: number,
): Promise<Stage> {
  if (columns.length * rowCount > mostCells) {
    throw new DataError(
      'data.too-large',
      `${who}: ${rowCount} rows of ${columns.length} columns are more than ${mostCells} cells; split the table or save it as Parquet`,
      { rows: rowCount, columns: columns.length },
    );
  }
  const path = join(engine.scratch, 'staged.csv');
  const file = await open(path, 'wx', 0o600);
  let text = '';
  let longest = 0;
  let rows = 0;
  let isEscaped = false;
  const flush = async () => {
    await file.writeFile(text);
    text = '';
  };
  const field = (cell: StagedCell): string => {
    if (cell === null) return '';
    const escaped = escapedText(cell);
    if (escaped.length !== cell.length) isEscaped = true;
    return `"${escaped.replaceAll('"', '""')}"`;
  };
  return {
    append: async (row) => {
      // A last field that is always there keeps a row of missing values from being a blank line.
      const line = `${row.map(field).join(',')},.\n`;
      longest = Math.max(longest, line.length);
      text += line;
      rows++;
      if (text.length >= flushAt) await flush();
    },
    finish: async () => {
      await flush();
      const stored = columns.map(({ name, type }, c) => storedColumn(name, sqlName(c), type));
      const select = stored.map((column, c) => typedSql(column, columns[c]!.type, isEscaped));
      const from = stagedCsv(path, columns.length + 1, longest);
      await engine.query(`create view source as select ${select.join(', ')} from ${from}`);
      return { columns: stored, rowCount: rows };
    },
    close: () => file.close(),
  };
}

function typedSql({ sql }: StoredColumn, type: StagedType, isEscaped: boolean): string {
  if (type !== 'VARCHAR') return `${sql}::${type} as ${sql}`;
  return isEscaped ? `${unescapedSql(sql)} as ${sql}` : sql;
}
