/**
 * Thrift's compact protocol, as far as the metadata of a Parquet file needs it: values that are written, none that are read.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

/** A value with the number by which the protocol names its type. */
export interface ThriftValue {
  readonly type: number;
  readonly bytes: Uint8Array;
}

const types = { i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

export const i32 = (value: number): ThriftValue => ({ type: types.i32, bytes: varint(zigzag(value)) });
/** Up to 2^52: sizes and places in a file. */
export const i64 = (value: number): ThriftValue => ({ type: types.i64, bytes: varint(zigzag(value)) });

export function binary(text: string): ThriftValue {
  const bytes = Buffer.from(text, 'utf8');
  return { type: types.binary, bytes: Buffer.concat([varint(bytes.length), bytes]) };
}

/** Values of one type; `type` is what an empty list says of itself. */
export function list(values: readonly ThriftValue[], type: keyof typeof types = 'struct'): ThriftValue {
  const code = values[0]?.type ?? types[type];
  const head = values.length < 15 ? [(values.length << 4) | code] : [0xf0 | code, ...varint(values.length)];
  return {
    type: types.list,
    bytes: Buffer.concat([Uint8Array.from(head), ...values.map(({ bytes }) => bytes)]),
  };
}

/** Fields by their numbers, ascending and less than 16 apart; those that are undefined are left out. */
export function struct(fields: readonly (readonly [number, ThriftValue | undefined])[]): ThriftValue {
  const parts: Uint8Array[] = [];
  let last = 0;
  for (const [id, value] of fields) {
    if (!value) continue;
    parts.push(Uint8Array.of(((id - last) << 4) | value.type), value.bytes);
    last = id;
  }
  return { type: types.struct, bytes: Buffer.concat([...parts, Uint8Array.of(0)]) };
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** Seven bits a byte, the lowest first. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
