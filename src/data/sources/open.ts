/**
 * Opens a table of customers, CSV or Parquet by the file's name, or says in one sentence why it cannot be used.
 *
 * Opening reads a text file from end to end: bytes, encoding and structure are checked before the first value is
 * used, and a file with one faulty row is refused rather than read without it.
 */
import { access, constants, stat, symlink } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { DataError, HoldfastError, NotFoundError } from '../../base/errors.ts';
import { sha256Stream } from '../../base/hash.ts';
import { printable } from '../../base/text.ts';
import type { Source } from '../source.ts';
import { openCsv } from './csv.ts';
import { type Engine, openEngine } from './duckdb.ts';
import { decodeFile, eachChunk } from './encoding.ts';
import { notParquet, openParquet } from './parquet.ts';
import { profileColumns } from './profile.ts';
import { readColumns } from './read.ts';
import type { Relation } from './relation.ts';

/** What can be read, by extension, with the delimiters that are likely in it. */
const delimitersOf: Readonly<Record<string, readonly string[]>> = {
  '.csv': [',', ';', '\t', '|'],
  '.tsv': ['\t', ',', ';', '|'],
  '.txt': ['\t', ',', ';', '|'],
};
const readable = [...Object.keys(delimitersOf), '.parquet'];

export async function openSource(path: string): Promise<Source> {
  const who = printable(basename(path));
  const extension = extname(path).toLowerCase();
  await refuseUnusable(who, path, extension);
  const isParquet = extension === '.parquet';
  const damaged = () =>
    isParquet
      ? notParquet(who)
      : new DataError('data.unreadable', `${who}: the text cannot be read as a table; export the file again`);
  const engine = await openEngine(who, damaged);
  try {
    const file = await withoutWildcards(path, engine);
    if (isParquet) {
      const relation = await openParquet(who, file, engine);
      return opened(path, who, engine, relation, damaged, {
        format: 'parquet',
        encoding: null,
        hash: await hashOf(path),
      });
    }
    const decoded = await decodeFile(who, file, engine.scratch);
    const relation = await openCsv(who, decoded.path, engine, delimitersOf[extension]!);
    return opened(path, who, engine, relation, damaged, {
      format: 'csv',
      encoding: decoded.encoding,
      hash: decoded.hash,
    });
  } catch (error) {
    await engine.close();
    throw error instanceof HoldfastError || !isFileError(error) ? error : damaged();
  }
}

function opened(
  path: string,
  who: string,
  engine: Engine,
  relation: Relation,
  damaged: () => HoldfastError,
  facts: Pick<Source, 'format' | 'encoding' | 'hash'>,
): Source {
  let names = 0;
  return {
    path,
    ...facts,
    columns: relation.columns.map(({ name, stored }) => ({ name, stored })),
    rowCount: relation.rowCount,
    profile: () => profileColumns(engine, relation),
    read: (columns) => readColumns(who, engine, relation, columns, () => `own${names++}`, damaged),
    close: () => engine.close(),
  };
}

async function refuseUnusable(who: string, path: string, extension: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (isFileError(error) && error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw noAccess(who);
    throw new NotFoundError('data.not-found', `${who}: there is no such file; check the path`, { path });
  });
  if (found.isDirectory()) {
    throw new DataError('data.directory', `${who}: a folder, not a file; name one file in it`, { path });
  }
  if (!readable.includes(extension) || !found.isFile()) {
    const received = extension === '' ? 'a name without an extension' : printable(extension);
    throw new DataError(
      'data.format',
      `${who}: received ${received}, readable are ${readable.join(', ')}; convert the table to one of them`,
      { path },
    );
  }
  if (found.size === 0) {
    throw new DataError('data.empty', `${who}: the file holds nothing; export the table again`, { path });
  }
  await access(path, constants.R_OK).catch(() => {
    throw noAccess(who);
  });
}

const noAccess = (who: string): HoldfastError =>
  new DataError('data.unreadable', `${who}: the file may not be read; change its permissions`);

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
