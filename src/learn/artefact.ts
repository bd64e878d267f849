/**
 * A fitted model as bytes: one readable JSON text and one block of numbers, and back.
 *
 * A typed array in the state becomes `{ "$array": "float64", "offset": n, "length": n }`: `length` numbers,
 * little-endian, from byte `offset` of the weights, a multiple of 8. Negative zero, which JSON readers tend
 * to lose, becomes `{ "$number": "-0" }`. Equal values give equal bytes on every machine, whatever the
 * order of their keys. Reading trusts nothing: every reference, key and number is checked, and arrays are
 * copies. O(size of the state).
 */
import { z } from 'zod';
import { ModelFileError } from '../base/errors.ts';
import { canonicalJson, isRecord, isTypedArray, type Plain, type TypedArray } from '../base/plain.ts';
import { byCodeUnit, columnKinds } from '../table/column.ts';
import type { FittedClassifier } from './definition.ts';

export interface EncodedPlain {
  readonly json: string;
  readonly weights: Uint8Array;
}

/** The fitted value as `pipeline.json` and `weights.bin`. A value that is not plain data is a defect: TypeError. */
export const encodeFitted = (fitted: FittedClassifier): EncodedPlain =>
  encodePlain({ ...fitted, inputs: fitted.inputs.map(({ name, kind }) => ({ name, kind })) });

/** Reads back what `encodeFitted` wrote; anything else is refused with `model.damaged`. */
export function decodeFitted(json: string, weights: Uint8Array): FittedClassifier {
  const result = fittedClassifier.safeParse(decodePlain(json, weights));
  if (!result.success) throw damaged('is not a fitted model');
  return result.data;
}

const anyPlain = z.custom<Plain>((value) => value !== undefined);
const fittedClassifier = z.strictObject({
  role: z.literal('classifier'),
  id: z.string().min(1),
  version: z.int().min(1),
  params: anyPlain,
  inputs: z.array(z.strictObject({ name: z.string(), kind: z.enum(columnKinds) })),
  state: anyPlain,
});

/** Any plain value as JSON text and weights. */
export function encodePlain(value: Plain): EncodedPlain {
  const arrays: { array: TypedArray; kind: ArrayKind; offset: number }[] = [];
  let size = 0;

  const encode = (item: unknown, path: string, depth: number): unknown => {
    const refuse = (reason: string): never => {
      throw new TypeError(`saved model: ${path === '' ? 'the value' : path} ${reason}`);
    };
    if (depth > deepest) return refuse(`is nested deeper than ${deepest} levels`);
    if (item === null || typeof item === 'boolean' || typeof item === 'string') return item;
    if (typeof item === 'number') {
      if (!Number.isFinite(item)) return refuse('is a number that is not finite, outside an array');
      return Object.is(item, -0) ? { $number: '-0' } : item;
    }
    if (isTypedArray(item)) {
      const kind = kindOf(item) ?? refuse(`is a ${item[Symbol.toStringTag]}, which cannot be saved`);
      const offset = size;
      size = aligned(offset + item.length * arrayKinds[kind].bytes);
      arrays.push({ array: item as TypedArray, kind, offset });
      return { $array: kind, offset, length: item.length };
    }
    if (Array.isArray(item)) {
      return Array.from(item, (part, i) => encode(part, `${path}[${i}]`, depth + 1));
    }
    if (!isRecord(item)) return refuse('is no plain data');
    const record: Record<string, unknown> = {};
    for (const key of Object.keys(item).sort(byCodeUnit)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (reservedKeys.has(key)) return refuse(`has the reserved key ${key}`);
      record[key] = encode(item[key], at, depth + 1);
    }
    return record;
  };

  const json = canonicalJson(encode(value, '', 0));
  const weights = new Uint8Array(size);
  const view = new DataView(weights.buffer);
  for (const { array, kind, offset } of arrays) {
    copyNumbers(bytesOf(array), weights.subarray(offset, offset + array.byteLength), arrayKinds[kind].bytes);
    settleNaNs(array, view, offset);
  }
  return { json, weights };
}

/** The plain value that `encodePlain` wrote; anything else is refused with `model.damaged`. */
export function decodePlain(json: string, weights: Uint8Array): Plain {
  const mostBytes = Math.max(2 * weights.byteLength, 16 * 1024 * 1024);
  let decodedBytes = 0;

  const readArray = (record: Record<string, unknown>): TypedArray => {
    const { $array: kind, offset, length } = record;
    if (Object.keys(record).length !== 3 || typeof kind !== 'string' || !Object.hasOwn(arrayKinds, kind)) {
      throw damaged('holds a reference that is not understood');
    }
    const { bytes, make } = arrayKinds[kind as ArrayKind];
    const end = isCount(offset) && isCount(length) ? offset + length * bytes : Number.NaN;
    if (!(end <= weights.byteLength)) throw damaged('refers to numbers outside weights.bin');
    const start = offset as number;
    if (start % alignment !== 0) throw damaged('refers to numbers that are not aligned');
    // References may overlap, so a small file could ask for endless memory.
    decodedBytes += end - start;
    if (decodedBytes > mostBytes) throw damaged(`holds more than ${mostBytes} bytes of numbers`);
    const array = make(length as number);
    copyNumbers(weights.subarray(start, end), bytesOf(array), bytes);
    return array;
  };

  const decode = (item: unknown, depth: number): Plain => {
    if (depth > deepest) throw damaged(`is nested deeper than ${deepest} levels`);
    if (typeof item === 'number') {
      if (!Number.isFinite(item)) throw damaged('holds a number that is not finite');
      return item;
    }
    if (Array.isArray(item)) return item.map((part) => decode(part, depth + 1));
    if (!isRecord(item)) return item as Plain;
    if (Object.hasOwn(item, '$array')) return readArray(item);
    if (Object.hasOwn(item, '$number')) {
      if (Object.keys(item).length !== 1 || item.$number !== '-0') {
        throw damaged('holds a number that is not understood');
      }
      return -0;
    }
    const record: Record<string, Plain> = {};
    for (const key of Object.keys(item)) {
      if (reservedKeys.has(key)) throw damaged('holds a reserved key');
      record[key] = decode(item[key], depth + 1);
    }
    return record;
  };

  return decode(parseJson(json), 0);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw damaged('is not JSON');
  }
}

const damaged = (what: string): Error =>
  new ModelFileError(
    'model.damaged',
    `model file: pipeline.json ${what}; copy the file again from where it was made`,
    {
      part: 'pipeline.json',
    },
  );

/** Deep enough for ensembles of ensembles of pipelines, shallow enough for any stack. */
const deepest = 200;
const alignment = 8;
/** `__proto__` would change the object that it is set on. */
const reservedKeys: ReadonlySet<string> = new Set(['$array', '$number', '__proto__']);

const aligned = (offset: number): number => Math.ceil(offset / alignment) * alignment;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

type ArrayKind = 'float64' | 'float32' | 'int32' | 'uint32' | 'uint16' | 'uint8' | 'int8';

const arrayKinds: Readonly<
  Record<ArrayKind, { readonly bytes: number; readonly make: (length: number) => TypedArray }>
> = {
  float64: { bytes: 8, make: (length) => new Float64Array(length) },
  float32: { bytes: 4, make: (length) => new Float32Array(length) },
  int32: { bytes: 4, make: (length) => new Int32Array(length) },
  uint32: { bytes: 4, make: (length) => new Uint32Array(length) },
  uint16: { bytes: 2, make: (length) => new Uint16Array(length) },
  uint8: { bytes: 1, make: (length) => new Uint8Array(length) },
  int8: { bytes: 1, make: (length) => new Int8Array(length) },
};

/** The kind of a typed array; undefined for one that models have no use for (64-bit integers, clamped bytes). */
function kindOf(array: { readonly [Symbol.toStringTag]: string }): ArrayKind | undefined {
  const kind = array[Symbol.toStringTag].replace('Array', '').toLowerCase();
  return Object.hasOwn(arrayKinds, kind) ? (kind as ArrayKind) : undefined;
}

const isLittleEndianHost = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Copies numbers from this machine's byte order to the file's or back: both ways are the same swap. */
function copyNumbers(from: Uint8Array, to: Uint8Array, bytes: number): void {
  to.set(from);
  if (isLittleEndianHost || bytes === 1) return;
  for (let at = 0; at < to.length; at += bytes) to.subarray(at, at + bytes).reverse();
}

/**
 * NaN has many bit patterns and the engine may leave any in an array: one is chosen, so that equal values
 * give equal bytes.
 */
function settleNaNs(array: TypedArray, view: DataView, offset: number): void {
  if (!(array instanceof Float64Array || array instanceof Float32Array)) return;
  const is64 = array instanceof Float64Array;
  for (let i = 0; i < array.length; i++) {
    if (!Number.isNaN(array[i])) continue;
    if (is64) view.setBigUint64(offset + i * 8, 0x7ff8_0000_0000_0000n, true);
    else view.setUint32(offset + i * 4, 0x7fc0_0000, true);
  }
}

const bytesOf = (array: TypedArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
