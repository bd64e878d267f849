/** A million rows of 30 columns of Parquet into shared memory: at most 5 s and 1.5 GB. Prints one line. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadColumn } from '../src/data/source.ts';
import { literal, openEngine } from '../src/data/sources/duckdb.ts';
import { openSource } from '../src/data/sources/open.ts';

const rows = 1_000_000;
const [numbers, categories] = [26, 4];
const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const path = join(folder, 'million.parquet');
  await write(path);
  const started = performance.now();
  const source = await openSource(path);
  const wanted: ReadColumn[] = source.columns.map(({ name, stored }) => ({
    name,
    kind: stored === 'number' ? 'number' : 'category',
  }));
  const { table } = await source.read(wanted);
  await source.close();
  const seconds = (performance.now() - started) / 1000;
  const peakGb = process.resourceUsage().maxRSS / 2 ** 20;
  const isHeld = table.rowCount === rows && seconds < 5 && peakGb < 1.5;
  const size = Math.round(statSync(path).size / 1e6);
  console.log(
    `data-load: ${rows} rows x ${table.columns.length} columns, Parquet of ${size} MB: ${seconds.toFixed(2)} s, peak ${peakGb.toFixed(2)} GB ${isHeld ? 'held' : 'MISSED'} (under 5 s, 1.5 GB)`,
  );
  process.exitCode = isHeld ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The peak of memory includes the writing. */
async function write(path: string): Promise<void> {
  const engine = await openEngine('bench', () => new Error('bench: DuckDB failed') as never);
  const columns = [
    ...Array.from({ length: numbers }, (_, c) => `(hash(i * 31 + ${c}) % 1000003)::double / 97 as n${c}`),
    ...Array.from({ length: categories }, (_, c) => `'level ' || (hash(i + ${c}) % ${5 + 10 * c}) as t${c}`),
  ];
  await engine.query(
    `copy (select ${columns.join(', ')} from range(${rows}) as r(i)) to ${literal(path)} (format parquet, compression zstd)`,
  );
  await engine.close();
}
