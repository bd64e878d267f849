/** What a request's schema complains of, in plain sentences: names, bounds and what is allowed, never what was sent. */
import { countOf, didYouMean, printable } from '../base/text.ts';
import type { FieldProblem } from '../serving/customer-reader.ts';
import type { JsonSchema } from '../serving/customer-schema.ts';

/** A complaint of the validator, made with `verbose`. */
export interface SchemaComplaint {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: JsonSchema;
}

/** Which part of a request was checked, as Fastify names it. */
export type RequestPart = 'body' | 'querystring' | 'params' | 'headers';

/** Say only that one of several schemas does not fit; the others say what is wrong. */
const unspecific: ReadonlySet<string> = new Set(['oneOf', 'anyOf', 'if', 'discriminator']);

/** Each problem once. A date of the wrong form is not told of its pattern too. */
export function schemaProblems(complaints: readonly SchemaComplaint[], part: RequestPart): FieldProblem[] {
  const specific = complaints.filter(({ keyword }) => !unspecific.has(keyword));
  const formless = new Set(
    specific.filter(({ keyword }) => keyword === 'format').map(({ instancePath }) => instancePath),
  );
  const told = (specific.length > 0 ? specific : complaints)
    .filter(({ keyword, instancePath }) => keyword !== 'pattern' || !formless.has(instancePath))
    .map((one): FieldProblem => ({ path: one.instancePath, message: sentenceOf(one, part) }));
  return [...new Map(told.map((one) => [`${one.path} ${one.message}`, one])).values()];
}

function sentenceOf({ keyword, params, parentSchema = {} }: SchemaComplaint, part: RequestPart): string {
  const limit = params.limit as number;
  switch (keyword) {
    case 'required':
      return missingSentence(params.missingProperty as string, parentSchema);
    case 'additionalProperties':
      return unknownSentence(params.additionalProperty as string, parentSchema, part);
    case 'type':
      // A query names a parameter twice: the only way to send a list.
      return part === 'querystring'
        ? 'must be given once'
        : `must be ${[params.type as string | string[]]
            .flat()
            .map((type) => kindNames[type] ?? type)
            .join(' or ')}`;
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).map(String).join(', ')}`;
    case 'const':
      return `must be ${String(params.allowedValue)}`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'exclusiveMinimum':
      return `must be above ${limit}`;
    case 'exclusiveMaximum':
      return `must be below ${limit}`;
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${countOf(limit, 'character')}`;
    case 'minItems':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} entries`;
    case 'maxItems':
      return `must have at most ${countOf(limit, 'entry', 'entries')}`;
    case 'uniqueItems':
      return 'must not name anything twice';
    case 'minProperties':
      return limit === 1 ? 'must name at least one column' : `must hold at least ${limit} fields`;
    case 'maxProperties':
      return limit === 0 ? 'must be empty' : `must hold at most ${countOf(limit, 'field')}`;
    case 'format':
      return params.format === 'date'
        ? 'must be a date such as 2026-01-31'
        : `must have the form of a ${String(params.format)}`;
    case 'pattern':
      return controls.test(params.pattern as string)
        ? 'must not hold control characters'
        : 'must have the form that /docs tells';
    default:
      return 'does not fit the schema; see /docs';
  }
}

/** Patterns that forbid characters and ask for nothing else. */
const controls = /^\^\[\^[^\]]*\\u0000[^\]]*\][*+]\$$/;

const kindNames: Readonly<Record<string, string>> = {
  object: 'a JSON object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

const propertiesOf = (schema: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;

/** `must hold args, with model, data, out`: what is missing, and what that must hold in its turn. */
function missingSentence(name: string, parent: JsonSchema): string {
  const { required } = propertiesOf(parent)[name] ?? {};
  const inside = Array.isArray(required) && required.length > 0 ? `, with ${required.join(', ')}` : '';
  return `must hold ${name}${inside}`;
}

function unknownSentence(name: string, parent: JsonSchema, part: RequestPart): string {
  const known = Object.keys(propertiesOf(parent));
  const allowed = known.length > 0 ? `; allowed are ${known.join(', ')}` : '; none is allowed';
  const what = part === 'querystring' ? 'unknown parameter' : 'must not hold';
  return `${what} ${printable(name)}${allowed}${didYouMean(name, known)}`;
}
