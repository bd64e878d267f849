/**
 * Opens a table of customers, in the format that the file's name says, or says in one sentence why it cannot be used.
 *
 * Opening reads a text file from end to end: bytes, encoding and structure are checked before the first value is
 * used, and a file with one faulty row is refused rather than read without it.
 */
import type { Stats } from 'node:fs';
import { access, constants, stat, symlink } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { DataError, HoldfastError, NotFoundError } from '../../base/errors.ts';
import { sha256Stream } from '../../base/hash.ts';
import { printable } from '../../base/text.ts';
import type { Source } from '../source.ts';
import { openCsv } from './csv.ts';
import { type Engine, openEngine } from './duckdb.ts';
import { decodeFile, eachChunk } from './encoding.ts';
import { openExcel } from './excel.ts';
import { notExcel } from './excel-zip.ts';
import { unpackGzip } from './gzip.ts';
import { openJson } from './json.ts';
import { notParquet, openParquet } from './parquet.ts';
import { profileColumns } from './profile.ts';
import { readColumns } from './read.ts';
import { readChunks } from './read-chunks.ts';
import type { Relation } from './relation.ts';
import { refuseFullDisk } from './scratch.ts';

/** Delimited text, by extension, with the delimiters that are likely in it. */
const delimitersOf: Readonly<Record<string, readonly string[]>> = {
  '.csv': [',', ';', '\t', '|'],
  '.tsv': ['\t', ',', ';', '|'],
  '.txt': ['\t', ',', ';', '|'],
};
const jsonExtensions = ['.json', '.ndjson', '.jsonl'];
const textExtensions = [...Object.keys(delimitersOf), ...jsonExtensions];
const readable = [...textExtensions, '.parquet', '.xlsx'];

/** What the name of a file says about it. */
interface FileName {
  /** Of the table, in small letters: `.csv` of `a.csv.gz`. */
  readonly extension: string;
  readonly isPacked: boolean;
}

type Opened = Pick<Source, 'format' | 'encoding' | 'hash' | 'notes'> & {
  readonly relation: Relation;
  /** Values are read from a temporary copy, which nobody else changes. */
  readonly isCopied: boolean;
};

export async function openSource(path: string): Promise<Source> {
  const who = printable(basename(path));
  const name = fileName(path);
  const found = await refuseUnusable(who, path, name);
  const damaged = () => damagedError(who, name.extension);
  const engine = await openEngine(who, damaged);
  try {
    const { relation, isCopied, ...facts } = await openFormat(who, path, name, engine);
    const refuseChanged = async () => {
      if (!isCopied && !isSame(found, await stat(path).catch(() => undefined))) throw changed(who);
    };
    await refuseChanged();
    let names = 0;
    const nextName = () => `own${names++}`;
    return {
      path,
      ...facts,
      columns: relation.columns.map(({ name, stored }) => ({ name, stored })),
      rowCount: relation.rowCount,
      profile: async () => {
        const profiles = await profileColumns(engine, relation);
        await refuseChanged();
        return profiles;
      },
      read: async (columns) => {
        const result = await readColumns(who, engine, relation, columns, nextName, damaged);
        await refuseChanged();
        return result;
      },
      async *chunks(columns, rows) {
        yield* readChunks(who, engine, relation, columns, rows, nextName, damaged);
        await refuseChanged();
      },
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    refuseFullDisk(who, error);
    throw error instanceof HoldfastError || !isFileError(error) ? error : damaged();
  }
}

async function openFormat(who: string, path: string, name: FileName, engine: Engine): Promise<Opened> {
  const { extension, isPacked } = name;
  if (extension === '.xlsx') {
    const { relation, notes } = await openExcel(who, path, engine);
    return { format: 'excel', encoding: null, hash: await hashOf(path), notes, relation, isCopied: true };
  }
  const file = await withoutWildcards(path, engine);
  if (extension === '.parquet') {
    const relation = await openParquet(who, file, engine);
    return {
      format: 'parquet',
      encoding: null,
      hash: await hashOf(path),
      notes: [],
      relation,
      isCopied: false,
    };
  }
  const plain = isPacked ? await unpackGzip(who, path, engine.scratch) : file;
  const decoded = await decodeFile(who, plain, engine.scratch);
  const hash = isPacked ? await hashOf(path) : decoded.hash;
  const delimiters = delimitersOf[extension];
  const isCopied = decoded.path !== file || delimiters === undefined;
  const facts = { encoding: decoded.encoding, hash, isCopied } as const;
  if (!delimiters) {
    return { ...facts, format: 'json', notes: [], relation: await openJson(who, decoded.path, engine) };
  }
  const relation = await openCsv(who, decoded.path, engine, delimiters);
  const guessed =
    decoded.encoding === 'windows-1252'
      ? [`${who}: is not UTF-8, so it was read as Windows-1252; save it as UTF-8 where letters look wrong`]
      : [];
  return { ...facts, format: 'csv', notes: [...guessed, ...(relation.notes ?? [])], relation };
}

function fileName(path: string): FileName {
  const last = extname(path).toLowerCase();
  if (last !== '.gz') return { extension: last, isPacked: false };
  const inner = extname(path.slice(0, -last.length)).toLowerCase();
  return textExtensions.includes(inner)
    ? { extension: inner, isPacked: true }
    : { extension: inner + last, isPacked: false };
}

function damagedError(who: string, extension: string): HoldfastError {
  if (extension === '.parquet') return notParquet(who);
  if (extension === '.xlsx') return notExcel(who);
  return new DataError(
    'data.unreadable',
    `${who}: the text cannot be read as a table; export the file again`,
  );
}

const isSame = (before: Stats, now: Stats | undefined): boolean =>
  now !== undefined && now.size === before.size && now.mtimeMs === before.mtimeMs && now.ino === before.ino;

const changed = (who: string): HoldfastError =>
  new DataError(
    'data.unreadable',
    `${who}: the file changed while it was read; wait until it is complete and start again`,
  );

async function refuseUnusable(who: string, path: string, { extension }: FileName): Promise<Stats> {
  const found = await stat(path).catch((error: unknown) => {
    if (isFileError(error) && error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
      throw noAccess(who, error.code);
    throw new NotFoundError('data.not-found', `${who}: there is no such file; check the path`, { path });
  });
  if (found.isDirectory()) {
    throw new DataError('data.directory', `${who}: a folder, not a file; name one file in it`, { path });
  }
  // A pipe or device may have no end, and is read more than once.
  if (!found.isFile()) {
    throw new DataError(
      'data.format',
      `${who}: a pipe or device, not a file; save the table to a file first`,
      {
        path,
      },
    );
  }
  if (!readable.includes(extension)) {
    const received = extension === '' ? 'a name without an extension' : printable(extension);
    const next =
      extension === '.xls'
        ? 'open it in a spreadsheet and save it as .xlsx'
        : 'convert the table to one of them';
    throw new DataError(
      'data.format',
      `${who}: received ${received}, readable are ${readable.join(', ')}, and .gz of the text formats; ${next}`,
      { path },
    );
  }
  if (found.size === 0) {
    throw new DataError('data.empty', `${who}: the file holds nothing; export the table again`, { path });
  }
  await access(path, constants.R_OK).catch(() => {
    throw noAccess(who);
  });
  return found;
}

const noAccess = (who: string, code?: string): HoldfastError => {
  const trouble =
    code === 'ELOOP'
      ? 'the link leads in a circle; give the path of the file itself'
      : code === 'ENAMETOOLONG'
        ? 'the path is longer than the system allows; shorten it'
        : 'the file may not be read; change its permissions';
  return new DataError('data.unreadable', `${who}: ${trouble}`);
};

/** DuckDB would take *, ? and [ in a path for a pattern of many files. */
async function withoutWildcards(path: string, engine: Engine): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  const link = join(engine.scratch, `file${extname(path).toLowerCase()}`);
  await symlink(resolve(path), link);
  return link;
}

async function hashOf(path: string): Promise<string> {
  const hash = sha256Stream();
  await eachChunk(path, (chunk) => hash.update(chunk));
  return hash.digest('hex');
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'syscall' in error;
