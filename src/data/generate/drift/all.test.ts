import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { plainEqual } from '../../../base/plain.ts';
import { requireColumn, takeRows } from '../../../table/table.ts';
import { allGenerators } from '../all.ts';
import { generateCustomers } from '../generate-customers.ts';
import { makeDrifted, meanAt } from '../testing/drifted.ts';
import { allDrifts } from './all.ts';

test('drift: every file is listed, named by its id, tested beside it, and has a title', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  const definitions = files.filter((file) => !/\.test\.ts$|^(all|definition)\.ts$/.test(file));
  assert.deepEqual(definitions.sort(), allDrifts.map(({ id }) => `${id}.ts`).sort());
  for (const { id, title } of allDrifts) {
    assert.ok(files.includes(`${id}.test.ts`), id);
    assert.match(title, /^[A-Z].*\.$/, id);
  }
});

for (const { id } of allDrifts) {
  const { made, calm, before, after } = makeDrifted(id);
  const probability = made.numbers('churnProbability', made.truth);

  test(`${id}: customers before its day are those of a table without drift`, () => {
    const rows = Int32Array.from(before);
    for (const column of made.table.columns) {
      // The levels of a category may be more; what stands in the rows may not differ.
      if (column.kind === 'category') {
        const levels = requireColumn('test', calm.table, column.name, 'category');
        for (const row of rows)
          assert.equal(column.levels[column.codes[row]!], levels.levels[levels.codes[row]!], column.name);
        continue;
      }
      const same = requireColumn('test', calm.table, column.name);
      assert.ok(
        plainEqual(
          takeRows({ rowCount: 6000, columns: [column] }, rows),
          takeRows({ rowCount: 6000, columns: [same] }, rows),
        ),
        column.name,
      );
    }
    assert.deepEqual(
      before.map((row) => probability[row]),
      before.map((row) => calm.numbers('churnProbability', calm.truth)[row]),
    );
  });

  test(`${id}: the true probability stays true: outcomes follow it before and after`, () => {
    const leaves = Float64Array.from({ length: 6000 }, (_, row) => Number(made.isChurned(row)));
    for (const some of [before, after]) {
      for (const [low, high] of [
        [0, 0.15],
        [0.15, 0.35],
        [0.35, 1],
      ] as const) {
        const group = some.filter((row) => probability[row]! >= low && probability[row]! < high);
        const difference = meanAt(leaves, group) - meanAt(probability, group);
        // Four standard deviations of a share of at most a half.
        assert.ok(Math.abs(difference) < 2 / Math.sqrt(group.length), `${low} ${difference}`);
      }
    }
  });

  test(`${id}: the truth names the drift, its first day and size, and which rows are changed`, () => {
    const { driftTruth, truth } = made;
    assert.deepEqual(requireColumn('test', driftTruth!, 'drift', 'category').levels, [id]);
    const isDrifted = requireColumn('test', truth, 'isDrifted', 'boolean').values;
    const gradual = allDrifts.find((one) => one.id === id)!.isGradual;
    const counted = requireColumn('test', driftTruth!, 'rowsAfter', 'number').values[0]!;
    assert.equal(counted, isDrifted.filter((value) => value === 1).length);
    assert.ok(before.every((row) => isDrifted[row] === 0));
    assert.ok(
      after.every((row) => isDrifted[row] === 1),
      gradual ? 'every month after the first day' : '',
    );
  });

  test(`${id}: every kind of business can have it, the same bytes for the same seed`, () => {
    for (const { id: kind } of allGenerators) {
      const options = { kind, rows: 150, seed: 4, drift: id, driftSize: 0.6 };
      const tables = () => {
        const { table, truth, driftTruth } = generateCustomers(options);
        return { table, truth, driftTruth };
      };
      assert.ok(plainEqual(tables(), tables()), kind);
    }
  });
}
