/**
 * From a causal model of one customer to tables of many: what a business tells of its customers, and the truth.
 *
 * Each customer has a random stream of its own, named by the row, so the first rows of a large table are those
 * of a small one. Only `churned` may differ in a few rows, because the intercept is solved on the whole table:
 * the mean churn probability of the rows made is exactly the rate asked for.
 */
import type { Random } from '../../base/random.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import {
  booleanColumn,
  type Column,
  type ColumnKind,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from '../../table/column.ts';
import { createTable, type Table } from '../../table/table.ts';
import { solveIntercept } from './causal.ts';

type Value = number | string | boolean | null;

/** What a generated column is, for help texts and the data dictionary. */
export interface ColumnAbout {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly meaning: string;
  readonly unit?: string;
  readonly personal?: boolean;
  readonly actionable?: boolean;
}

/** A column of the table: the customer's value of the same name; null = missing. */
export interface ColumnPlan<Customer> extends ColumnAbout {
  readonly name: Extract<keyof Customer, string>;
  /** All levels of a category, in the order of code units. */
  readonly levels?: readonly string[];
}

export interface CustomerModel<Customer extends Readonly<Record<string, Value>>> {
  /** Kind of business; the file's name. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly ColumnPlan<Customer>[];
  /** One customer with hidden factors and observed values, from a stream of its own. */
  draw(random: Random): Customer;
  /** Log-odds of leaving, up to an intercept. */
  churnScore(customer: Customer): number;
  /** What a retention offer adds to the log-odds of leaving; above 0 for sleeping dogs. */
  offerShift(customer: Customer): number;
}

export interface GenerateSize {
  readonly rows: number;
  readonly seed: number;
  /** Mean churn probability, above 0 and below 1. */
  readonly churnRate: number;
}

export interface GeneratedCustomers {
  /** What a company would know at the snapshot, with the outcome in the last column. */
  readonly table: Table;
  /** customerId, churnProbability, churnProbabilityWithOffer, offerEffect: their difference, below 0 where the offer keeps. */
  readonly truth: Table;
}

/** A kind of business whose customers can be made. */
export interface GeneratorDefinition {
  readonly id: string;
  readonly title: string;
  /** Every column of the table in order, id and target included. */
  readonly columns: readonly ColumnAbout[];
  generate(size: GenerateSize, random: Random): GeneratedCustomers;
}

/** The column that names a customer, and the one that says who left, in every kind of business. */
export const generatedId = 'customerId';
export const generatedTarget = { column: 'churned', churned: 'yes', stayed: 'no' } as const;

const idAbout: ColumnAbout = { name: generatedId, kind: 'text', meaning: 'Names the customer.' };
const targetAbout: ColumnAbout = {
  name: generatedTarget.column,
  kind: 'category',
  meaning: 'Whether the customer left in the six months after the snapshot: yes or no.',
};

export function defineGenerator<Customer extends Readonly<Record<string, Value>>>(
  model: CustomerModel<Customer>,
): GeneratorDefinition {
  return Object.freeze({
    id: model.id,
    title: model.title,
    columns: [idAbout, ...model.columns.map(aboutOf), targetAbout],
    generate: (size: GenerateSize, random: Random) => generate(model, size, random),
  });
}

function aboutOf({ levels: _levels, ...about }: ColumnAbout & { levels?: readonly string[] }): ColumnAbout {
  return about;
}

function generate<Customer extends Readonly<Record<string, Value>>>(
  model: CustomerModel<Customer>,
  { rows, churnRate }: GenerateSize,
  random: Random,
): GeneratedCustomers {
  const values = model.columns.map(() => new Array<Value>(rows));
  const luck = new Float64Array(rows);
  const scores = new Float64Array(rows);
  const shifts = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const stream = random.fork('customer', row);
    luck[row] = stream.uniform();
    const customer = model.draw(stream);
    scores[row] = model.churnScore(customer);
    shifts[row] = model.offerShift(customer);
    for (let c = 0; c < values.length; c++) values[c]![row] = customer[model.columns[c]!.name]!;
  }
  const intercept = solveIntercept(scores, churnRate);
  const probability = scores.map((score) => sigmoid(intercept + score));
  const withOffer = scores.map((score, row) => sigmoid(intercept + score + shifts[row]!));
  const { column, churned, stayed } = generatedTarget;
  const outcomes = Array.from(probability, (p, row) => (luck[row]! < p ? churned : stayed));
  const ids = textColumn(
    generatedId,
    Array.from({ length: rows }, (_, row) => customerId(row)),
  );
  return {
    table: createTable([
      ids,
      ...model.columns.map((plan, c) => columnOf(plan, values[c]!)),
      categoryColumn(column, outcomes, [stayed, churned]),
    ]),
    truth: createTable([
      ids,
      numberColumn('churnProbability', probability),
      numberColumn('churnProbabilityWithOffer', withOffer),
      numberColumn(
        'offerEffect',
        withOffer.map((p, row) => p - probability[row]!),
      ),
    ]),
  };
}

const customerId = (row: number): string => `C${String(row + 1).padStart(6, '0')}`;

function columnOf<Customer>({ name, kind, levels }: ColumnPlan<Customer>, values: readonly Value[]): Column {
  switch (kind) {
    case 'number':
      return numberColumn(name, values as (number | null)[]);
    case 'time':
      return timeColumn(name, values as (number | null)[]);
    case 'boolean':
      return booleanColumn(name, values as (boolean | null)[]);
    case 'category':
      return categoryColumn(name, values as (string | null)[], levels);
    case 'text':
      return textColumn(name, values as (string | null)[]);
  }
}
