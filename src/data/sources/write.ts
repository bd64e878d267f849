/**
 * Writes a table as CSV or Parquet, whole or not at all: to a temporary name beside it, onto the disk, then renamed.
 *
 * CSV is RFC 4180 with \n line ends, numbers as shortest round-trip text; an unset value is empty, an empty text is
 * `""`. Parquet has VARCHAR, DOUBLE and BOOLEAN columns.
 */
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { DataError, type HoldfastError, UnavailableError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { parquetWriter } from './parquet-writer.ts';
import { syncFolder } from './sync-folder.ts';
import { targetOf } from './target-file.ts';
import { removeLeftOvers, temporaryFile } from './temporary-file.ts';

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
  const temporary = temporaryFile(path);
  const rowsInto = { '.csv': csvRows, '.parquet': parquetRows }[extension];
  if (!rowsInto) {
    const received = extension === '' ? 'a name without an extension' : printable(extension);
    throw new DataError(
      'data.format',
      `${who}: received ${received}, writable are .csv, .parquet; give the file one of these extensions`,
      { path },
    );
  }
  await removeLeftOvers(path);
  const file = await guarded(who, () => open(temporary, 'wx', options.mode));
  const { append, end } = rowsInto((part) => guarded(who, () => file.writeFile(part)), columns, options);
  return {
    append,
    async finish() {
      await end();
      await guarded(who, async () => {
        await file.sync();
        await file.close();
        await rename(temporary, path);
        await syncFolder(dirname(resolve(path)));
      });
    },
    async abandon() {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}

/** Rows on their way into a file. */
interface RowWriter {
  append(rows: Iterable<OutRow>): Promise<void>;
  end(): Promise<void>;
}

/** Adds to the end of the file. */
type Put = (part: string | Uint8Array) => Promise<void>;

function csvRows(put: Put, columns: readonly OutColumn[], { forPeople = false }: WriteOptions): RowWriter {
  const line = (cells: readonly string[]): string =>
    // One empty field alone would be a blank line, which is no row.
    cells.length === 1 && cells[0] === '' ? '""\n' : `${cells.join(',')}\n`;
  let text = line(columns.map(({ name }) => textCell(name, forPeople)));
  const flush = async () => {
    const part = text;
    text = '';
    await put(part);
  };
  return {
    async append(rows) {
      for (const row of rows) {
        checkWidth(row, columns);
        text += line(row.map((cell) => cellText(cell, forPeople)));
        if (text.length >= flushAt) await flush();
      }
    },
    end: flush,
  };
}

function parquetRows(
  put: Put,
  columns: readonly OutColumn[],
  { forPeople = false }: WriteOptions,
): RowWriter {
  const writer = parquetWriter(put, columns);
  function* plain(rows: Iterable<OutRow>): Generator<(string | number | boolean | null)[]> {
    for (const row of rows) {
      checkWidth(row, columns);
      yield row.map((cell, c) => plainCell(cell, columns[c]!, forPeople));
    }
  }
  return { append: (rows) => writer.append(plain(rows)), end: writer.finish };
}

function checkWidth(row: OutRow, columns: readonly OutColumn[]): void {
  if (row.length === columns.length) return;
  throw new RangeError(`write: a row has ${row.length} values for ${columns.length} columns`);
}

/** The value in the kind of its column: whoever hands in another one has a bug. */
function plainCell(
  cell: OutCell,
  { name, kind }: OutColumn,
  forPeople: boolean,
): string | number | boolean | null {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return null;
  if (typeof cell !== (kind === 'text' ? 'string' : kind))
    throw new TypeError(`write: column ${name} is of kind ${kind}, a ${typeof cell} was given`);
  // Without -0, which no text of a number keeps.
  if (typeof cell === 'number') return finite(cell) + 0;
  return typeof cell === 'string' ? safeText(cell, forPeople) : cell;
}

function cellText(cell: OutCell, forPeople: boolean): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return textCell(cell, forPeople);
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  return Number.isNaN(cell) ? '' : String(finite(cell));
}

function finite(value: number): number {
  if (!Number.isFinite(value))
    throw new RangeError('write: an infinite number has no text that can be read back');
  return value;
}

/** What spreadsheets take for the begin of a formula; the wide forms too, as East Asian ones do. */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

const safeText = (value: string, forPeople: boolean): string =>
  forPeople && formulaStart.test(value) ? `'${value}` : value;

function textCell(value: string, forPeople: boolean): string {
  const text = safeText(value, forPeople);
  const isPlain = text !== '' && !/[",\n\r]|^\s|\s$/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

async function guarded<T>(who: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // A row that is none is a bug and stays one.
    if (error instanceof RangeError || error instanceof TypeError) throw error;
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
