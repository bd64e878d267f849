/** A Parquet file that the own writer makes in memory, and what DuckDB makes of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnavailableError } from '../../../base/errors.ts';
import { literal, openEngine } from '../duckdb.ts';
import { type ParquetField, parquetWriter } from '../parquet-writer.ts';

export type ParquetRow = readonly (string | number | boolean | null)[];

export async function parquetBytes(
  pieces: readonly (readonly ParquetRow[])[],
  fields: readonly ParquetField[],
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const writer = parquetWriter(async (bytes) => void parts.push(bytes), fields);
  for (const rows of pieces) await writer.append(rows);
  await writer.finish();
  return Buffer.concat(parts);
}

/** Its rows, name and type of each column, and the rows of each group. */
export async function readParquet(bytes: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-parquet-'));
  const path = join(folder, 'file.parquet');
  writeFileSync(path, bytes);
  const engine = await openEngine('test', () => new UnavailableError('work.memory', 'not readable'));
  try {
    const from = `read_parquet(${literal(path)})`;
    const types = await engine.query(`describe select * from ${from}`);
    const groups = await engine.query(
      `select row_group_num_rows::double from parquet_metadata(${literal(path)}) where column_id = 0 order by row_group_id`,
    );
    return {
      rows: await engine.query(`select * from ${from}`),
      types: types.map(([name, type]) => [name, type]),
      groups: groups.flat(),
    };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
