/**
 * `reference.json` of a model file as a reference, or the error that says it is none: a file whose parts were
 * exchanged together with their hashes still parses, and would fail where a customer is explained.
 */
import { z } from 'zod';
import { type HoldfastError, ModelFileError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { InputColumn } from '../learn/definition.ts';
import type { Reference } from './reference.ts';

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
// Of thousands of numbers one look each is quicker than a schema each.
const listOf = (is: (value: unknown) => boolean) =>
  z.custom<readonly number[]>((value) => Array.isArray(value) && value.every(is));

const counts = { count: z.custom<number>(isCount), missing: z.custom<number>(isCount) };
const histogram = { edges: listOf(Number.isFinite), counts: listOf(isCount) };
const finite = z.number().nullable();
const levels = z.array(z.object({ level: z.string(), count: z.custom<number>(isCount) }));

const profile = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['number', 'time']), ...counts, ...histogram, mean: finite, sd: finite }),
  z.object({ kind: z.enum(['category', 'boolean']), ...counts, levels }),
  z.object({ kind: z.literal('text'), ...counts }),
]);

const referenceSchema = z.object({
  rows: z.custom<number>(isCount),
  columns: z.record(z.string(), profile),
  correlation: z.object({ columns: z.array(z.string()), values: z.array(z.array(finite)) }),
  scores: z.object(histogram),
});

/** Throws `model.damaged` unless `value` describes every input of the model. `who` begins the sentence. */
export function readReference(who: string, value: unknown, inputs: readonly InputColumn[]): Reference {
  const parsed = referenceSchema.safeParse(value);
  if (!parsed.success) throw damaged(who, 'is no description of the training data');
  const { columns } = parsed.data;
  for (const { name, kind } of inputs) {
    if (!Object.hasOwn(columns, name) || columns[name]!.kind !== kind)
      throw damaged(who, `does not describe the ${kind} column ${printable(name)}`);
  }
  return parsed.data;
}

const damaged = (who: string, what: string): HoldfastError =>
  new ModelFileError(
    'model.damaged',
    `${who}: its part reference.json ${what}; train or copy the model again`,
    { file: who, part: 'reference.json' },
  );
