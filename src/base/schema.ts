/** Helpers around zod: one standard sentence for every wrong parameter. */
import { z } from 'zod';
import { ParamError } from './errors.ts';
import { didYouMean, printable } from './text.ts';

export type ObjectSchema = z.ZodObject<z.ZodRawShape>;

/** A search range that a parameter carries for random and Bayesian search. */
export type SearchRange =
  | { type: 'log'; low: number; high: number }
  | { type: 'linear'; low: number; high: number }
  | { type: 'integer'; low: number; high: number }
  | { type: 'choice'; values: readonly unknown[] };

/**
 * Parses parameters of `who` by a strict schema, or throws `param.unknown` / `param.value`.
 * `logistic-regression: l2 must be at least 0, got -1`
 */
export function parseParams<S extends ObjectSchema>(who: string, schema: S, value: unknown): z.infer<S> {
  const reserved = reservedPath(value);
  if (reserved !== undefined) {
    throw new ParamError(
      'param.unknown',
      `${who}: ${printable(reserved)} is a reserved name, no parameter and no column can have it; leave it out`,
      { who, param: reserved },
    );
  }
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const problem = firstProblem(schema, value, result.error);
  throw new ParamError(problem.unknown ? 'param.unknown' : 'param.value', `${who}: ${problem.sentence}`, {
    who,
    param: problem.path,
  });
}

/** Where `__proto__` is an own name, which the schema would leave out without a word. */
function reservedPath(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  for (const name of Object.keys(value)) {
    if (name === '__proto__') return name;
    const below = reservedPath((value as Readonly<Record<string, unknown>>)[name]);
    if (below !== undefined) return `${name}.${below}`;
  }
  return undefined;
}

export interface SchemaProblem {
  path: string;
  sentence: string;
  unknown: boolean;
}

/** The first problem of a failed parse as a sentence without its subject. */
export function firstProblem(schema: z.ZodType, value: unknown, error: z.ZodError): SchemaProblem {
  const issue = deepest(error.issues[0]!);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const path = [...issue.path, key].map(String).join('.');
    const variants = variantsAt(schema, value, issue.path);
    const owners = variants?.others.filter(({ keys }) => keys.includes(key)) ?? [];
    if (variants && owners.length > 0) {
      const words = owners.map(({ word }) => word).join(' or ');
      return {
        path,
        sentence: `${printable(path)} goes with ${variants.by}: ${words}, not with ${variants.by}: ${variants.chosen.word}`,
        unknown: true,
      };
    }
    const known = variants?.chosen.keys ?? keysAt(schema, issue.path);
    const allowed = known.length > 0 ? `; known: ${known.join(', ')}` : '';
    return {
      path,
      sentence: `${printable(path)} is not known${didYouMean(key, known) || allowed}`,
      unknown: true,
    };
  }
  const path = issue.path.map(String).join('.');
  const subject = path === '' ? 'the value' : printable(path);
  return {
    path,
    sentence: `${subject} must be ${expectation(issue)}, got ${received(value, issue.path)}`,
    unknown: false,
  };
}

type Issue = z.core.$ZodIssue;

/** Of a union's branches, the issue that got furthest; else the issue itself. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  let best: Issue | undefined;
  for (const branch of issue.errors) {
    const first = branch[0];
    if (first && (!best || first.path.length > best.path.length)) best = first;
  }
  if (!best || best.path.length === 0) return issue;
  return deepest({ ...best, path: [...issue.path, ...best.path] } as Issue);
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'array') return `a list of at least ${issue.minimum}`;
      if (issue.origin === 'string')
        return issue.minimum === 1
          ? 'a text that is not empty'
          : `a text of at least ${issue.minimum} characters`;
      return issue.inclusive ? `at least ${issue.minimum}` : `above ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'array') return `a list of at most ${issue.maximum}`;
      if (issue.origin === 'string') return `a text of at most ${issue.maximum} characters`;
      return issue.inclusive ? `at most ${issue.maximum}` : `below ${issue.maximum}`;
    case 'invalid_type':
      return (
        {
          int: 'a whole number',
          number: 'a number',
          string: 'a text',
          boolean: 'true or false',
          array: 'a list',
          object: 'a group of keys',
        }[issue.expected as string] ?? `${issue.expected}`
      );
    case 'invalid_value':
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union': {
      if (issue.errors.length === 0 && 'options' in issue && Array.isArray(issue.options))
        return `one of ${issue.options.map(String).join(', ')}`;
      const parts = issue.errors
        .map((branch) => (branch[0] ? expectation(branch[0]) : ''))
        .filter((part) => part !== '');
      return [...new Set(parts)].join(' or ') || 'another value';
    }
    case 'not_multiple_of':
      return issue.divisor === 1 ? 'a whole number' : `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return issue.format === 'date' ? 'a date such as 2026-01-31' : issue.message;
    default:
      return issue.message;
  }
}

/** What stands at the path, shortened; parameters are written by the user and hold no customer's value. */
function received(value: unknown, path: readonly PropertyKey[]): string {
  const at = valueAt(value, path);
  if (at === undefined) return 'nothing';
  if (typeof at === 'number') return String(at);
  return printable(JSON.stringify(at) ?? String(at));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const key of path)
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined;
  return at;
}

interface Variant {
  /** What the telling key holds in it. */
  readonly word: string;
  readonly keys: readonly string[];
}

/** Where the group at the path is one of several, told apart by the key `by`: the one it is, and the others. */
function variantsAt(
  schema: z.ZodType,
  value: unknown,
  path: readonly PropertyKey[],
): { by: string; chosen: Variant; others: readonly Variant[] } | undefined {
  const union = schemaAt(schema, path);
  if (!(union instanceof z.ZodDiscriminatedUnion)) return undefined;
  const by = union.def.discriminator;
  const variants = (union.options as z.ZodType[]).flatMap((option): Variant[] => {
    const at = unwrap(option);
    if (!(at instanceof z.ZodObject)) return [];
    const telling = unwrap(at.shape[by] as z.ZodType | undefined);
    const keys = Object.keys(at.shape);
    return telling instanceof z.ZodLiteral
      ? [...telling.values].map((word) => ({ word: String(word), keys }))
      : [];
  });
  const word = String(valueAt(value, [...path, by]));
  const chosen = variants.find((variant) => variant.word === word);
  return chosen && { by, chosen, others: variants.filter((variant) => variant !== chosen) };
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const at = schemaAt(schema, path);
  if (at instanceof z.ZodObject) return Object.keys(at.shape);
  if (at instanceof z.ZodUnion)
    return [...new Set((at.options as z.ZodType[]).flatMap((option) => keysAt(option, [])))];
  return [];
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let at: z.ZodType | undefined = unwrap(schema);
  for (const key of path) {
    if (at instanceof z.ZodObject) at = unwrap(at.shape[String(key)] as z.ZodType | undefined);
    else if (at instanceof z.ZodRecord) at = unwrap(at.valueType as z.ZodType);
    else if (at instanceof z.ZodArray) at = unwrap(at.element as z.ZodType);
    else return undefined;
  }
  return at;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let at = schema;
  while (
    at instanceof z.ZodOptional ||
    at instanceof z.ZodDefault ||
    at instanceof z.ZodNullable ||
    at instanceof z.ZodPrefault
  ) {
    at = at.unwrap() as z.ZodType;
  }
  return at;
}
