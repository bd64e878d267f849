import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { plainEqual } from '../../base/plain.ts';
import { createRandom } from '../../base/random.ts';
import { mean } from '../../math/sum.ts';
import { byCodeUnit, type NumberColumn } from '../../table/column.ts';
import { findColumn, requireColumn } from '../../table/table.ts';
import { allGenerators } from './all.ts';
import { generatedId, generatedTarget } from './model.ts';

test('generate: every kind has an id of its own, a file of its name and a title', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  assert.equal(new Set(allGenerators.map(({ id }) => id)).size, allGenerators.length);
  for (const { id, title } of allGenerators) {
    assert.ok(files.includes(`${id}.ts`) && files.includes(`${id}.test.ts`), id);
    assert.ok(title.endsWith('.'), id);
  }
});

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
    assert.ok(plainEqual(make(3), make(3)));
    assert.ok(!plainEqual(make(3), make(4)));
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

  test(`${generator.id}: the truth stays out of the table`, () => {
    const { table, truth } = make(3);
    for (const { name } of truth.columns) {
      if (name !== generatedId) assert.equal(findColumn(table, name), undefined, name);
    }
  });
}
