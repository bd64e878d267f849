/**
 * The JSON Schema (draft 7) of one raw customer as a model's contract has it: what the API checks a request
 * against and what OpenAPI tells. Every column the contract names may come, also those a model doesn't use;
 * required are the features that are not nullable.
 */

import { blankCharacters, missingText } from '../data/cells.ts';
import { usedColumns } from '../data/check.ts';
import type { CleanSection } from '../data/clean/section.ts';
import type { ColumnContract, Contract, JsonScalar } from '../data/contract.ts';

/** Larger ones are no facts of a customer, and what a model computes of them is not finite. */
const largestNumber = 1e100;

/** As much of JSON Schema as is used here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Longest text that is taken. */
export const longestText = 10_000;
/** Ids are looked up: an index of PostgreSQL takes 2,704 bytes, and a character has up to 4. */
export const longestId = 500;

export interface CustomerSchema extends JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

/** Control characters have no place in a level or an id, and would reach logs. */
export const withoutControls = '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$';

/** What says "missing" in a text: nothing but blanks, or what a spreadsheet writes for a failed lookup. */
const blankText = {
  type: 'string',
  pattern: `^[${blankCharacters}]*(${missingText})?[${blankCharacters}]*$`,
};

/**
 * `example`: a row that the schema accepts, shown in the documentation. `clean`: the repairs of single values that every
 * row of the model goes through.
 */
export function customerSchema(
  contract: Contract,
  example?: Readonly<Record<string, unknown>>,
  clean: CleanSection = [],
): CustomerSchema {
  // A text there that is no date counts as missing, so any may come.
  const isLenient = new Set(
    clean.flatMap((one) => (one.repair === 'unreadable-as-missing' ? one.columns : [])),
  );
  const features = usedColumns(contract);
  const isFeature = new Set(features.map(([name]) => name));
  const properties: [string, JsonSchema][] = [];
  const { id, target } = contract;
  if (id !== undefined)
    properties.push([
      id,
      {
        type: 'string',
        minLength: 1,
        maxLength: longestId,
        pattern: withoutControls,
        description: 'Names the customer; comes back with the answer.',
      },
    ]);
  for (const [name, rule] of features) properties.push([name, columnSchema(rule, isLenient.has(name))]);
  for (const [name, rule] of Object.entries(contract.columns)) {
    if (!isFeature.has(name) && name !== id && name !== target.column)
      properties.push([name, unusedSchema(rule.meaning ?? 'Not used by this model.')]);
  }
  if (target.column !== id)
    properties.push([target.column, unusedSchema('What is to be predicted; not looked at.')]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: features.filter(([, { nullable }]) => !nullable).map(([name]) => name),
    additionalProperties: false,
    ...(example && { examples: [example] }),
  };
}

const unusedSchema = (description: string): JsonSchema => ({
  type: ['string', 'number', 'boolean', 'null'],
  maxLength: longestText,
  pattern: withoutControls,
  description,
});

function columnSchema(rule: ColumnContract, isLenient: boolean): JsonSchema {
  const { meaning, unit, nullable } = rule;
  const words = [meaning, unit && `In ${unit}.`].filter(Boolean).join(' ');
  const described = { ...valueSchema(rule, isLenient), ...(words && { description: words }) };
  return nullable ? orNull(described) : described;
}

function valueSchema(
  { kind, min, max, levels, closed, nullable }: ColumnContract,
  isLenient: boolean,
): JsonSchema {
  switch (kind) {
    case 'number':
      return {
        type: 'number',
        minimum: min ?? -largestNumber,
        maximum: max ?? largestNumber,
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'time':
      return {
        type: 'string',
        description: isLenient
          ? 'ISO date or time, UTC unless it names a zone; any other text counts as missing.'
          : 'ISO date or time, UTC unless it names a zone.',
        ...(isLenient
          ? { maxLength: longestText, pattern: withoutControls }
          : { maxLength: 40, anyOf: [{ format: 'date' }, { format: 'date-time' }] }),
        examples: ['2026-01-31'],
      };
    case 'text':
      return { type: 'string', ...textRules(nullable) };
    case 'category':
      return categorySchema(levels ?? [], closed, nullable);
  }
}

/** An open list of levels is told as examples: an unseen level is accepted and counted. */
function categorySchema(levels: readonly JsonScalar[], closed: boolean, nullable: boolean): JsonSchema {
  if (closed) return { enum: levels };
  const types = [...new Set(['string', ...levels.map((level) => typeof level)])];
  return {
    type: types.length === 1 ? types[0] : types,
    ...textRules(nullable),
    ...(levels.length > 0 && { examples: levels.slice(0, 50) }),
  };
}

const textRules = (nullable: boolean): JsonSchema => ({
  maxLength: longestText,
  pattern: withoutControls,
  ...(!nullable && { not: blankText }),
});

const orNull = (schema: JsonSchema): JsonSchema =>
  'enum' in schema
    ? { ...schema, enum: [...(schema.enum as unknown[]), null] }
    : { ...schema, type: [schema.type, 'null'].flat() };
