/**
 * From a causal model of one customer to tables of many: what a business tells of its customers, and the truth.
 *
 * The mean churn probability of the rows made is exactly the rate asked for: the intercept is solved on the whole
 * table, so `churned` may differ in a few of the rows that two sizes share. With drift that holds for the customers as
 * they would be without it.
 */
import type { Random } from '../../base/random.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { booleanColumn, type Column, numberColumn, textColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { type ColumnBuilder, columnBuilder, type Value } from './column-builder.ts';
import { type DrawnPeople, drawPeople } from './draw-people.ts';
import type { DriftPlan } from './drift/definition.ts';
import { driftTruthOf } from './drift-truth.ts';
import {
  type ColumnAbout,
  type ColumnPlan,
  type CustomerModel,
  customerId,
  type EffectAbout,
  type GeneratedCustomers,
  type GenerateSize,
  type GeneratorDefinition,
  generatedId,
  generatedTarget,
  type OfferAbout,
  type People,
  snapshotColumn,
} from './model.ts';
import { snapshotMs } from './snapshot.ts';

type CustomerRecord = Readonly<Record<string, Value>>;

const idAbout: ColumnAbout = { name: generatedId, kind: 'text', meaning: 'Names the customer.' };
const targetAbout: ColumnAbout = {
  name: generatedTarget.column,
  kind: 'category',
  meaning: 'Whether the customer left in the six months after the snapshot: yes or no.',
};

export function defineGenerator<Customer extends CustomerRecord>(
  model: CustomerModel<Customer>,
): GeneratorDefinition {
  return Object.freeze({
    id: model.id,
    title: model.title,
    columns: [idAbout, ...model.columns.map(aboutOf), targetAbout],
    effects: model.effects.map(
      ({ name, coefficient, meaning }): EffectAbout => ({ name, coefficient, meaning }),
    ),
    offers: model.offers.map(({ id, meaning }): OfferAbout => ({ id, meaning })),
    events: model.events,
    generate: (size: GenerateSize, random: Random) => generate(model, size, random),
  });
}

function aboutOf({ levels: _levels, ...about }: ColumnAbout & { levels?: readonly string[] }): ColumnAbout {
  return about;
}

function generate<Customer extends CustomerRecord>(
  model: CustomerModel<Customer>,
  size: GenerateSize,
  random: Random,
): GeneratedCustomers {
  const { rows, drift } = size;
  const plan = drift?.definition.plan(model.drift) ?? null;
  const builders = model.columns.map((column) => columnBuilder(withNewLevel(column, plan), rows));
  const drawn = drawPeople(model, size, plan, random, (row, customer) => {
    for (let c = 0; c < builders.length; c++) builders[c]!.set(row, customer[model.columns[c]!.name]!);
  });
  if (plan?.record) rewriteDrifted(model, plan, drawn, builders, random);
  const probability = drawn.logOdds.map(sigmoid);
  const withOffer = drawn.logOdds.map((logOdds, row) => sigmoid(logOdds + drawn.offerShift[row]!));
  const ids = textColumn(
    generatedId,
    Array.from({ length: rows }, (_, row) => customerId(row)),
  );
  const recorded = [ids, ...snapshotDates(size, drawn), ...builders.map((builder) => builder.finish())];
  const table = createTable([...recorded, outcomes(probability, drawn.luck)]);
  const calm = drift ? generate(model, { ...size, drift: undefined }, random) : null;
  const truth = createTable([
    ids,
    numberColumn('churnProbability', probability),
    numberColumn('churnProbabilityWithOffer', withOffer),
    numberColumn(
      'offerEffect',
      withOffer.map((p, row) => p - probability[row]!),
    ),
    ...(drift
      ? [
          booleanColumn(
            'isDrifted',
            Array.from(drawn.driftSize, (so) => so > 0),
          ),
        ]
      : []),
  ]);
  return {
    table,
    truth,
    driftTruth:
      drift && plan && calm ? driftTruthOf(drift, plan, { table, truth }, calm, drawn.driftSize) : null,
    people: peopleOf(model, drawn, probability, random),
  };
}

function withNewLevel<Customer>(column: ColumnPlan<Customer>, plan: DriftPlan | null): ColumnPlan<Customer> {
  if (plan?.newLevel === undefined || column.name !== plan.column) return column;
  return { ...column, levels: [...(column.levels ?? []), plan.newLevel] };
}

/** What is recorded of the drifted rows in the column that drifts. */
function rewriteDrifted<Customer extends CustomerRecord>(
  model: CustomerModel<Customer>,
  plan: DriftPlan,
  drawn: DrawnPeople<Customer>,
  builders: readonly ColumnBuilder[],
  random: Random,
): void {
  const at = model.columns.findIndex(({ name }) => name === plan.column);
  const { name } = model.columns[at]!;
  drawn.driftSize.forEach((size, row) => {
    if (size > 0) {
      const value = drawn.customerAt(row)[name]!;
      builders[at]!.set(row, plan.record!(value, size, random.fork('drift', row)));
    }
  });
}

function snapshotDates<Customer>(
  { rows, snapshots = 1 }: GenerateSize,
  { snapshotAt }: DrawnPeople<Customer>,
): Column[] {
  if (snapshots === 1) return [];
  const builder = columnBuilder({ name: snapshotColumn, kind: 'time' }, rows);
  for (let row = 0; row < rows; row++) builder.set(row, snapshotMs(snapshotAt(row)));
  return [builder.finish()];
}

function outcomes(probability: Float64Array, luck: Float64Array): Column {
  const { column, churned, stayed } = generatedTarget;
  const builder = columnBuilder(
    { name: column, kind: 'category', levels: [stayed, churned] },
    probability.length,
  );
  for (let row = 0; row < probability.length; row++)
    builder.set(row, luck[row]! < probability[row]! ? churned : stayed);
  return builder.finish();
}

function peopleOf<Customer extends CustomerRecord>(
  model: CustomerModel<Customer>,
  drawn: DrawnPeople<Customer>,
  probability: Float64Array,
  random: Random,
): People {
  return {
    rowCount: probability.length,
    offers: model.offers,
    events: model.events,
    productCategories: model.productCategories,
    random,
    at: (row) => {
      const customer = drawn.customerAt(row);
      return {
        ...model.portrait(customer),
        id: customerId(row),
        snapshotMs: snapshotMs(drawn.snapshotAt(row)),
        churnProbability: probability[row]!,
        churnProbabilityWith: model.offers.map(({ shift }) => sigmoid(drawn.logOdds[row]! + shift(customer))),
        luck: drawn.luck[row]!,
        effects: model.effects.map(({ of }) => of(customer)),
      };
    },
  };
}
