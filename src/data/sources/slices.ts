/** Cuts what was read whole into the pieces that a source reads in, for sources that can only be read whole. */
import { takeRows } from '../../table/table.ts';
import type { ReadChunk, ReadResult, UnreadableCell } from '../source.ts';

/** Pieces of `rows` rows, the last one less. O(rows x columns). */
export function* slicesOf({ table, unreadable }: ReadResult, rows: number): Generator<ReadChunk> {
  const cells = new Map<number, UnreadableCell[]>();
  for (const { column, row } of unreadable) {
    const slice = Math.floor(row / rows);
    const found = cells.get(slice) ?? [];
    found.push({ column, row: row % rows });
    cells.set(slice, found);
  }
  for (let from = 0; from < table.rowCount; from += rows) {
    const count = Math.min(rows, table.rowCount - from);
    const places = Int32Array.from({ length: count }, (_, i) => from + i);
    yield { from, table: takeRows(table, places), unreadable: cells.get(from / rows) ?? [] };
  }
}
