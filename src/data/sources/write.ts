/**
 * Writes a table as CSV or Parquet, whole or not at all: to a temporary name beside it, onto the disk, then renamed.
 *
 * CSV is RFC 4180 with \n line ends, numbers as shortest round-trip text; an unset value is empty, an empty text is
 * `""`. Parquet has VARCHAR, DOUBLE and BOOLEAN columns.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { DataError, type HoldfastError, UnavailableError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { identifier, literal, openEngine } from './duckdb.ts';
import { sqlName } from './relation.ts';
import { escapedText, stagedCsv, unescapedSql } from './staging.ts';
import { syncFolder } from './sync-folder.ts';
import { targetOf } from './target-file.ts';

export interface OutColumn {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean';
}

/** A value in the kind of its column; null, undefined and NaN are unset. */
export type OutCell = string | number | boolean | null | undefined;
export type OutRow = readonly OutCell[];

export interface WriteOptions {
  /**
   * The file is opened by people in a spreadsheet: a text that it would run as a formula gets a leading '. Data for
   * programs stay as they are.
   */
  readonly forPeople?: boolean;
  /** Permissions of the file; as the umask says by default. */
  readonly mode?: number;
}

export interface TableWriter {
  append(rows: Iterable<OutRow>): Promise<void>;
  /** Puts the file in its place. */
  finish(): Promise<void>;
  /** Leaves nothing behind; an earlier file of that name stays as it was. */
  abandon(): Promise<void>;
}

const flushAt = 1 << 20;

/** Writes all rows, or fails with `output.unwritable` and leaves what was there. */
export async function writeRows(
  path: string,
  columns: readonly OutColumn[],
  rows: Iterable<OutRow> | AsyncIterable<readonly OutRow[]>,
  options: WriteOptions = {},
): Promise<void> {
  const writer = await createTableWriter(path, columns, options);
  try {
    if (Symbol.asyncIterator in rows) for await (const some of rows) await writer.append(some);
    else await writer.append(rows);
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** A writer for the format that the file's extension names. */
export async function createTableWriter(
  wanted: string,
  columns: readonly OutColumn[],
  options: WriteOptions = {},
): Promise<TableWriter> {
  const who = printable(basename(wanted));
  const path = await guarded(who, () => targetOf(wanted));
  const extension = extname(wanted).toLowerCase();
  const temporary = join(dirname(resolve(path)), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  if (extension === '.csv') return csvWriter(who, path, temporary, columns, options);
  if (extension === '.parquet') return parquetWriter(who, path, temporary, columns, options);
  const received = extension === '' ? 'a name without an extension' : printable(extension);
  throw new DataError(
    'data.format',
    `${who}: received ${received}, writable are .csv, .parquet; give the file one of these extensions`,
    { path },
  );
}

async function csvWriter(
  who: string,
  path: string,
  temporary: string,
  columns: readonly OutColumn[],
  options: WriteOptions,
): Promise<TableWriter> {
  const file = await guarded(who, () => open(temporary, 'wx', options.mode));
  const lines = lineWriter(who, file, columns, options);
  lines.begin(columns.map(({ name }) => name));
  const remove = async () => {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
  };
  return {
    append: lines.append,
    finish: async () => {
      await lines.flush();
      await guarded(who, async () => {
        await file.sync();
        await file.close();
        await rename(temporary, path);
      });
      await guarded(who, () => syncFolder(dirname(resolve(path))));
    },
    abandon: remove,
  };
}

/** Rows go to a CSV file in a scratch folder, which DuckDB then turns into Parquet. */
async function parquetWriter(
  who: string,
  path: string,
  temporary: string,
  columns: readonly OutColumn[],
  options: WriteOptions,
): Promise<TableWriter> {
  // An unwritable folder is found now, not after hours of work.
  await guarded(who, async () => (await open(temporary, 'wx')).close());
  const engine = await openEngine(who, () => unwritable(who));
  const rows = join(engine.scratch, 'rows.csv');
  const file = await guarded(who, () => open(rows, 'wx', 0o600));
  // A last field that is always there keeps a row of one unset value from being a blank line.
  const lines = lineWriter(who, file, [...columns, { name: 'end', kind: 'text' }], options, escapedText);
  const remove = async () => {
    await file.close().catch(() => undefined);
    await engine.close();
    await rm(temporary, { force: true });
  };
  return {
    append: (some) => lines.append(withEnd(some)),
    finish: async () => {
      await lines.flush();
      await guarded(who, () => file.close());
      await engine.query(copyStatement(rows, temporary, columns, lines.longest()));
      await engine.close();
      await guarded(who, async () => {
        const written = await open(temporary, 'r+');
        // DuckDB makes the file anew.
        if (options.mode !== undefined) await written.chmod(options.mode);
        await written.sync();
        await written.close();
        await rename(temporary, path);
      });
      await guarded(who, () => syncFolder(dirname(resolve(path))));
    },
    abandon: remove,
  };
}

function* withEnd(rows: Iterable<OutRow>): Generator<OutRow> {
  for (const row of rows) yield [...row, '.'];
}

function copyStatement(from: string, to: string, columns: readonly OutColumn[], longest: number): string {
  const types = { text: 'VARCHAR', number: 'DOUBLE', boolean: 'BOOLEAN' } as const;
  const select = columns
    .map(({ name, kind }, c) => {
      const value = kind === 'text' ? unescapedSql(sqlName(c)) : `${sqlName(c)}::${types[kind]}`;
      return `${value} as ${identifier(name)}`;
    })
    .join(', ');
  const rows = stagedCsv(from, columns.length + 1, longest);
  return `copy (select ${select} from ${rows}) to ${literal(to)} (format parquet, compression zstd)`;
}

interface LineWriter {
  begin(names: readonly string[]): void;
  append(rows: Iterable<OutRow>): Promise<void>;
  flush(): Promise<void>;
  /** Characters of the longest line so far. */
  longest(): number;
}

function lineWriter(
  who: string,
  file: FileHandle,
  columns: readonly OutColumn[],
  { forPeople = false }: WriteOptions,
  /** What becomes of a text before it is quoted. */
  carry: (text: string) => string = (text) => text,
): LineWriter {
  let text = '';
  let longest = 0;
  const flush = async () => {
    const part = text;
    text = '';
    if (part !== '') await guarded(who, () => file.writeFile(part));
  };
  const line = (cells: readonly string[]): string => {
    // One empty field alone would be a blank line, which is no row.
    const joined = cells.length === 1 && cells[0] === '' ? '""' : cells.join(',');
    longest = Math.max(longest, joined.length);
    return `${joined}\n`;
  };
  return {
    begin: (names) => {
      text += line(names.map((name) => textCell(name, forPeople, carry)));
    },
    append: async (rows) => {
      for (const row of rows) {
        if (row.length !== columns.length) {
          throw new RangeError(`write: a row has ${row.length} values for ${columns.length} columns`);
        }
        text += line(row.map((cell) => cellText(cell, forPeople, carry)));
        if (text.length >= flushAt) await flush();
      }
    },
    flush,
    longest: () => longest,
  };
}

function cellText(cell: OutCell, forPeople: boolean, carry: (text: string) => string): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return textCell(cell, forPeople, carry);
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (Number.isNaN(cell)) return '';
  if (!Number.isFinite(cell))
    throw new RangeError('write: an infinite number has no text that can be read back');
  return String(cell);
}

/** What spreadsheets take for the begin of a formula; the wide forms too, as East Asian ones do. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function textCell(value: string, forPeople: boolean, carry: (text: string) => string): string {
  const text = carry(forPeople && formulaStart.test(value) ? `'${value}` : value);
  const isPlain = text !== '' && !/[",\n\r]|^\s|\s$/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

async function guarded<T>(who: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unwritable(who, (error as NodeJS.ErrnoException).code);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist; make it first',
  ENOTDIR: 'its folder is a file; give another path',
  EISDIR: 'there is a folder of that name; give another name',
  EACCES: 'the folder may not be written; change its permissions',
  EPERM: 'the folder may not be written; change its permissions',
  EROFS: 'the disk is read-only; give another path',
  ENOSPC: 'the disk is full; free some space',
};

const unwritable = (who: string, code = ''): HoldfastError =>
  new UnavailableError(
    'output.unwritable',
    `${who}: the result could not be written: ${reasons[code] ?? 'check the folder, its permissions and the free space'}`,
  );
