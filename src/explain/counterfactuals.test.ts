import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { columnContract } from '../data/contract.ts';
import { booleanColumn, categoryColumn, numberColumn, timeColumn } from '../table/column.ts';
import { createTable, requireColumn, type Table } from '../table/table.ts';
import { counterfactuals, leversOf } from './counterfactuals.ts';
import type { ScoreTable } from './score-table.ts';

const plans = ['monthly', 'yearly', 'two-year'];
const customer = (discount: number | null, plan: string, autopay: boolean, tenure: number): Table =>
  createTable([
    numberColumn('discount', [discount]),
    categoryColumn('plan', [plan]),
    booleanColumn('autopay', [autopay]),
    numberColumn('tenure', [tenure]),
  ]);
const columns = ['discount', 'plan', 'autopay', 'tenure'];
const discounts = [0, 5, 10, 15, 20, 25, 30, 35];
const usual = createTable([
  numberColumn('discount', discounts),
  categoryColumn('plan', ['monthly', 'monthly', 'monthly', 'monthly', 'yearly', 'yearly', 'two-year', null]),
  booleanColumn('autopay', [true, false, true, false, true, false, true, false]),
  numberColumn('tenure', [1, 5, 10, 20, 30, 40, 50, 60]),
]);
const contract = {
  discount: columnContract.parse({ kind: 'number', min: 0, max: 30, actionable: true }),
  plan: columnContract.parse({ kind: 'category', levels: plans, closed: true, actionable: true }),
  autopay: columnContract.parse({ kind: 'boolean', actionable: true }),
  tenure: columnContract.parse({ kind: 'number' }),
};
const levers = leversOf(contract, usual.columns, columns);

/** 0.9 less 0.01 a point of discount, 0.2 / 0.4 for longer plans, 0.1 for autopay, 0.005 a month of tenure. */
const score: ScoreTable = (table) => {
  const [discount, tenure] = ['discount', 'tenure'].map(
    (name) => requireColumn('test', table, name, 'number').values,
  );
  const plan = requireColumn('test', table, 'plan', 'category');
  const autopay = requireColumn('test', table, 'autopay', 'boolean').values;
  return discount!.map(
    (value, row) =>
      0.9 -
      0.01 * (value || 0) -
      0.2 * plans.indexOf(plan.levels[plan.codes[row]!]!) -
      0.1 * autopay[row]! -
      0.005 * tenure![row]!,
  );
};
const find = (table: Table, target: number, more: { mostColumns?: number; mostAnswers?: number } = {}) =>
  counterfactuals(score, table, 0, columns, usual, levers, { target, ...more });

test('levers: only actionable features, with values that the contract allows', () => {
  assert.deepEqual(
    levers.map(({ column }) => column),
    ['discount', 'plan', 'autopay'],
  );
  assert.deepEqual(
    [...requireColumn('test', { rowCount: 7, columns: [levers[0]!.values] }, 'discount', 'number').values],
    [0, 5, 10, 15, 20, 25, 30],
  );
  const others = leversOf(
    {
      plan: columnContract.parse({ kind: 'category', levels: ['monthly'], closed: true, actionable: true }),
      discount: columnContract.parse({ kind: 'number', actionable: true, use: 'segment' }),
      since: columnContract.parse({ kind: 'time', actionable: true }),
    },
    [categoryColumn('plan', ['monthly', 'yearly', null]), timeColumn('since', [1, 2, 3])],
    ['plan', 'discount', 'since'],
  );
  assert.deepEqual(
    others.map(({ column, values }) => [column, values.kind === 'category' && values.codes.length]),
    [['plan', 1]],
  );
});

test('counterfactuals: the smallest change first, one column before two, answers of different columns', () => {
  const made = find(customer(0, 'monthly', false, 10), 0.64);
  assert.deepEqual(
    made.answers.map(({ changes }) => changes),
    [
      [{ column: 'discount', from: 0, to: 25 }],
      [{ column: 'plan', from: 'monthly', to: 'two-year' }],
      // No part of it is enough: neither the smaller discount nor the shorter contract.
      [
        { column: 'discount', from: 0, to: 5 },
        { column: 'plan', from: 'monthly', to: 'yearly' },
      ],
    ],
  );
  assert.deepEqual([made.reason, made.caution], [null, 'associated, not caused']);
  assert.ok(made.answers.every(({ score }) => score < 0.64));
  assert.ok(Math.abs(made.answers[0]!.distance - 5 / 8) < 1e-12 && made.answers[1]!.distance === 1);
});

test('counterfactuals: where no single column is enough, two are changed as little as possible', () => {
  const made = find(customer(0, 'monthly', false, 10), 0.39, { mostAnswers: 1 });
  assert.deepEqual(made.answers[0]!.changes, [
    { column: 'discount', from: 0, to: 10 },
    { column: 'plan', from: 'monthly', to: 'two-year' },
  ]);
});

test('counterfactuals: a value that was missing may be set, best to one near the middle', () => {
  const [answer] = find(customer(null, 'two-year', true, 10), 0.31).answers;
  assert.deepEqual(answer!.changes, [{ column: 'discount', from: null, to: 20 }]);
  assert.equal(answer!.distance, 1.0625);
});

test('counterfactuals: no answer says why', () => {
  const reason = (table: Table, target: number) => find(table, target).reason;
  assert.match(
    reason(customer(0, 'monthly', false, 1), 0)!,
    /^no change of up to 3 actionable columns .* takes the score below 0%$/,
  );
  const one = [{ column: 'plan', values: categoryColumn('plan', ['monthly', 'two-year']) }];
  assert.match(
    counterfactuals(score, customer(0, 'monthly', false, 1), 0, columns, usual, one, { target: 0.012345 })
      .reason!,
    /^no change of up to 1 actionable column to values that training saw takes the score below 1\.2%$/,
  );
  assert.equal(reason(customer(30, 'two-year', true, 1), 0.5), 'the score is below the target already');
  const table = customer(0, 'monthly', false, 1);
  const without = counterfactuals(score, table, 0, columns, usual, [], { target: 0.5 });
  assert.deepEqual(
    [without.answers, without.reason],
    [[], 'no column that the model uses is marked actionable: true in the contract'],
  );
  const stuck = [{ column: 'plan', values: categoryColumn('plan', ['monthly']) }];
  assert.equal(
    counterfactuals(score, table, 0, columns, usual, stuck, { target: 0.5 }).reason,
    'the actionable columns have no other value to take',
  );
});

test('counterfactuals: for any customer only actionable columns change, within bounds, and the score really falls below', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 40 })),
      fc.constantFrom(...plans, 'unseen'),
      fc.boolean(),
      fc.integer({ min: 0, max: 72 }),
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      (discount, plan, autopay, tenure, target) => {
        const table = customer(discount, plan, autopay, tenure);
        const made = find(table, target);
        assert.deepEqual(find(table, target), made);
        assert.equal(made.reason === null, made.answers.length > 0);
        const sets = made.answers.map(({ changes }) => changes.map(({ column }) => column).join());
        assert.equal(new Set(sets).size, sets.length);
        for (const [i, { changes, score: reached }] of made.answers.entries()) {
          const to = new Map(changes.map(({ column, to }) => [column, to]));
          for (const column of to.keys()) assert.ok(['discount', 'plan', 'autopay'].includes(column));
          const value = (to.get('discount') ?? discount) as number | null;
          if (to.has('discount')) assert.ok(value! >= 0 && value! <= 30 && discounts.includes(value!));
          if (to.has('plan')) assert.ok(plans.includes(to.get('plan') as string));
          const changed = customer(
            value,
            (to.get('plan') ?? plan) as string,
            (to.get('autopay') ?? autopay) as boolean,
            tenure,
          );
          assert.equal(score(changed)[0], reached);
          assert.ok(reached < target);
          for (const other of made.answers.slice(0, i))
            assert.ok(!other.changes.every((change) => to.get(change.column) === change.to));
        }
      },
    ),
    { numRuns: 200 },
  );
});
