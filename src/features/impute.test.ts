import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose } from '../../golden/compare.ts';
import { HoldfastError } from '../base/errors.ts';
import { booleanColumn, categoryColumn, missingCount, numberColumn, timeColumn } from '../table/column.ts';
import { impute } from './impute.ts';
import { fitOn, valuesOf } from './testing/fit.ts';
import { assertColumnsClose, golden, numberColumns } from './testing/golden.ts';

const methods = {
  median: 'median',
  mean: 'mean',
  mostFrequent: 'most-frequent',
  constant: 'constant',
} as const;

for (const [name, number] of Object.entries(methods)) {
  test(`impute: ${number} fills unseen rows as scikit-learn's SimpleImputer`, async () => {
    const trial = await fitOn(impute({ number, constant: -3.5 }), ...numberColumns(golden.train));
    const tolerance = { relative: 1e-14, reason: 'the mean is summed in another order' };
    const { fills } = trial.fitted.state as unknown as { fills: { value: number }[] };
    const expected = golden.impute[name]!;
    assertClose(
      fills.map(({ value }) => value),
      expected.fills,
      tolerance,
    );
    assertColumnsClose(trial.apply(...numberColumns(golden.test)), expected.test, tolerance);
  });
}

test('impute: each kind is filled by its own rule, names and kinds stay', async () => {
  const columns = [
    numberColumn('charge', [1, null, 9, 2]),
    booleanColumn('paperless', [true, true, null, false]),
    categoryColumn('plan', ['B', null, 'B', 'A']),
  ];
  const usual = await fitOn(impute(), ...columns);
  assert.deepEqual(valuesOf(usual.apply(...columns)), {
    charge: [1, 2, 9, 2],
    paperless: [true, true, true, false],
    plan: ['B', 'missing', 'B', 'A'],
  });
  assert.deepEqual(usual.notes, []);
  const other = await fitOn(
    impute({ number: 'constant', constant: -1, boolean: 'false', category: 'most-frequent' }),
    ...columns,
  );
  assert.deepEqual(valuesOf(other.apply(...columns)), {
    charge: [1, -1, 9, 2],
    paperless: [true, true, false, false],
    plan: ['B', 'B', 'B', 'A'],
  });
});

test('impute: a tie goes to false and to the first level by name, whatever order the level list has', async () => {
  const trial = await fitOn(
    impute({ category: 'most-frequent' }),
    booleanColumn('paperless', [true, false]),
    categoryColumn('plan', ['B', 'A'], ['unused', 'B', 'A']),
  );
  assert.deepEqual(trial.fitted.state, {
    fills: [
      { name: 'paperless', kind: 'boolean', value: false },
      { name: 'plan', kind: 'category', value: 'A' },
    ],
  });
});

test('impute: a column missing in every row gets 0, false or the level missing, and a note', async () => {
  const columns = [
    numberColumn('charge', [null, null]),
    booleanColumn('paperless', [null, null]),
    categoryColumn('plan', [null, null]),
  ];
  const trial = await fitOn(impute({ category: 'most-frequent' }), ...columns);
  assert.deepEqual(valuesOf(trial.apply(...columns)), {
    charge: [0, 0],
    paperless: [false, false],
    plan: ['missing', 'missing'],
  });
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    [
      ['impute.all-missing', 'charge'],
      ['impute.all-missing', 'paperless'],
      ['impute.all-missing', 'plan'],
    ],
  );
});

test('impute: levels are told by name, so a table with another level list gives the same', async () => {
  const trial = await fitOn(impute(), categoryColumn('plan', ['A', 'B', null]));
  const made = trial.apply(categoryColumn('plan', ['B', null, 'C'], ['missing', 'C', 'B']));
  assert.deepEqual(valuesOf(made), { plan: ['B', 'missing', 'C'] });
});

test('impute: the level list it gives does not depend on whether a value is missing', async () => {
  const trial = await fitOn(impute(), categoryColumn('plan', ['A', null]));
  const full = trial.apply(categoryColumn('plan', ['A'])).columns[0]!;
  assert.deepEqual(full.kind === 'category' && full.levels, ['A', 'missing']);
});

test('impute: a column without missing values is passed on without a copy', async () => {
  const column = numberColumn('charge', [1, 2]);
  const trial = await fitOn(impute(), column);
  assert.equal(trial.apply(column).columns[0], column);
});

test('impute: for any column nothing is missing afterwards and what was there stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 }),
      fc.constantFrom('median', 'mean', 'most-frequent', 'constant'),
      async (values, number) => {
        const column = numberColumn('x', values);
        const made = (await fitOn(impute({ number }), column)).apply(column).columns[0]!;
        assert.equal(missingCount(made), 0);
        assert.ok(made.kind === 'number');
        for (const [row, value] of values.entries()) {
          if (value === null) assert.ok(Number.isFinite(made.values[row]));
          else assert.equal(made.values[row], value);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('impute: an empty table gives an empty table with the same columns', async () => {
  const trial = await fitOn(impute(), numberColumn('charge', [1]), categoryColumn('plan', ['A']));
  assert.deepEqual(valuesOf(trial.apply(numberColumn('charge', []), categoryColumn('plan', []))), {
    charge: [],
    plan: [],
  });
});

test('impute: a time column is refused by name', async () => {
  await assert.rejects(
    fitOn(impute(), timeColumn('joined', [1])),
    (error) =>
      error instanceof HoldfastError && error.code === 'column.kind' && error.fields.column === 'joined',
  );
});
