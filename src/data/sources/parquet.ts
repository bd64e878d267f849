/** Opens a Parquet file: its own names and types, never DuckDB's message about what is wrong. */
import { open } from 'node:fs/promises';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import type { StoredKind } from '../source.ts';
import { refuseNames } from './csv.ts';
import { type Engine, literal } from './duckdb.ts';
import { type Relation, type StoredColumn, sqlName } from './relation.ts';

const magic = 'PAR1';

export const notParquet = (who: string): HoldfastError =>
  new DataError(
    'data.unreadable',
    `${who}: the file is not a whole Parquet file: damaged, truncated or something else under that name; export or copy it again`,
  );

/** Makes the view `source` over the file, or refuses it. */
export async function openParquet(who: string, path: string, engine: Engine): Promise<Relation> {
  await refuseOtherBytes(who, path);
  const file = literal(path);
  const types = (
    await engine.query(`describe select * from read_parquet(${file}, hive_partitioning=false)`)
  ).map((row) => String(row[1]));
  const names = rootNames(
    await engine.query(`select name, num_children::double from parquet_schema(${file})`),
  );
  if (names.length !== types.length) throw notParquet(who);
  refuseNames(who, names);
  const columns = names.map((name, c) => storedColumn(name, sqlName(c), types[c]!));
  const list = columns.map((column) => column.sql).join(', ');
  await engine.query(
    `create view source as select * from read_parquet(${file}, hive_partitioning=false) as file(${list})`,
  );
  const [[rowCount]] = (await engine.query(
    `select num_rows::double from parquet_file_metadata(${file})`,
  )) as [[number]];
  if (rowCount === 0) {
    throw new DataError(
      'data.no-rows',
      `${who}: the file holds column names but no rows; export it with its rows`,
    );
  }
  return { columns, rowCount };
}

/** A Parquet file begins and ends with the same four letters. */
async function refuseOtherBytes(who: string, path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const ends = Buffer.alloc(8);
    await file.read(ends, 0, 4, 0);
    await file.read(ends, 4, 4, Math.max(0, size - 4));
    if (size < 12 || ends.toString('latin1') !== magic + magic) throw notParquet(who);
  } finally {
    await file.close();
  }
}

/** The names of the top level from Parquet's depth-first list, whose first entry is the root. */
function rootNames(schema: readonly (readonly unknown[])[]): string[] {
  const names: string[] = [];
  const sizeAt = (at: number): number => 1 + childSizes(at + 1, Number(schema[at]?.[1] ?? 0));
  const childSizes = (at: number, children: number): number => {
    let size = 0;
    for (let child = 0; child < children; child++) size += sizeAt(at + size);
    return size;
  };
  for (let at = 1; at < schema.length; at += sizeAt(at)) names.push(String(schema[at]![0]));
  return names;
}

/** A column of the view `source` from the name of its DuckDB type. */
export function storedColumn(name: string, sql: string, type: string): StoredColumn {
  const stored = storedKind(type);
  // Whole numbers, DECIMAL(20,0) too, have exact texts; through a double neighbouring ids would become one.
  const isFractional = /^(DOUBLE|FLOAT|DECIMAL\(\d+,(?!0\)))/.test(type);
  return { name, sql, stored, isFractional, text: textOf(sql, type, stored) };
}

function storedKind(type: string): StoredKind {
  if (type === 'BOOLEAN') return 'boolean';
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL\(\d+,\d+\))$/.test(type)) return 'number';
  if (/^(DATE|TIMESTAMP( WITH TIME ZONE|_S|_MS|_NS)?)$/.test(type)) return 'time';
  return 'text';
}

function textOf(sql: string, type: string, stored: StoredKind): string {
  if (type === 'DATE') return `strftime(${sql}, '%Y-%m-%d')`;
  if (stored === 'time') return `strftime(${sql}::timestamp, '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return type === 'VARCHAR' ? sql : `${sql}::varchar`;
}
