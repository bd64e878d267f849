import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { assertClose } from '../../golden/compare.ts';
import { columnsOut } from '../learn/fit.ts';
import { type Column, categoryColumn } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import { impute } from './impute.ts';
import { oneHot } from './one-hot.ts';
import { featureCatalogue, fitOn, valuesOf } from './testing/fit.ts';
import { golden, levelColumn } from './testing/golden.ts';

type Params = z.input<typeof oneHot.params>;

const seen = (values: readonly (string | null)[]): Column =>
  levelColumn(values.filter((value) => value !== null));
const exact = { reason: 'zeros and ones' };

/** Our columns under the names of scikit-learn, which calls the group of rare levels `infrequent_sklearn`. */
function assertEncoded(
  made: Table,
  expected: { columns: readonly string[]; test: readonly (readonly number[])[] },
): void {
  const names = expected.columns.map((name) =>
    name === 'infrequent_sklearn' ? 'level=rare' : `level=${name}`,
  );
  assert.deepEqual(
    made.columns.map(({ name }) => name),
    names,
  );
  assertClose(
    made.columns.map((column) => (column.kind === 'number' ? column.values : [])),
    expected.test,
    exact,
  );
}

const cases: Record<Exclude<keyof typeof golden.oneHot, 'afterImpute'>, Params> = {
  ignore: {},
  minCount: { minCount: 12 },
  minShare: { minShare: 0.1, unknown: 'rare' },
  maxLevels: { maxLevels: 4, unknown: 'rare' },
  dropFirst: { drop: 'first', minCount: 12 },
};

for (const [name, params] of Object.entries(cases)) {
  test(`one-hot: ${JSON.stringify(params)} encodes unseen rows as scikit-learn's OneHotEncoder`, async () => {
    const trial = await fitOn(oneHot(params), seen(golden.trainLevels));
    assertEncoded(trial.apply(seen(golden.testLevels)), golden.oneHot[name as keyof typeof cases]);
  });
}

test('one-hot: after imputing, missing is a level as in the same pipeline of scikit-learn', async () => {
  const filler = await fitOn(impute(), levelColumn(golden.trainLevels));
  const trial = await fitOn(oneHot(), ...filler.apply(levelColumn(golden.trainLevels)).columns);
  const filled = filler.apply(levelColumn(golden.testLevels)).columns;
  assertEncoded(trial.apply(...filled), golden.oneHot.afterImpute);
});

test('one-hot: levels stand by name and name their source column', async () => {
  const trial = await fitOn(
    oneHot(),
    categoryColumn('Contract', ['Two year', 'Month-to-month'], ['Two year', 'Month-to-month']),
  );
  assert.deepEqual(columnsOut(trial.fitted, featureCatalogue), [
    { name: 'Contract=Month-to-month', kind: 'number', from: ['Contract'] },
    { name: 'Contract=Two year', kind: 'number', from: ['Contract'] },
  ]);
});

test('one-hot: a level is found by name, whatever code it has in another table', async () => {
  const trial = await fitOn(oneHot(), categoryColumn('plan', ['A', 'B']));
  const made = trial.apply(categoryColumn('plan', ['B', 'A', 'C'], ['C', 'B', 'unused', 'A']));
  assert.deepEqual(valuesOf(made), { 'plan=A': [0, 1, 0], 'plan=B': [1, 0, 0] });
});

test('one-hot: missing and unseen levels are 0 everywhere, or rare where asked and there is such a column', async () => {
  const train = categoryColumn('plan', ['A', 'A', 'A', 'B', 'C']);
  const unseen = categoryColumn('plan', ['A', 'B', 'new', null]);
  const ignoring = await fitOn(oneHot({ minCount: 2 }), train);
  assert.deepEqual(valuesOf(ignoring.apply(unseen)), { 'plan=A': [1, 0, 0, 0], 'plan=rare': [0, 1, 0, 0] });
  const counting = await fitOn(oneHot({ minCount: 2, unknown: 'rare' }), train);
  assert.deepEqual(valuesOf(counting.apply(unseen)), { 'plan=A': [1, 0, 0, 0], 'plan=rare': [0, 1, 1, 1] });
  const without = await fitOn(oneHot({ unknown: 'rare' }), categoryColumn('plan', ['A']));
  assert.deepEqual(valuesOf(without.apply(unseen)), { 'plan=A': [1, 0, 0, 0] });
});

test('one-hot: levels that never occur get no column', async () => {
  const trial = await fitOn(oneHot(), categoryColumn('plan', ['A'], ['A', 'closed']));
  assert.deepEqual(valuesOf(trial.apply(categoryColumn('plan', ['closed']))), { 'plan=A': [0] });
});

test('one-hot: rare levels are grouped with a note that gives their number, not their names', async () => {
  const trial = await fitOn(
    oneHot({ minShare: 0.3 }),
    categoryColumn('city', ['Oslo', 'Oslo', 'Bergen', 'Hamar']),
  );
  assert.deepEqual(trial.notes, [
    {
      code: 'one-hot.rare',
      message: 'one-hot: 2 rare levels of column city share one column',
      column: 'city',
    },
  ]);
});

test('one-hot: as many levels as maxLevels are all kept, one more groups the two rarest', async () => {
  const exactly = await fitOn(oneHot({ maxLevels: 3 }), categoryColumn('plan', ['A', 'B', 'C']));
  assert.deepEqual(Object.keys(valuesOf(exactly.apply(categoryColumn('plan', [])))), [
    'plan=A',
    'plan=B',
    'plan=C',
  ]);
  const more = await fitOn(oneHot({ maxLevels: 3 }), categoryColumn('plan', ['A', 'B', 'C', 'D', 'A']));
  // B, C and D are equally rare: the earlier names go.
  assert.deepEqual(Object.keys(valuesOf(more.apply(categoryColumn('plan', [])))), [
    'plan=A',
    'plan=D',
    'plan=rare',
  ]);
});

test('one-hot: drop leaves out the first column always, or only where there are two', async () => {
  const names = async (params: Params, ...values: string[]): Promise<string[]> =>
    Object.keys(
      valuesOf((await fitOn(oneHot(params), categoryColumn('x', values))).apply(categoryColumn('x', []))),
    );
  assert.deepEqual(await names({ drop: 'first' }, 'A', 'B', 'C'), ['x=B', 'x=C']);
  assert.deepEqual(await names({ drop: 'first' }, 'A'), []);
  assert.deepEqual(await names({ drop: 'if-binary' }, 'A', 'B', 'C'), ['x=A', 'x=B', 'x=C']);
  assert.deepEqual(await names({ drop: 'if-binary' }, 'A', 'B'), ['x=B']);
  assert.deepEqual(await names({ drop: 'if-binary', minCount: 2 }, 'A', 'A', 'B', 'C'), ['x=rare']);
  assert.deepEqual(await names({ drop: 'first', minCount: 2 }, 'A', 'B'), []);
});

test('one-hot: a column missing in every row gives no column and a note', async () => {
  const trial = await fitOn(
    oneHot(),
    categoryColumn('none', [null, null]),
    categoryColumn('plan', ['A', 'A']),
  );
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    [['one-hot.no-levels', 'none']],
  );
  const made = trial.apply(categoryColumn('none', ['x', null]), categoryColumn('plan', ['A', 'B']));
  assert.deepEqual(valuesOf(made), { 'plan=A': [1, 0] });
});

test('one-hot: a table of which no column is left keeps its rows', async () => {
  const trial = await fitOn(oneHot(), categoryColumn('none', [null, null]));
  assert.deepEqual(trial.apply(categoryColumn('none', ['x', null, 'y'])), { rowCount: 3, columns: [] });
});

test('one-hot: a level called rare and names that read alike stay apart', async () => {
  const columns = [
    categoryColumn('a', ['b=c', 'b=c', 'rare', 'rare', 'x', 'y']),
    categoryColumn('a=b', ['c', 'c', 'c', 'c', 'c', 'c']),
  ];
  const trial = await fitOn(oneHot({ minCount: 2 }), ...columns);
  assert.deepEqual(valuesOf(trial.apply(...columns)), {
    'a=b=c': [1, 1, 0, 0, 0, 0],
    'a=rare': [0, 0, 1, 1, 0, 0],
    'a=rare (2)': [0, 0, 0, 0, 1, 1],
    'a=b=c (2)': [1, 1, 1, 1, 1, 1],
  });
});

test('one-hot: for any levels and limits, a row of a seen level has exactly one 1 and columns stay within the limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 2 }), { minLength: 1, maxLength: 40 }),
      fc.record({
        minShare: fc.double({ min: 0, max: 0.3, noNaN: true }),
        maxLevels: fc.integer({ min: 1, max: 8 }),
      }),
      async (values, params) => {
        const column = categoryColumn('x', values);
        const made = (await fitOn(oneHot(params), column)).apply(column);
        assert.ok(made.columns.length <= params.maxLevels);
        const sums = new Float64Array(values.length);
        for (const each of made.columns)
          if (each.kind === 'number') for (const [row, value] of each.values.entries()) sums[row]! += value;
        assert.ok(sums.every((sum) => sum === 1));
      },
    ),
    { numRuns: 60 },
  );
});
