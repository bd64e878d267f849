import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainEqual } from '../../base/plain.ts';
import { createRandom } from '../../base/random.ts';
import { mean } from '../../math/sum.ts';
import { byCodeUnit, type NumberColumn } from '../../table/column.ts';
import { findColumn, requireColumn, takeRows } from '../../table/table.ts';
import { allGenerators } from './all.ts';
import { generatedId, generatedTarget } from './model.ts';
import { fitLogit } from './testing/fit-logit.ts';

test('generate: every kind has an id of its own, a file of its name and a title', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  assert.equal(new Set(allGenerators.map(({ id }) => id)).size, allGenerators.length);
  for (const { id, title } of allGenerators) {
    assert.ok(files.includes(`${id}.ts`) && files.includes(`${id}.test.ts`), id);
    assert.ok(title.endsWith('.'), id);
  }
});

/** Recorded, never missing, and no cause of leaving. */
const bystanders = [
  'usageHoursMonth',
  'householdSize',
  'visits30d',
  'returns12m',
  'loginsMonth',
  'branchVisits12m',
];

for (const generator of allGenerators) {
  const size = { rows: 400, seed: 3, churnRate: 0.24 };
  const make = (seed: number, more = {}) => generator.generate({ ...size, ...more }, createRandom(seed));

  test(`${generator.id}: the table is as described, every column with a meaning and levels in order`, () => {
    const { table } = make(3);
    assert.equal(table.rowCount, 400);
    assert.deepEqual(
      table.columns.map(({ name, kind }) => [name, kind]),
      generator.columns.map(({ name, kind }) => [name, kind]),
    );
    assert.equal(table.columns[0]!.name, generatedId);
    assert.equal(table.columns.at(-1)!.name, generatedTarget.column);
    for (const { name, meaning } of generator.columns) assert.match(meaning, /^[A-Z].*\.$/, name);
    for (const column of table.columns) {
      if (column.kind === 'category') assert.deepEqual(column.levels, column.levels.toSorted(byCodeUnit));
    }
  });

  test(`${generator.id}: the same seed gives the same customers, another seed others`, () => {
    const tables = (seed: number) => {
      const { table, truth, people } = make(seed);
      return { table, truth, person: people.at(7) };
    };
    assert.ok(plainEqual(tables(3), tables(3)));
    assert.ok(!plainEqual(tables(3), tables(4)));
  });

  test(`${generator.id}: at any rate and size, one row too, the mean probability is the rate`, () => {
    for (const churnRate of [0.01, 0.24, 0.9]) {
      for (const rows of [1, 2, 300]) {
        const probability = requireColumn(
          'test',
          make(3, { churnRate, rows }).truth,
          'churnProbability',
          'number',
        );
        assert.ok(Math.abs(mean((probability as NumberColumn).values) - churnRate) < 1e-10);
      }
    }
  });

  test(`${generator.id}: for any size the first customers are those of a larger table, but for the outcome`, () => {
    const larger = make(3, { rows: 90, snapshots: 5 }).table;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (rows) => {
        const { table } = make(3, { rows, snapshots: 5 });
        const first = takeRows(larger, [...Array(rows).keys()]);
        return table.columns.every(
          (column, c) => column.name === generatedTarget.column || plainEqual(column, first.columns[c]),
        );
      }),
      { numRuns: 20 },
    );
  });

  test(`${generator.id}: the truth stays out of the table`, () => {
    const { table, truth } = make(3);
    for (const { name } of truth.columns) {
      if (name !== generatedId) assert.equal(findColumn(table, name), undefined, name);
    }
  });

  test(`${generator.id}: a logistic regression on the true causes finds the stated effects again, and no other`, () => {
    const { table, people } = make(5, { rows: 24_000, snapshots: 12 });
    const { codes, levels } = requireColumn('test', table, generatedTarget.column, 'category');
    const strangers = table.columns.filter(({ name }) => bystanders.includes(name)) as NumberColumn[];
    assert.ok(strangers.length > 0);
    const rows = Array.from({ length: table.rowCount }, (_, row) => [
      ...people.at(row).effects,
      ...strangers.map(({ values }) => values[row]!),
    ]);
    const { coefficients, standardErrors } = fitLogit(
      rows,
      Array.from(codes, (code) => levels[code] === generatedTarget.churned),
    );
    const stated = [...generator.effects, ...strangers.map(({ name }) => ({ name, coefficient: 0 }))];
    stated.forEach(({ name, coefficient }, i) => {
      const found = coefficients[i + 1]!;
      const error = standardErrors[i + 1]!;
      // 3.7 standard errors: one of some forty estimates beyond it in a hundred seeds.
      assert.ok(
        Math.abs(found - coefficient) < 3.7 * error,
        `${name} ${found} +- ${error}, stated ${coefficient}`,
      );
      // Tight enough that an effect which is not there would be noticed.
      assert.ok(coefficient === 0 || error < 0.4 * Math.abs(coefficient), `${name} ${error}`);
    });
  });

  test(`${generator.id}: no date lies after the snapshot, and customers begin before it`, () => {
    const { table, people } = make(6, { snapshots: 12 });
    const snapshots = requireColumn('test', table, 'snapshotDate', 'time').values;
    for (const column of table.columns) {
      if (column.kind === 'time')
        assert.ok(
          column.values.every((at, row) => !(at > snapshots[row]!)),
          column.name,
        );
    }
    for (let row = 0; row < 400; row++) assert.ok(people.at(row).startMs <= snapshots[row]!);
  });

  test(`${generator.id}: offers have ids of their own, and the README names every effect with its coefficient`, () => {
    assert.equal(new Set(generator.offers.map(({ id }) => id)).size, generator.offers.length);
    const page = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const line = page.split('\n').find((one) => one.startsWith(`| ${generator.id} |`));
    for (const { name, coefficient } of generator.effects)
      assert.ok(line?.includes(`${name} ${coefficient}`), `| ${generator.id} | ... ${name} ${coefficient}`);
  });
}
