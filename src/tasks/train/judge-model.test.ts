import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Random } from '../../base/random.ts';
import { dataSection } from '../../data/contract.ts';
import { bandsSection, gateSection, profitSection } from '../../evaluation/section.ts';
import { trainSection } from '../../selection/section.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { exampleModel, examplePorts } from '../testing/example-task.ts';
import { judgeModel } from './judge-model.ts';
import type { Parts } from './prepare.ts';

interface Asked {
  readonly threshold?: unknown;
  readonly coverage?: number;
  readonly gate?: unknown;
  readonly profit?: unknown;
}

const specOf = ({ threshold, coverage, gate = {}, profit }: Asked) => ({
  data: dataSection.parse({
    source: 'customers.csv',
    target: { column: 'left', churned: 'yes' },
    columns: {
      tenure: { kind: 'number' },
      plan: { kind: 'category' },
      gender: { kind: 'category', personal: true, use: 'segment' },
    },
  }),
  train: trainSection.parse({ threshold, conformal: coverage === undefined ? {} : { coverage } }),
  bands: bandsSection.parse({}),
  gate: gateSection.parse(gate),
  profit: profitSection.optional().parse(profit),
});

/** Customers who leave with the probability that the model says, 1 / (1 + tenure). */
function customers(rows: number, random: Random): Dataset {
  const tenure = Array.from({ length: rows }, () => random.integer(12));
  return createDataset(
    createTable([
      numberColumn('tenure', tenure),
      categoryColumn(
        'plan',
        tenure.map((months) => (months < 6 ? 'basic' : 'gold')),
      ),
      categoryColumn(
        'gender',
        tenure.map(() => (random.uniform() < 0.5 ? 'f' : 'm')),
      ),
    ]),
    Uint8Array.from(tenure, (months) => (random.uniform() < 1 / (1 + months) ? 1 : 0)),
  );
}

const random = createRandom(1);
const training = customers(800, random.fork('training'));
const validation = customers(400, random.fork('validation'));
const holdout = customers(400, random.fork('holdout'));
const parts: Parts = { all: customers(1600, random.fork('all')), training, validation, holdout };
function monthsOf({ table }: Dataset): { tenure: Float64Array } {
  const column = table.columns[0]!;
  assert.ok(column.kind === 'number');
  return { tenure: column.values };
}

const { fitted } = exampleModel();
const judged = (asked: Asked) =>
  judgeModel(specOf(asked), { fitted, learning: fitted }, parts, createRandom(2), examplePorts.catalogue);

test('judge model: without a profit section nothing is said in money', () => {
  const { further, gate } = judged({ gate: { liftAt10: 1.5, balancedAccuracy: 0.5 } });
  assert.deepEqual(Object.keys(further), [
    'balancedAccuracy',
    'mcc',
    'liftAt10',
    'liftAt20',
    'gainAt10',
    'gainAt20',
  ]);
  assert.deepEqual(
    gate.checks.map(({ name, value }) => [name, value]),
    [
      ['balancedAccuracy', further.balancedAccuracy.value],
      ['liftAt10', further.liftAt10.value],
    ],
  );
});

test('judge model: with a profit section the threshold can earn most, and the gate ask for money', () => {
  const { threshold, further, gate } = judged({
    profit: { offer: 10, contact: 1, lifetimeValue: 200 },
    threshold: { by: 'expected-profit' },
    gate: { expectedProfit: 5 },
  });
  const { tenure } = monthsOf(validation);
  const earnedFrom = (cut: number): number =>
    tenure.reduce((sum, months, row) => {
      if (1 / (1 + months) < cut) return sum;
      return sum + (validation.labels[row] === 1 ? 0.3 * 190 - 1 : -11);
    }, 0);
  for (let months = 0; months < 12; months++)
    assert.ok(earnedFrom(threshold.value) >= earnedFrom(1 / (1 + months)) - 1e-9);
  assert.equal(threshold.by, 'expected-profit');
  assert.ok(further.profitAtThreshold!.value > 5 && further.expectedProfit!.value > 5);
  assert.equal(gate.checks[0]!.value, further.expectedProfit!.value);
});

test('judge model: a capacity in customers is of the whole table', () => {
  const { threshold } = judged({ threshold: { by: 'capacity', customers: 160 } });
  const { tenure } = monthsOf(validation);
  const reach = 1 / threshold.value - 1;
  const within = (months: number): number => tenure.filter((value) => value <= months + 1e-9).length;
  // 160 of 1,600 are 40 of the 400 validation rows; the next tie would be too many.
  assert.ok(within(reach) <= 40 && within(reach + 1) > 40, `${within(reach)} ${within(reach + 1)}`);
});

test('judge model: limits of certainty come from the validation part and are measured on the hold-out', () => {
  const { conformal, certainty } = judged({ coverage: 0.8 });
  assert.deepEqual([conformal.coverage, conformal.rows, certainty.rows], [0.8, 400, 400]);
  assert.ok(conformal.churn > 0 && conformal.stay < 1);
  assert.ok(certainty.coverage.churn!.high > 0.8 && certainty.coverage.stay!.high > 0.8);
});

test('judge model: gaps are told of personal columns alone', () => {
  const { fairness } = judged({});
  assert.deepEqual(
    fairness.map(({ column, groups }) => [column, groups.map(({ level }) => level)]),
    [['gender', ['f', 'm']]],
  );
  // Gender has no part in anything here.
  for (const gap of Object.values(fairness[0]!.gaps)) assert.equal(gap!.proven, false);
});
