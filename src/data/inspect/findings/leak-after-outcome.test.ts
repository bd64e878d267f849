import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn, timeColumn } from '../../../table/column.ts';
import { drawn, lookAt, quarterChurned, told } from '../testing/example.ts';
import { leakAfterOutcome } from './leak-after-outcome.ts';

const rows = 1000;
const labels = quarterChurned(rows);

test('leak.after-outcome: what is filled for churners only blocks, whatever its name', () => {
  const some = categoryColumn(
    'why',
    drawn(rows, 1, (random, row) => (labels[row] && random.uniform() < 0.4 ? 'price' : null)),
  );
  const date = timeColumn(
    'd',
    drawn(rows, 2, (_, row) => (labels[row] ? 1e12 + row : null)),
  );
  assert.deepEqual(told(lookAt(leakAfterOutcome, [some, date])), [
    ['block', 'why'],
    ['block', 'd'],
  ]);
});

test('leak.after-outcome: values missing at random, or for churners too, are no sign', () => {
  const gaps = categoryColumn(
    'note',
    drawn(rows, 3, (random) => (random.uniform() < 0.3 ? 'x' : null)),
  );
  assert.deepEqual(lookAt(leakAfterOutcome, [gaps]), []);
});

test('leak.after-outcome: a name that speaks of leaving warns, and blocks when the column ranks churners', () => {
  const calls = numberColumn(
    'retentionCalls',
    drawn(rows, 4, (random) => random.integer(4)),
  );
  const score = numberColumn(
    'Churn Score',
    drawn(rows, 5, (random, row) => 2 * labels[row]! + random.normal()),
  );
  assert.deepEqual(told(lookAt(leakAfterOutcome, [calls, score])), [
    ['warn', 'retentionCalls'],
    ['block', 'Churn Score'],
  ]);
  const tenure = numberColumn(
    'tenureMonths',
    drawn(rows, 6, (random) => random.integer(40)),
  );
  assert.deepEqual(lookAt(leakAfterOutcome, [tenure]), []);
});
