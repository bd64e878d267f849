/**
 * A column of customers' values: one typed array, one kind, one way to say "missing".
 *
 * Values are never changed after the column is made; tables share columns freely.
 */

/** What a value of a column is. */
export type ColumnKind = 'number' | 'category' | 'boolean' | 'time' | 'text';

export const columnKinds: readonly ColumnKind[] = ['number', 'category', 'boolean', 'time', 'text'];

/** Numbers; NaN = missing. */
export interface NumberColumn {
  readonly name: string;
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** One of a list of levels; a code is an index into `levels`, -1 = missing. Levels differ between tables: compare by name. */
export interface CategoryColumn {
  readonly name: string;
  readonly kind: 'category';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** 1 = true, 0 = false, -1 = missing. */
export interface BooleanColumn {
  readonly name: string;
  readonly kind: 'boolean';
  readonly values: Int8Array;
}

/** Epoch milliseconds UTC; NaN = missing. */
export interface TimeColumn {
  readonly name: string;
  readonly kind: 'time';
  readonly values: Float64Array;
}

/** Free text; null = missing. Copied, not shared, to other threads. */
export interface TextColumn {
  readonly name: string;
  readonly kind: 'text';
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | CategoryColumn | BooleanColumn | TimeColumn | TextColumn;

/**
 * A Float64Array that other threads see without a copy. A row alone, as a request brings it, is handed to no thread: its
 * columns are plain arrays, which are made eight times as fast.
 */
export const sharedFloats = (length: number): Float64Array =>
  length === 1
    ? new Float64Array(1)
    : new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
/** An Int32Array that other threads see without a copy. */
export const sharedCodes = (length: number): Int32Array =>
  length === 1
    ? new Int32Array(1)
    : new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
/** An Int8Array that other threads see without a copy. */
export const sharedBytes = (length: number): Int8Array =>
  length === 1 ? new Int8Array(1) : new Int8Array(new SharedArrayBuffer(length));

/** A number column from numbers; null and undefined are missing. Copies into shared memory. */
export function numberColumn(name: string, values: ArrayLike<number | null | undefined>): NumberColumn {
  return { name, kind: 'number', values: toFloats(values) };
}

/** A time column from epoch milliseconds; null and undefined are missing. */
export function timeColumn(name: string, values: ArrayLike<number | null | undefined>): TimeColumn {
  return { name, kind: 'time', values: toFloats(values) };
}

/** A category column from texts; levels are sorted by code unit unless given. null and undefined are missing. */
export function categoryColumn(
  name: string,
  values: ArrayLike<string | null | undefined>,
  levels?: readonly string[],
): CategoryColumn {
  const known = levels ?? distinctTexts(values);
  const codeOf = new Map(known.map((level, code) => [level, code]));
  const codes = sharedCodes(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    codes[row] = value === null || value === undefined ? -1 : (codeOf.get(value) ?? -1);
  }
  return { name, kind: 'category', codes, levels: known };
}

/** A boolean column; null and undefined are missing. */
export function booleanColumn(name: string, values: ArrayLike<boolean | null | undefined>): BooleanColumn {
  const bytes = sharedBytes(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    bytes[row] = value === null || value === undefined ? -1 : value ? 1 : 0;
  }
  return { name, kind: 'boolean', values: bytes };
}

export function textColumn(name: string, values: readonly (string | null)[]): TextColumn {
  return { name, kind: 'text', values };
}

/** How many rows a column has. */
export const columnLength = (column: Column): number =>
  column.kind === 'category' ? column.codes.length : column.values.length;

/** Is the value of a row missing? */
export function isMissing(column: Column, row: number): boolean {
  switch (column.kind) {
    case 'category':
      return column.codes[row]! < 0;
    case 'boolean':
      return column.values[row]! < 0;
    case 'text':
      return column.values[row] === null;
    default:
      return Number.isNaN(column.values[row]);
  }
}

/** How many values are missing. O(rows). */
export function missingCount(column: Column): number {
  let missing = 0;
  for (let row = 0, rows = columnLength(column); row < rows; row++) if (isMissing(column, row)) missing++;
  return missing;
}

/** The value of a row as JSON holds it: number, text, boolean, ISO time, or null when missing. */
export function valueAt(column: Column, row: number): string | number | boolean | null {
  if (isMissing(column, row)) return null;
  switch (column.kind) {
    case 'category':
      return column.levels[column.codes[row]!]!;
    case 'boolean':
      return column.values[row] === 1;
    case 'time':
      return new Date(column.values[row]!).toISOString();
    default:
      return column.values[row]!;
  }
}

/** The column under another name, sharing its values. */
export const renamed = <C extends Column>(column: C, name: string): C => ({ ...column, name });

/** The values of chosen rows, in the order given. */
export function takeFromColumn(column: Column, rows: ArrayLike<number>): Column {
  switch (column.kind) {
    case 'category':
      return { ...column, codes: gather(column.codes, sharedCodes(rows.length), rows) };
    case 'boolean':
      return { ...column, values: gather(column.values, sharedBytes(rows.length), rows) };
    case 'text':
      return { ...column, values: Array.from(rows, (row) => column.values[row] ?? null) };
    default:
      return { ...column, values: gather(column.values, sharedFloats(rows.length), rows) };
  }
}

function gather<A extends Float64Array | Int32Array | Int8Array>(from: A, to: A, rows: ArrayLike<number>): A {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
  return to;
}

function toFloats(values: ArrayLike<number | null | undefined>): Float64Array {
  const floats = sharedFloats(values.length);
  for (let row = 0; row < values.length; row++) floats[row] = values[row] ?? Number.NaN;
  return floats;
}

function distinctTexts(values: ArrayLike<string | null | undefined>): string[] {
  const seen = new Set<string>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value !== null && value !== undefined) seen.add(value);
  }
  return [...seen].sort(byCodeUnit);
}

/** The one order of names and levels: by UTF-16 code unit, the same in every locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
