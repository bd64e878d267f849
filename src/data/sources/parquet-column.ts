/**
 * A column of a Parquet row group as it fills, and the bodies of its pages: definition levels and values.
 *
 * Texts of few kinds are numbers into a dictionary, as long as they stay few; other values are plain.
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/
 */
import { endianness } from 'node:os';
import { varint } from './thrift.ts';

export type ParquetKind = 'text' | 'number' | 'boolean';

/** Encodings by their numbers in the format. */
export const encodings = { plain: 0, rle: 3, rleDictionary: 8 } as const;

export interface ColumnPages {
  readonly values: number;
  /** How many of them are null. */
  readonly nulls: number;
  /** The distinct texts, plain; null without a dictionary. */
  readonly dictionary: { readonly size: number; readonly body: Uint8Array } | null;
  readonly body: Uint8Array;
}

/** The texts and numbers of one column, row by row. */
export interface ParquetColumn {
  push(value: string | number | boolean | null): void;
  /** About how many bytes wait. */
  size(): number;
  /** The pages of the rows since the last time. */
  take(): ColumnPages;
}

export function parquetColumn(kind: ParquetKind): ParquetColumn {
  const values = kind === 'text' ? textValues() : kind === 'number' ? numberValues() : booleanValues();
  let isThere = new Uint8Array(1024);
  let rows = 0;
  let nulls = 0;
  return {
    push(value) {
      if (rows === isThere.length) isThere = grown(isThere);
      isThere[rows++] = value === null ? 0 : 1;
      if (value === null) nulls++;
      // Of the column's kind, as `write.ts` has checked.
      else values.push(value as never);
    },
    size: () => rows / 8 + values.size(),
    take() {
      const { dictionary, body } = values.take();
      const levels = levelsOf(isThere.subarray(0, rows), nulls);
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, levels.length, true);
      const pages = { values: rows, nulls, dictionary, body: Buffer.concat([length, levels, body]) };
      rows = 0;
      nulls = 0;
      return pages;
    },
  };
}

interface Values<T> {
  push(value: T): void;
  size(): number;
  take(): Pick<ColumnPages, 'dictionary' | 'body'>;
}

function numberValues(): Values<number> {
  let numbers = new Float64Array(1024);
  let count = 0;
  return {
    push(value) {
      if (count === numbers.length) numbers = grown(numbers);
      numbers[count++] = value;
    },
    size: () => count * 8,
    take() {
      const body = Buffer.from(numbers.slice(0, count).buffer);
      count = 0;
      return { dictionary: null, body: endianness() === 'LE' ? body : body.swap64() };
    },
  };
}

function booleanValues(): Values<boolean> {
  let bits = new Uint32Array(1024);
  let count = 0;
  return {
    push(value) {
      if (count === bits.length) bits = grown(bits);
      bits[count++] = value ? 1 : 0;
    },
    size: () => count / 8,
    take() {
      const body = packed(bits.subarray(0, count), 1);
      count = 0;
      return { dictionary: null, body };
    },
  };
}

/** A dictionary of more texts than this saves nothing. */
const mostKinds = 1 << 14;

/** Once its texts are many kinds, a column has no dictionary for good. */
function textValues(): Values<string> {
  const plain = plainTexts();
  const codeOf = new Map<string, number>();
  let codes = new Uint32Array(1024);
  let count = 0;
  let isPlain = false;
  // Characters in the dictionary.
  let keptBytes = 0;
  const giveUp = () => {
    const kinds = [...codeOf.keys()];
    for (let i = 0; i < count; i++) plain.push(kinds[codes[i]!]!);
    codeOf.clear();
    count = 0;
    keptBytes = 0;
    isPlain = true;
  };
  return {
    push(value) {
      if (isPlain) return plain.push(value);
      let code = codeOf.get(value);
      if (code === undefined) {
        if (codeOf.size === mostKinds) {
          giveUp();
          return plain.push(value);
        }
        code = codeOf.size;
        codeOf.set(value, code);
        keptBytes += value.length;
      }
      if (count === codes.length) codes = grown(codes);
      codes[count++] = code;
    },
    size: () => plain.size() + count + keptBytes,
    take() {
      if (isPlain) return { dictionary: null, body: plain.take() };
      const width = Math.max(1, 32 - Math.clz32(Math.max(0, codeOf.size - 1)));
      const groups = Math.ceil(count / 8);
      const body = Buffer.concat([
        Uint8Array.of(width),
        ...(count === 0 ? [] : [varint(groups * 2 + 1), packed(codes.subarray(0, count), width)]),
      ]);
      for (const text of codeOf.keys()) plain.push(text);
      const dictionary = { size: codeOf.size, body: plain.take() };
      codeOf.clear();
      count = 0;
      keptBytes = 0;
      return { dictionary, body };
    },
  };
}

/** Each text with its length before it. */
function plainTexts() {
  let bytes = Buffer.alloc(1 << 16);
  let length = 0;
  return {
    push(text: string): void {
      // A UTF-16 unit is at most three bytes.
      const most = length + 4 + text.length * 3;
      if (most > bytes.length) {
        const larger = Buffer.alloc(Math.max(most, bytes.length * 2));
        bytes.copy(larger, 0, 0, length);
        bytes = larger;
      }
      const written = bytes.write(text, length + 4, 'utf8');
      bytes.writeUInt32LE(written, length);
      length += 4 + written;
    },
    size: () => length,
    take(): Uint8Array {
      const taken = Uint8Array.from(bytes.subarray(0, length));
      length = 0;
      return taken;
    },
  };
}

/** 1 for a value, 0 for null: one run where nothing is null, else bit by bit. */
function levelsOf(isThere: Uint8Array, nulls: number): Uint8Array {
  if (nulls === 0) return Buffer.concat([varint(isThere.length * 2), Uint8Array.of(1)]);
  return Buffer.concat([varint(Math.ceil(isThere.length / 8) * 2 + 1), packed(isThere, 1)]);
}

/** Numbers of `width` bits one after the other, the lowest bit first, filled up to whole groups of eight. */
export function packed(numbers: Uint8Array | Uint32Array, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(numbers.length / 8) * width);
  let at = 0;
  let held = 0;
  let bits = 0;
  // A width of at most 17 bits leaves room for the seven that may wait.
  for (let i = 0; i < numbers.length; i++) {
    held |= numbers[i]! << bits;
    bits += width;
    for (; bits >= 8; bits -= 8) {
      bytes[at++] = held & 255;
      held >>>= 8;
    }
  }
  if (bits > 0) bytes[at] = held;
  return bytes;
}

function grown<A extends Uint8Array | Uint32Array | Float64Array>(from: A): A {
  const to = new (from.constructor as new (length: number) => A)(from.length * 2);
  to.set(from);
  return to;
}
