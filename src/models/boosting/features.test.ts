import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { featureColumns, featureMatrix, learnFeatures } from './features.ts';

const table = createTable([
  numberColumn('tenure', [1, null, 3, 4]),
  booleanColumn('paperless', [true, false, null, true]),
  categoryColumn('plan', ['b', 'a', 'b', null]),
]);
const allRows = Int32Array.of(0, 1, 2, 3);

test('features: numbers stay, booleans are 0 and 1, levels are places in the list by name, missing is NaN', () => {
  const features = learnFeatures(table, allRows, () => 10);
  assert.deepEqual(
    features.map(({ levels }) => levels),
    [null, null, ['a', 'b']],
  );
  const { values } = featureMatrix('test', features, table);
  assert.deepEqual([...values], [1, 1, 1, Number.NaN, 0, 0, 3, Number.NaN, 1, 4, 1, Number.NaN]);
});

test('features: a level is known by name whatever the list of the table, an unseen one is missing', () => {
  const features = learnFeatures(table, allRows, () => 10);
  const other = createTable([
    numberColumn('tenure', [1, 1, 1]),
    booleanColumn('paperless', [true, true, true]),
    categoryColumn('plan', ['b', 'new', 'a'], ['new', 'b', 'unused', 'a']),
  ]);
  const { values } = featureMatrix('test', features, other);
  assert.deepEqual([values[2], values[5], values[8]], [1, Number.NaN, 0]);
});

test('features: only levels of the rows given are learned, of too many the most frequent', () => {
  const plans = createTable([categoryColumn('plan', ['c', 'a', 'b', 'b', 'c', 'd'])]);
  const levelsOf = (rows: number[], most: number) =>
    learnFeatures(plans, Int32Array.from(rows), () => most)[0]!.levels;
  assert.deepEqual(levelsOf([0, 1], 10), ['a', 'c']);
  assert.deepEqual(levelsOf([0, 1, 2, 3, 4, 5], 2), ['b', 'c']);
  assert.deepEqual(levelsOf([5, 1, 0], 2), ['a', 'c']);
});

test('features: an infinite number is refused by name', () => {
  const endless = createTable([numberColumn('tenure', [1, Number.POSITIVE_INFINITY])]);
  for (const read of [featureMatrix, featureColumns])
    assert.throws(
      () =>
        read(
          'test',
          learnFeatures(endless, Int32Array.of(0, 1), () => 9),
          endless,
        ),
      {
        code: 'column.not-finite',
      },
    );
});

test('features: columns hold what the matrix holds; those of numbers are shared with the table', () => {
  const features = learnFeatures(table, allRows, () => 10);
  const columns = featureColumns('test', features, table);
  const { values } = featureMatrix('test', features, table);
  columns.forEach((column, f) => {
    assert.deepEqual(
      [...column],
      [...values].filter((_, i) => i % 3 === f),
    );
  });
  const whole = createTable([numberColumn('tenure', [1, 2])]);
  assert.equal(
    featureColumns(
      'test',
      learnFeatures(whole, Int32Array.of(0, 1), () => 9),
      whole,
    )[0],
    (whole.columns[0] as { values: Float64Array }).values,
  );
});

test('features: a level with a rate is its rate; how many are known may hang on how many there are', () => {
  const [feature] = learnFeatures(table, allRows, () => 10).slice(2);
  const rated = [{ ...feature!, rates: Float64Array.of(0.25, 0.75) }];
  const plans = createTable([categoryColumn('plan', ['b', 'new', 'a', null])]);
  assert.deepEqual([...featureMatrix('test', rated, plans).values], [0.75, Number.NaN, 0.25, Number.NaN]);
  const told: number[] = [];
  learnFeatures(table, Int32Array.of(0, 2), (levels) => told.push(levels));
  assert.deepEqual(told, [1]);
});
