/**
 * Raw customers as a request brings them, checked against their schema and read into a table: the columns that
 * the model was trained on, with the meaning that the same cells have in a file.
 *
 * Types are never changed to fit: `"36"` is no number. A missing value is null, or for text what a file calls
 * missing. Problems name fields and rules, never values. O(customers x columns).
 */
import { Ajv, type ErrorObject } from 'ajv';
import { didYouMean, printable } from '../base/text.ts';
import {
  levelSpelling,
  readLevel,
  readTime,
  scalarText,
  unreadable as unreadableCell,
} from '../data/cells.ts';
import { usedColumns } from '../data/check.ts';
import type { CleanSection } from '../data/clean/section.ts';
import type { ColumnContract, Contract, JsonScalar } from '../data/contract.ts';
import type { Column } from '../table/column.ts';
import { createTable, type Table } from '../table/table.ts';
import { type CustomerSchema, longestText, withoutControls } from './customer-schema.ts';
import { fieldRepairs } from './field-repairs.ts';

/** One raw customer: column names to JSON values. */
export type RawCustomer = Readonly<Record<string, unknown>>;

/** What is wrong with a field; `path` is a JSON pointer into the customer. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** How a field that the contract does not name is met. */
export type UnknownFields = 'refuse' | 'ignore';

export interface CustomerReader {
  /** The first problems of one customer, none when it can be scored. */
  problems(customer: unknown, unknown: UnknownFields): readonly FieldProblem[];
  /** Customers without problems as a table, row by row. */
  read(customers: readonly RawCustomer[]): Table;
  /** What names the customer, if the model has an id column and the customer has it. */
  idOf(customer: RawCustomer): string | null;
}

const mostProblems = 20;

/** What the customer itself holds there: `constructor` is not what every object has of that name. */
export const fieldOf = (customer: RawCustomer, name: string): unknown =>
  Object.hasOwn(customer, name) ? customer[name] : undefined;

/** `clean`: the repairs of single values that every row of the model goes through. */
export function customerReader(
  contract: Contract,
  schema: CustomerSchema,
  clean: CleanSection = [],
): CustomerReader {
  const ajv = new Ajv({
    // A column may be named like something that every object has, `constructor`.
    ownProperties: true,
    ...{ allErrors: true, strict: false, strictNumbers: true, allowUnionTypes: true },
    // Times are read below, by the rules of files: more texts than the formats that the schema tells.
    validateFormats: false,
  });
  const strict = ajv.compile(schema);
  const open = ajv.compile({ ...schema, additionalProperties: true });
  const names = Object.keys(schema.properties);
  const used = usedColumns(contract);
  const times = used.filter(([, { kind }]) => kind === 'time');
  const missingIn = fieldRepairs(clean, contract);
  const columns = used.map(([name, rule]) => columnReader(name, rule));
  const repaired = (customer: RawCustomer): RawCustomer => withoutFields(customer, missingIn(customer));
  return {
    problems(sent, unknown) {
      const missing = isObject(sent) ? missingIn(sent) : [];
      const customer = isObject(sent) ? withoutFields(sent, missing) : sent;
      const odd = missing.flatMap((name) => oddText(name, fieldOf(sent as RawCustomer, name)));
      if (odd.length > 0) return odd;
      const places = new Set(missing.map((name) => `/${pointer(name)}`));
      const validate = unknown === 'refuse' ? strict : open;
      const found = validate(customer)
        ? []
        : (validate.errors ?? []).slice(0, mostProblems).map((error) =>
            places.has(error.instancePath)
              ? {
                  path: error.instancePath,
                  message: 'stands for a missing value, and the column is not nullable',
                }
              : problemOf(error, names),
          );
      if (found.length > 0 || !isObject(customer)) return found;
      return [...unreadableTimes(customer, times), ...missingTimes(customer, times)];
    },
    read(customers) {
      const rows = clean.length === 0 ? customers : customers.map(repaired);
      return createTable(
        columns.map((read) => read(rows)),
        rows.length,
      );
    },
    idOf(customer) {
      const id = contract.id === undefined ? undefined : fieldOf(customer, contract.id);
      return typeof id === 'string' ? id : null;
    },
  };
}

const isObject = (value: unknown): value is RawCustomer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The customer with null in these fields. */
const withoutFields = (customer: RawCustomer, names: readonly string[]): RawCustomer =>
  names.length === 0
    ? customer
    : { ...customer, ...Object.fromEntries(names.map((name) => [name, null] as const)) };

/** A schema's complaint in our words; ajv's own may quote what was sent. */
function problemOf({ keyword, instancePath, params }: ErrorObject, names: readonly string[]): FieldProblem {
  const at = (path: string, message: string): FieldProblem => ({ path, message });
  switch (keyword) {
    case 'required':
      return at(
        `/${pointer(params.missingProperty as string)}`,
        'is missing, and the column is not nullable',
      );
    case 'additionalProperties': {
      const name = params.additionalProperty as string;
      return at(`/${pointer(printable(name))}`, `is not a column of the contract${didYouMean(name, names)}`);
    }
    case 'type':
      return at(instancePath, `must be ${kindWords(params.type as string | string[])}`);
    case 'enum':
      return at(instancePath, `must be one of ${(params.allowedValues as unknown[]).map(String).join(', ')}`);
    case 'minimum':
      return at(instancePath, `must be at least ${params.limit as number}`);
    case 'maximum':
      return at(instancePath, `must be at most ${params.limit as number}`);
    case 'minLength':
      return at(instancePath, 'must not be empty');
    case 'maxLength':
      return at(instancePath, `must have at most ${params.limit as number} characters`);
    case 'pattern':
      return at(instancePath, 'must not hold control characters');
    case 'not':
      return at(instancePath, 'is blank, and the column is not nullable');
    default:
      return at(instancePath, 'does not fit the schema');
  }
}

const kindNames: Readonly<Record<string, string>> = {
  object: 'an object of column names and values',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};
const kindWords = (types: string | string[]): string =>
  [types]
    .flat()
    .map((type) => kindNames[type] ?? type)
    .join(' or ');

/** A name as a part of a JSON pointer. */
export const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function unreadableTimes(customer: RawCustomer, times: readonly [string, ColumnContract][]): FieldProblem[] {
  return times
    .filter(([name]) => {
      const value = fieldOf(customer, name);
      return typeof value === 'string' && readTime(value) === unreadableCell;
    })
    .map(([name]) => ({
      path: `/${pointer(name)}`,
      message: 'must be an ISO date or time such as 2026-01-31',
    }));
}

/** A text that counts as missing may be of any form, but no more than any other text may. */
function oddText(name: string, value: unknown): FieldProblem[] {
  if (typeof value !== 'string') return [];
  const path = `/${pointer(name)}`;
  if (value.length > longestText) return [{ path, message: `must have at most ${longestText} characters` }];
  return soundText.test(value) ? [] : [{ path, message: 'must not hold control characters' }];
}

const soundText = new RegExp(withoutControls);

/** A text that says "missing" as null does. */
function missingTimes(customer: RawCustomer, times: readonly [string, ColumnContract][]): FieldProblem[] {
  return times
    .filter(([name, { nullable }]) => {
      const value = fieldOf(customer, name);
      return !nullable && typeof value === 'string' && readTime(value) === null;
    })
    .map(([name]) => ({ path: `/${pointer(name)}`, message: 'is blank, and the column is not nullable' }));
}

type ColumnReader = (customers: readonly RawCustomer[]) => Column;

/** What a column needs to know is worked out once: most tables hold one customer or a few. */
function columnReader(name: string, rule: ColumnContract): ColumnReader {
  switch (rule.kind) {
    case 'number':
    case 'time': {
      const read = rule.kind === 'number' ? numberOf : timeOf;
      const { kind } = rule;
      return (customers) => {
        const values = new Float64Array(customers.length);
        for (let row = 0; row < values.length; row++) values[row] = read(fieldOf(customers[row]!, name));
        return { name, kind, values };
      };
    }
    case 'boolean':
      return (customers) => {
        const values = new Int8Array(customers.length);
        for (let row = 0; row < values.length; row++) values[row] = booleanOf(fieldOf(customers[row]!, name));
        return { name, kind: 'boolean', values };
      };
    case 'text':
      return (customers) => ({
        name,
        kind: 'text',
        values: customers.map((customer) => levelOf(fieldOf(customer, name))),
      });
    case 'category':
      return categoryReader(name, rule.levels);
  }
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
const booleanOf = (value: unknown): number => (typeof value === 'boolean' ? Number(value) : -1);
const timeOf = (value: unknown): number => {
  const time = typeof value === 'string' ? readTime(value) : null;
  return typeof time === 'number' ? time : Number.NaN;
};
const levelOf = (value: unknown): string | null =>
  typeof value === 'string'
    ? readLevel(value)
    : value === null || value === undefined
      ? null
      : scalarText(value as JsonScalar);

/** Levels in the order met: steps compare them by name. */
function categoryReader(name: string, levels: readonly JsonScalar[] | undefined): ColumnReader {
  const spelling = levelSpelling(levels);
  return (customers) => {
    const codes = new Int32Array(customers.length);
    const met: string[] = [];
    for (let row = 0; row < codes.length; row++) {
      const level = levelOf(fieldOf(customers[row]!, name));
      if (level === null) {
        codes[row] = -1;
        continue;
      }
      const spelt = spelling(level);
      const known = met.indexOf(spelt);
      codes[row] = known >= 0 ? known : met.push(spelt) - 1;
    }
    return { name, kind: 'category', codes, levels: met };
  };
}
