/** How a common check says what it found: one sentence, and fingerprints that see every bit. */
import { type ErrorCode, HoldfastError } from '../../base/errors.ts';
import { sha256 } from '../../base/hash.ts';
import { isRecord, isTypedArray, type TypedArray } from '../../base/plain.ts';
import { type Column, columnLength, valueAt } from '../../table/column.ts';
import type { Dataset } from '../../table/dataset.ts';
import type { Table } from '../../table/table.ts';

/** Goes on when `holds`, else throws the sentence. */
export function claim(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

/** The coded error that `run` throws; throws itself when there is none or when it has no code. */
export async function refusal(what: string, run: () => unknown): Promise<HoldfastError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof HoldfastError) return error;
    throw new Error(`${what} fails with an uncoded error: ${sentenceOf(error)}`, { cause: error });
  }
  throw new Error(`${what} is accepted, a coded error is due`);
}

/** As `refusal`, and the error must have one of the codes and say who it is about. */
export async function refusedWith(
  what: string,
  codes: readonly ErrorCode[],
  who: string,
  run: () => unknown,
): Promise<HoldfastError> {
  const error = await refusal(what, run);
  claim(
    codes.includes(error.code),
    `${what} is refused with ${error.code} (${error.message}), ${codes.join(' or ')} is due`,
  );
  claim(error.message.startsWith(`${who}: `), `${what}: the sentence must begin with "${who}: "`);
  return error;
}

/** What `run` gives, or undefined when it refuses the data with a coded error; any other failure is a defect. */
export async function soundOrCoded<T>(
  what: string,
  run: () => T | Promise<T>,
): Promise<Awaited<T> | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof HoldfastError && (error.kind === 'DataError' || error.kind === 'ColumnError'))
      return undefined;
    throw new Error(`${what} fails with no coded error about data: ${sentenceOf(error)}`, { cause: error });
  }
}

export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** SHA-256 over every bit of plain data: kinds, names, lengths and typed arrays included. */
export function fingerprint(value: unknown): string {
  const parts: string[] = [];
  write(value, parts);
  return sha256(parts.join(','));
}

export const fingerprintOfTable = (table: Table): string => fingerprint([table.rowCount, table.columns]);

export const fingerprintOfData = (data: Dataset): string =>
  fingerprint([
    data.table.rowCount,
    data.table.columns,
    data.labels,
    data.weights,
    data.ids,
    data.referenceDate,
  ]);

function write(value: unknown, parts: string[]): void {
  if (isTypedArray(value)) {
    parts.push(value.constructor.name, String(value.length), sha256(bytesOf(value)));
  } else if (Array.isArray(value)) {
    parts.push('[', String(value.length));
    for (const item of value) write(item, parts);
  } else if (isRecord(value)) {
    parts.push('{');
    for (const key of Object.keys(value).sort()) {
      parts.push(JSON.stringify(key));
      write(value[key], parts);
    }
    parts.push('}');
  } else if (typeof value === 'number') parts.push(Object.is(value, -0) ? '-0' : String(value));
  else parts.push(typeof value, JSON.stringify(value) ?? 'undefined');
}

function bytesOf(array: TypedArray): Uint8Array {
  // A copy: the memory of a column is shared, which not everything accepts.
  const copy = array.slice();
  // The many bit patterns of NaN mean the same, and engines swap them freely.
  copy.forEach((value, i) => {
    if (Number.isNaN(value)) copy[i] = Number.NaN;
  });
  return new Uint8Array(copy.buffer, copy.byteOffset, copy.byteLength);
}

/** The first place where plain data holds what cannot be saved, or undefined. */
export function notPlain(value: unknown, path = 'state'): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : `${path} is ${value}, outside an array`;
  if (isTypedArray(value)) {
    if (value.buffer instanceof ArrayBuffer) return undefined;
    return `${path} is a view on shared memory`;
  }
  if (Array.isArray(value)) return first(value.map((item, i) => notPlain(item, `${path}[${i}]`)));
  if (isRecord(value))
    return first(Object.entries(value).map(([key, item]) => notPlain(item, `${path}.${key}`)));
  return `${path} is ${typeof value === 'object' ? 'an instance of a class' : `of type ${typeof value}`}`;
}

const first = (findings: readonly (string | undefined)[]): string | undefined =>
  findings.find((finding) => finding !== undefined);

/** Where two tables of the same rows differ by more than `tolerance`, as a sentence, or undefined. */
export function difference(got: Table, due: Table, tolerance = 0): string | undefined {
  if (got.rowCount !== due.rowCount) return `${got.rowCount} rows instead of ${due.rowCount}`;
  const names = (table: Table): string => table.columns.map((column) => column.name).join(', ');
  if (names(got) !== names(due)) return `columns ${names(got)} instead of ${names(due)}`;
  for (const [c, column] of got.columns.entries()) {
    for (let row = 0; row < got.rowCount; row++) {
      if (!sameValue(column, due.columns[c]!, row, tolerance))
        return `column ${column.name} differs in row ${row}`;
    }
  }
  return undefined;
}

function sameValue(a: Column, b: Column, row: number, tolerance: number): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind !== 'number' || b.kind !== 'number') return valueAt(a, row) === valueAt(b, row);
  const x = a.values[row]!;
  const y = b.values[row]!;
  return Object.is(x, y) || Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y));
}

/** The rows of an infinite number in a table, as a sentence, or undefined. */
export function infiniteValue(table: Table): string | undefined {
  for (const column of table.columns) {
    if (column.kind !== 'number' && column.kind !== 'time') continue;
    for (let row = 0; row < columnLength(column); row++) {
      if (Math.abs(column.values[row]!) === Number.POSITIVE_INFINITY)
        return `column ${column.name} is infinite in row ${row}`;
    }
  }
  return undefined;
}
