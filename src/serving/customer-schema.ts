/**
 * The JSON Schema (draft 7) of one raw customer as a model's contract has it: what the API checks a request
 * against and what OpenAPI tells. Every column the contract names may come, also those a model doesn't use;
 * required are the features that are not nullable.
 */

import { usedColumns } from '../data/check.ts';
import type { ColumnContract, Contract, JsonScalar } from '../data/contract.ts';

/** As much of JSON Schema as is used here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Longest text that is taken. */
export const longestText = 10_000;

export interface CustomerSchema extends JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

/** `example`: a row that the schema accepts, shown in the documentation. */
export function customerSchema(
  contract: Contract,
  example?: Readonly<Record<string, unknown>>,
): CustomerSchema {
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
        maxLength: longestText,
        description: 'Names the customer; comes back with the answer.',
      },
    ]);
  for (const [name, rule] of features) properties.push([name, columnSchema(rule)]);
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
  description,
});

function columnSchema(rule: ColumnContract): JsonSchema {
  const { meaning, unit, nullable } = rule;
  const words = [meaning, unit && `In ${unit}.`].filter(Boolean).join(' ');
  const described = { ...valueSchema(rule), ...(words && { description: words }) };
  return nullable ? orNull(described) : described;
}

function valueSchema({ kind, min, max, levels, closed }: ColumnContract): JsonSchema {
  switch (kind) {
    case 'number':
      return {
        type: 'number',
        ...(min !== undefined && { minimum: min }),
        ...(max !== undefined && { maximum: max }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'time':
      return {
        type: 'string',
        maxLength: 40,
        description: 'ISO date or time, UTC unless it names a zone.',
        examples: ['2026-01-31'],
      };
    case 'text':
      return { type: 'string', maxLength: longestText };
    case 'category':
      return categorySchema(levels ?? [], closed);
  }
}

/** An open list of levels is told as examples: an unseen level is accepted and counted. */
function categorySchema(levels: readonly JsonScalar[], closed: boolean): JsonSchema {
  if (closed) return { enum: levels };
  const types = [...new Set(['string', ...levels.map((level) => typeof level)])];
  return {
    type: types.length === 1 ? types[0] : types,
    maxLength: longestText,
    ...(levels.length > 0 && { examples: levels.slice(0, 50) }),
  };
}

const orNull = (schema: JsonSchema): JsonSchema =>
  'enum' in schema
    ? { ...schema, enum: [...(schema.enum as unknown[]), null] }
    : { ...schema, type: [schema.type, 'null'].flat() };
