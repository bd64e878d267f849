/**
 * Writes a Parquet file row group by row group, in memory for one of them: optional VARCHAR, DOUBLE and BOOLEAN columns,
 * zstd, one data page a column and group. The same rows give the same bytes, however they come in.
 *
 * Format: https://parquet.apache.org/docs/file-format/ and parquet.thrift of apache/parquet-format 2.10.
 */
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { type ColumnPages, encodings, type ParquetKind, parquetColumn } from './parquet-column.ts';
import { binary, i32, i64, list, struct, type ThriftValue } from './thrift.ts';

export interface ParquetField {
  readonly name: string;
  readonly kind: ParquetKind;
}

export interface ParquetWriter {
  append(rows: Iterable<readonly (string | number | boolean | null)[]>): Promise<void>;
  /** Writes what waits, and the metadata without which the file is none. Does not close it. */
  finish(): Promise<void>;
}

const magic = Buffer.from('PAR1', 'latin1');
const zstd = 6;
const optional = 1;
const typeOf = { text: 6, number: 5, boolean: 0 } as const;
const pageTypes = { data: 0, dictionary: 2 } as const;
/** Rows of a group, as DuckDB has about: readers share groups among their threads. */
const groupRows = 131_072;
/** Long texts make a group end earlier. */
const groupBytes = 32 << 20;

const compressed = promisify(zstdCompress);

/** `put` appends bytes to the file. */
export function parquetWriter(
  put: (bytes: Uint8Array) => Promise<void>,
  fields: readonly ParquetField[],
): ParquetWriter {
  const columns = fields.map(({ kind }) => parquetColumn(kind));
  const groups: ThriftValue[] = [];
  let at = 0;
  let waiting = 0;
  let total = 0;
  const write = async (bytes: Uint8Array) => {
    await put(bytes);
    at += bytes.length;
  };
  const flush = async () => {
    if (at === 0) await write(magic);
    if (waiting === 0) return;
    const from = at;
    const chunks: ThriftValue[] = [];
    for (const [c, field] of fields.entries()) {
      const { bytes, describe } = await chunkOf(field, columns[c]!.take());
      chunks.push(describe(at));
      await write(bytes);
    }
    groups.push(
      struct([
        [1, list(chunks)],
        [2, i64(at - from)],
        [3, i64(waiting)],
      ]),
    );
    total += waiting;
    waiting = 0;
  };
  return {
    async append(rows) {
      for (const row of rows) {
        for (let c = 0; c < columns.length; c++) columns[c]!.push(row[c]!);
        waiting++;
        if (waiting === groupRows || (waiting % 256 === 0 && sizeOf(columns) > groupBytes)) await flush();
      }
    },
    async finish() {
      await flush();
      const { bytes } = metadata(fields, groups, total);
      const end = Buffer.alloc(4);
      end.writeUInt32LE(bytes.length);
      await write(Buffer.concat([bytes, end, magic]));
    },
  };
}

const sizeOf = (columns: readonly { size(): number }[]): number =>
  columns.reduce((sum, column) => sum + column.size(), 0);

interface Chunk {
  readonly bytes: Uint8Array;
  /** Its metadata, when it begins at that byte of the file. */
  describe(at: number): ThriftValue;
}

/** The pages of one column of a row group. */
async function chunkOf({ name, kind }: ParquetField, pages: ColumnPages): Promise<Chunk> {
  const { dictionary, values, nulls } = pages;
  const first =
    dictionary && (await page(dictionary.body, pageTypes.dictionary, dictionary.size, encodings.plain));
  const encoding = dictionary ? encodings.rleDictionary : encodings.plain;
  const second = await page(pages.body, pageTypes.data, values, encoding);
  const both = first ? [first, second] : [second];
  const bytes = Buffer.concat(both.map((one) => one.bytes));
  const used = [encodings.plain, encodings.rle, ...(dictionary ? [encodings.rleDictionary] : [])];
  const describe = (at: number): ThriftValue =>
    struct([
      [2, i64(at)],
      [
        3,
        struct([
          [1, i32(typeOf[kind])],
          [2, list(used.map(i32))],
          [3, list([binary(name)])],
          [4, i32(zstd)],
          [5, i64(values)],
          [6, i64(both.reduce((sum, one) => sum + one.uncompressed, 0))],
          [7, i64(bytes.length)],
          [9, i64(at + (first?.bytes.length ?? 0))],
          [11, first ? i64(at) : undefined],
          [12, struct([[3, i64(nulls)]])],
        ]),
      ],
    ]);
  return { bytes, describe };
}

/** A header and its compressed body. */
async function page(
  body: Uint8Array,
  type: number,
  values: number,
  encoding: number,
): Promise<{ readonly bytes: Uint8Array; readonly uncompressed: number }> {
  const content = await compressed(body);
  const isData = type === pageTypes.data;
  const details = struct([
    [1, i32(values)],
    [2, i32(encoding)],
    [3, isData ? i32(encodings.rle) : undefined],
    [4, isData ? i32(encodings.rle) : undefined],
  ]);
  const header = struct([
    [1, i32(type)],
    [2, i32(body.length)],
    [3, i32(content.length)],
    [isData ? 5 : 7, details],
  ]).bytes;
  return { bytes: Buffer.concat([header, content]), uncompressed: header.length + body.length };
}

function metadata(
  fields: readonly ParquetField[],
  groups: readonly ThriftValue[],
  rows: number,
): ThriftValue {
  const root = struct([
    [4, binary('schema')],
    [5, i32(fields.length)],
  ]);
  const leaves = fields.map(({ name, kind }) => {
    // UTF8, said in the old way and in the new one.
    const text = kind === 'text' ? { old: i32(0), now: struct([[1, struct([])]]) } : undefined;
    return struct([
      [1, i32(typeOf[kind])],
      [3, i32(optional)],
      [4, binary(name)],
      [6, text?.old],
      [10, text?.now],
    ]);
  });
  return struct([
    [1, i32(1)],
    [2, list([root, ...leaves])],
    [3, i64(rows)],
    [4, list(groups)],
    [6, binary('holdfast')],
  ]);
}
