/** Parameters are one schema that explains itself and refuses everything else with the standard sentence. */
import { z } from 'zod';
import { claim, refusedWith, sentenceOf } from './claim.ts';
import type { Check, Subject } from './subject.ts';

/** What this file reads of the JSON Schema that zod makes of a parameter. */
interface Described {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Described[];
  readonly items?: Described;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly search?: { readonly low?: unknown; readonly high?: unknown; readonly values?: readonly unknown[] };
}

export const paramChecks: readonly Check[] = [
  {
    id: 'params-explained',
    title: 'every parameter has a text for the help and a default, and the defaults are allowed',
    async run(subject) {
      for (const [name, field] of fieldsOf(subject)) {
        claim((field.description ?? '').length >= 5, `${name} has no .describe() text`);
        claim('default' in field, `${name} has no .default()`);
      }
      try {
        subject.definition({});
      } catch (error) {
        claim(false, `the defaults are refused: ${sentenceOf(error)}`);
      }
    },
  },
  {
    id: 'param-unknown',
    title: 'a parameter it does not know is refused, with the nearest name it does',
    async run(subject) {
      const stranger = 'no-such-parameter';
      const error = await refusedWith(stranger, ['param.unknown'], subject.id, () =>
        subject.definition({ [stranger]: 1 }),
      );
      claim(error.fields.param === stranger, 'the error must name the parameter');
      for (const [name] of fieldsOf(subject)) {
        const typo = `${name}x`;
        const misspelt = await refusedWith(typo, ['param.unknown'], subject.id, () =>
          subject.definition({ [typo]: 1 }),
        );
        claim(misspelt.message.includes(`did you mean ${name}?`), `${typo}: the sentence must offer ${name}`);
      }
    },
  },
  {
    id: 'param-value',
    title: 'each value outside the range of a parameter is refused with the standard sentence',
    async run(subject) {
      for (const [name, field] of fieldsOf(subject)) {
        for (const bad of badValues(field)) {
          const what = `${name}: ${JSON.stringify(bad) ?? String(bad)}`;
          const error = await refusedWith(what, ['param.value', 'param.unknown'], subject.id, () =>
            subject.definition({ [name]: bad }),
          );
          const at = String(error.fields.param);
          claim(at === name || at.startsWith(`${name}.`), `${what}: the error names ${at}`);
          claim(
            error.code === 'param.unknown' || / must be .+, got /.test(error.message),
            `${what}: "${error.message}" is not the standard sentence`,
          );
        }
      }
    },
  },
  {
    id: 'param-search',
    title: 'every end of a search range is an allowed value',
    async run(subject) {
      for (const [name, { search }] of fieldsOf(subject)) {
        const ends = search ? (search.values ?? [search.low, search.high]) : [];
        for (const end of ends) {
          try {
            subject.definition({ ...params(subject), [name]: end });
          } catch (error) {
            claim(false, `${name}: the search range offers a value that is refused: ${sentenceOf(error)}`);
          }
        }
      }
    },
  },
];

const params = (subject: Subject): Record<string, unknown> =>
  subject.estimator.params as Record<string, unknown>;

function fieldsOf(subject: Subject): [string, Described][] {
  const schema = z.toJSONSchema(subject.definition.params, { io: 'input', unrepresentable: 'any' });
  return Object.entries((schema as Described).properties ?? {});
}

/** Values just outside what a parameter allows, and some of other types. */
export function badValues(field: Described): unknown[] {
  const others = ['no such choice', -1.5, true, null, [], { noSuchKey: 1 }];
  const candidates = [...others, ...edges(field)];
  return candidates.filter((value) => isSurelyRefused(field, value));
}

function edges(field: Described): unknown[] {
  if (field.anyOf) return field.anyOf.flatMap(edges);
  const found: unknown[] = [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = field;
  if (isBound(minimum)) found.push(minimum - 1, minimum - 1e-9);
  if (isBound(maximum)) found.push(maximum + 1, maximum + Math.max(1e-9, maximum * 1e-9));
  if (isBound(exclusiveMinimum)) found.push(exclusiveMinimum, exclusiveMinimum - 1);
  if (isBound(exclusiveMaximum)) found.push(exclusiveMaximum, exclusiveMaximum + 1);
  if (isOf(field, 'number') || isOf(field, 'integer')) found.push(Number.NaN, Number.POSITIVE_INFINITY);
  if (isOf(field, 'integer')) found.push((isBound(minimum) ? minimum : 0) + 0.5);
  if (isOf(field, 'string')) found.push('');
  if (field.items) found.push(...badValues(field.items).map((item) => [item]));
  return found;
}

/** The bounds that zod gives every whole number are no bounds of the parameter. */
const isBound = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

const isOf = (field: Described, type: string): boolean => [field.type ?? []].flat().includes(type);

/** True only when the schema's words rule the value out; what they leave open is not claimed. */
function isSurelyRefused(field: Described, value: unknown): boolean {
  if (field.anyOf) return field.anyOf.every((branch) => isSurelyRefused(branch, value));
  if ('const' in field) return value !== field.const;
  if (field.enum) return !field.enum.includes(value);
  if (field.type === undefined) return false;
  const types = [field.type].flat();
  if (!types.includes(typeOf(value)) && !(types.includes('number') && typeOf(value) === 'integer'))
    return true;
  if (typeof value === 'number') {
    return (
      !Number.isFinite(value) ||
      value < (field.minimum ?? value) ||
      value > (field.maximum ?? value) ||
      value <= (field.exclusiveMinimum ?? Number.NEGATIVE_INFINITY) ||
      value >= (field.exclusiveMaximum ?? Number.POSITIVE_INFINITY)
    );
  }
  if (typeof value === 'string') return value.length < (field.minLength ?? 0);
  if (Array.isArray(value)) {
    const { items, minItems = 0, maxItems = value.length } = field;
    if (value.length < minItems || value.length > maxItems) return true;
    return items !== undefined && value.some((item) => isSurelyRefused(items, item));
  }
  return false;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
