import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Column, numberColumn } from '../table/column.ts';
import { type DropCorrelatedState, dropCorrelated } from './drop-correlated.ts';
import { fitOn } from './testing/fit.ts';
import { goldenSteps, numbered } from './testing/golden-steps.ts';

const droppedOf = async (threshold: number, columns: readonly Column[]): Promise<readonly string[]> => {
  const trial = await fitOn(dropCorrelated({ threshold }), ...columns);
  return (trial.fitted.state as DropCorrelatedState).dropped.map(({ name }) => name);
};

for (const [threshold, { whole, holed }] of Object.entries(goldenSteps.correlated)) {
  test(`drop-correlated: above ${threshold} the columns go that pandas' corr() names, with missing values too`, async () => {
    assert.deepEqual(await droppedOf(Number(threshold), numbered(goldenSteps.numbers)), whole);
    assert.deepEqual(await droppedOf(Number(threshold), numbered(goldenSteps.numbersHoled)), holed);
  });
}

test('drop-correlated: a column before it counts though it goes itself, as in the upper triangle of a matrix', async () => {
  // b follows a, c follows b but not a.
  const a = [1, 0, 0, 0, 0, 0];
  const b = [1, 1, 0, 0, 0, 0];
  const c = [0, 1, 0, 0, 0, 0];
  const columns = [numberColumn('a', a), numberColumn('b', b), numberColumn('c', c)];
  const trial = await fitOn(dropCorrelated({ threshold: 0.5 }), ...columns);
  assert.deepEqual((trial.fitted.state as DropCorrelatedState).dropped, [
    { name: 'b', follows: 'a' },
    { name: 'c', follows: 'b' },
  ]);
  assert.deepEqual(
    trial.notes.map(({ code, column }) => [code, column]),
    [
      ['drop-correlated.dropped', 'b'],
      ['drop-correlated.dropped', 'c'],
    ],
  );
});

test('drop-correlated: constant, empty and huge columns correlate with nothing or as they should', async () => {
  const one = numberColumn('one', [0.1, 0.1, 0.1]);
  const same = numberColumn('same', [0.1, 0.1, 0.1]);
  const none = numberColumn('none', [null, null, null]);
  const huge = numberColumn('huge', [1e300, 2e300, 3e300]);
  const small = numberColumn('small', [1, 2, 3]);
  assert.deepEqual(await droppedOf(0.9, [one, same, none, huge]), []);
  assert.deepEqual(await droppedOf(0.9, [huge, small]), ['small']);
});

test('drop-correlated: for any column, a multiple of it goes and it stays', async () => {
  const values = fc.uniqueArray(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
    minLength: 3,
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(values, fc.constantFrom(-3, 0.5, 1000), async (numbers, factor) => {
      fc.pre(Math.max(...numbers) - Math.min(...numbers) > 1);
      const columns = [
        numberColumn('a', numbers),
        numberColumn(
          'b',
          numbers.map((value) => factor * value),
        ),
      ];
      assert.deepEqual(await droppedOf(0.999, columns), ['b']);
    }),
    { numRuns: 40 },
  );
});
