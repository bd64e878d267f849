/**
 * Hands a table to a Python peer as two files: `rows.json` (columns with kinds and levels) and `rows.f64` (one column after
 * the other, then the labels, then the marks, all as little-endian doubles). Missing values are NaN; a category is its code.
 */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Column } from '../../src/table/column.ts';
import type { Dataset } from '../../src/table/dataset.ts';

/** More columns of numbers for the peer alone, by name: `test` is 1 where it must not learn, `fold` the fold of a row. */
export type Marks = Readonly<Record<string, ArrayLike<number>>>;

/** Writes the files into the folder, which is made. */
export function handOver(folder: string, { table, labels }: Dataset, marks: Marks = {}): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'rows.f64'), 'w');
  try {
    const all = [...table.columns.map(valuesOf), labels, ...Object.values(marks)];
    for (const values of all) writeSync(file, new Uint8Array(Float64Array.from(values).buffer));
  } finally {
    closeSync(file);
  }
  const columns = table.columns.map((column) => ({
    name: column.name,
    kind: column.kind === 'category' ? 'category' : 'number',
    ...(column.kind === 'category' && { levels: column.levels }),
  }));
  const told = { rows: table.rowCount, columns, marks: Object.keys(marks) };
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(told));
}

/** What a peer handed back by `keep(name, values)`. */
export function handedBack(folder: string, name: string): Float64Array {
  const bytes = readFileSync(join(folder, `${name}.f64`));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function valuesOf(column: Column): ArrayLike<number> {
  switch (column.kind) {
    case 'number':
    case 'time':
      return column.values;
    case 'category':
      return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
    case 'boolean':
      return Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value));
    case 'text':
      throw new Error(`bench: ${column.name} is text; a peer is handed numbers and categories`);
  }
}
