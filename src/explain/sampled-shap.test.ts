import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { booleanColumn, categoryColumn, numberColumn, textColumn, timeColumn } from '../table/column.ts';
import { createTable, requireColumn, type Table, takeRows } from '../table/table.ts';
import { sampledShap } from './sampled-shap.ts';
import type { ScoreTable } from './score-table.ts';

const names = ['a', 'b', 'c'];
const tableOf = (rows: readonly (readonly number[])[]): Table =>
  createTable(
    names.map((name, c) =>
      numberColumn(
        name,
        rows.map((row) => row[c]!),
      ),
    ),
  );
const numbers = (table: Table, name: string) => requireColumn('test', table, name, 'number').values;
/** A model with an interaction, written down. */
const model = ([a, b, c]: readonly number[]): number => 0.5 + 0.1 * a! - 0.05 * b! * c! + 0.02 * c! * c!;
const score: ScoreTable = (table) => {
  const [a, b, c] = names.map((name) => numbers(table, name));
  return Float64Array.from({ length: table.rowCount }, (_, i) => model([a![i]!, b![i]!, c![i]!]));
};
const typicalRows = [
  [0, 1, 2],
  [1, 0, -1],
  [2, 3, 0],
  [-1, 1, 1],
];
const typical = tableOf(typicalRows);

/** The definition: every order, every combination of typical values. */
function shapley(x: readonly number[]): number[] {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const values = [0, 0, 0];
  const share = 1 / (orders.length * 64);
  for (let draw = 0; draw < 64; draw++) {
    const b = [0, 1, 2].map((c) => typicalRows[(draw >> (2 * c)) & 3]![c]!);
    for (const order of orders) {
      const current = [...b];
      for (const c of order) {
        const before = model(current);
        current[c] = x[c]!;
        values[c]! += (model(current) - before) * share;
      }
    }
  }
  return values;
}

test('sampled SHAP: comes to the Shapley values of independent typical columns, within three standard errors', () => {
  const x = [3, -2, 1.5];
  const made = sampledShap(score, tableOf([x]), typical, names, { random: createRandom(1), budget: 2000 });
  assert.equal(made.orders, 500);
  shapley(x).forEach((value, c) => {
    const off = Math.abs(made.values[c]! - value);
    assert.ok(
      off <= 3 * made.errors[c]! + 1e-12 && off < 0.02,
      `${names[c]}: ${made.values[c]} is not ${value}`,
    );
  });
  assert.ok(
    made.errors[0]! < 0.001 && Math.abs(made.values[0]! - shapley(x)[0]!) < 1e-12,
    'a column that interacts with nothing is exact after whole rounds of draws',
  );
});

test('sampled SHAP: for any rows and seed a row adds up to its score within 1e-9, whatever rows stand beside it', () => {
  const value = fc.integer({ min: -4, max: 4 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 1, max: 60 }),
      (rows, seed, budget) => {
        const table = tableOf(rows);
        const made = sampledShap(score, table, typical, names, { random: createRandom(seed), budget });
        const scores = score(table);
        rows.forEach((_, row) => {
          const own = made.values.subarray(row * 3, row * 3 + 3);
          assert.ok(Math.abs(own.reduce((sum, part) => sum + part, made.base) - scores[row]!) < 1e-9);
          const alone = sampledShap(score, takeRows(table, [row]), typical, names, {
            random: createRandom(seed),
            budget,
          });
          assert.deepEqual(alone.values, own.slice());
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('sampled SHAP: a customer who is typical in every column, and a column that the model ignores, get 0', () => {
  const one = tableOf([[1, 2, 3]]);
  const itself = sampledShap(score, one, one, names, { random: createRandom(1) });
  assert.deepEqual([...itself.values], [0, 0, 0]);
  const ignoring: ScoreTable = (table) => numbers(table, 'a').map((a) => a / 10);
  const made = sampledShap(ignoring, one, typical, names, { random: createRandom(1) });
  assert.deepEqual([made.values[1], made.values[2]], [0, 0]);
});

test('sampled SHAP: a row costs no more scorings than the budget, and at least two orders', () => {
  let scored = 0;
  const counting: ScoreTable = (table) => {
    scored += table.rowCount;
    return score(table);
  };
  const table = tableOf(Array.from({ length: 50 }, (_, i) => [i, -i, i / 2]));
  for (const [budget, orders] of [
    // 10 are affordable, 8 are two whole rounds of the four typical rows.
    [40, 8],
    [1, 2],
  ] as const) {
    scored = 0;
    const made = sampledShap(counting, table, typical, names, { random: createRandom(1), budget });
    assert.equal(made.orders, orders);
    assert.ok(scored <= 50 * Math.max(budget, 8) + 50 + orders, `${scored}`);
  }
});

test('sampled SHAP: every kind of column turns, missing values and levels of one side included', () => {
  const customer = createTable([
    categoryColumn('plan', ['gold']),
    booleanColumn('autopay', [true]),
    timeColumn('since', [5]),
    textColumn('remark', ['late']),
    numberColumn('usage', [null]),
  ]);
  const usual = createTable([
    categoryColumn('plan', ['basic', null]),
    booleanColumn('autopay', [false, true]),
    timeColumn('since', [1, null]),
    textColumn('remark', [null, null]),
    numberColumn('usage', [1, 2]),
  ]);
  const parts: Readonly<Record<string, number>> = {
    plan: 0.1,
    autopay: 0.2,
    since: 0.05,
    remark: 0.15,
    usage: 0.3,
  };
  const counts: ScoreTable = (table) => {
    const sums = new Float64Array(table.rowCount);
    for (const column of table.columns) {
      for (let row = 0; row < table.rowCount; row++) {
        const isOwn =
          column.kind === 'category'
            ? column.levels[column.codes[row]!] === 'gold'
            : column.kind === 'text'
              ? column.values[row] === 'late'
              : column.kind === 'boolean'
                ? column.values[row] === 1
                : column.kind === 'time'
                  ? column.values[row] === 5
                  : Number.isNaN(column.values[row]);
        if (isOwn) sums[row]! += parts[column.name]!;
      }
    }
    return sums;
  };
  const made = sampledShap(counts, customer, usual, Object.keys(parts), { random: createRandom(2) });
  // Half of the typical customers have autopay anyway.
  [0.1, 0.1, 0.05, 0.15, 0.3].forEach((value, c) => {
    assert.ok(Math.abs(made.values[c]! - value) < 1e-12, `${c}: ${made.values[c]}`);
  });
});
