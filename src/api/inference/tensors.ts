/**
 * Customers as the Open Inference Protocol sends them: one tensor a column, of shape [rows] or [rows, 1].
 * BYTES are texts; a null in any tensor is a missing value. Nothing changes its type.
 * Source: https://github.com/kserve/open-inference-protocol (REST, version 2).
 */
import { usedColumns } from '../../data/check.ts';
import type { FieldProblem } from '../../serving/customer-reader.ts';
import type { JsonSchema } from '../../serving/customer-schema.ts';
import type { LiveModel } from '../../serving/live-model.ts';
import type { ColumnKind } from '../../table/column.ts';
import type { Locate } from '../answer.ts';
import { FieldsError } from '../problem.ts';

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly unknown[];
}

/** What a datatype lets through, and the words for it. */
interface Datatype {
  fits(value: unknown): boolean;
  readonly words: string;
}

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isWithin = (low: number, high: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
const whole = (low: number, high: number): Datatype => ({
  fits: isWithin(low, high),
  words: `a whole number from ${low} to ${high}`,
});
const safe = Number.MAX_SAFE_INTEGER;

const datatypes: Readonly<Record<string, Datatype>> = {
  BOOL: { fits: (value) => typeof value === 'boolean', words: 'true or false' },
  BYTES: { fits: (value) => typeof value === 'string', words: 'text' },
  FP16: { fits: isNumber, words: 'a number' },
  FP32: { fits: isNumber, words: 'a number' },
  FP64: { fits: isNumber, words: 'a number' },
  INT8: whole(-(2 ** 7), 2 ** 7 - 1),
  INT16: whole(-(2 ** 15), 2 ** 15 - 1),
  INT32: whole(-(2 ** 31), 2 ** 31 - 1),
  // Larger ones lose their last digits in JSON.
  INT64: whole(-safe, safe),
  UINT8: whole(0, 2 ** 8 - 1),
  UINT16: whole(0, 2 ** 16 - 1),
  UINT32: whole(0, 2 ** 32 - 1),
  UINT64: whole(0, safe),
};

export const tensorSchema = (mostRows: number): JsonSchema => ({
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1 },
    shape: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: { type: 'integer', minimum: 0, maximum: mostRows },
      description: '[rows] or [rows, 1].',
    },
    datatype: { enum: Object.keys(datatypes) },
    parameters: { type: 'object', description: 'Not looked at.' },
    data: { type: 'array', maxItems: mostRows },
  },
  required: ['name', 'shape', 'datatype', 'data'],
  additionalProperties: false,
});

export interface TensorRows {
  readonly customers: readonly Readonly<Record<string, unknown>>[];
  /** A problem of a customer's field as one of a tensor's cell. */
  readonly locate: Locate;
}

/** The tensors fit `tensorSchema`. Throws the fields that are wrong. */
export function readTensors(tensors: readonly Tensor[]): TensorRows {
  const rows = tensors[0]?.shape[0] ?? 0;
  const found: FieldProblem[] = [];
  const places = new Map<string, number>();
  const columns = tensors.map(({ name, shape, datatype, data }, i): readonly [string, readonly unknown[]] => {
    const values = shape.length === 2 ? data.flat() : data;
    const at = (part: string, message: string): void =>
      void found.push({ path: `/inputs/${i}${part}`, message });
    if (places.has(name)) at('/name', 'stands at another tensor already');
    places.set(name, i);
    if (shape[0] !== rows) at('/shape', `must begin with ${rows}, as that of the first tensor does`);
    else if (shape.length === 2 && shape[1] !== 1) at('/shape', 'must be [rows] or [rows, 1]');
    else if (values.length !== rows) at('/data', `must hold ${rows} values, as its shape says`);
    const { fits, words } = datatypes[datatype]!;
    const wrong = values.findIndex((value) => value !== null && !fits(value));
    if (wrong >= 0) at(`/data/${wrong}`, `must be ${words} or null, as ${datatype} says`);
    return [name, values];
  });
  if (found.length > 0) throw new FieldsError(found);
  return {
    customers: Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(columns.map(([name, values]) => [name, values[row]])),
    ),
    locate: (row, { path, message }) => {
      const name = path.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
      const place = places.get(name);
      return place === undefined
        ? { path: '/inputs', message: `${name}: ${message}` }
        : { path: `/inputs/${place}/data/${row}`, message: `(${name}) ${message}` };
    },
  };
}

const datatypeOf: Readonly<Record<ColumnKind, string>> = {
  number: 'FP64',
  boolean: 'BOOL',
  category: 'BYTES',
  time: 'BYTES',
  text: 'BYTES',
};

/** What the model takes, as metadata tell it. A category whose levels are numbers or booleans takes those too. */
export const inputTensors = ({ loaded }: LiveModel) =>
  usedColumns(loaded.manifest.contract).map(([name, { kind }]) => ({
    name,
    datatype: datatypeOf[kind],
    shape: [-1],
  }));

export const outputName = 'churnProbability';
export const outputTensors = [{ name: outputName, datatype: 'FP64', shape: [-1] }] as const;
