import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import type { Outcome } from '../../outcomes.ts';
import { lookAt } from '../testing/example.ts';
import { targetSpelling } from './target-spelling.ts';

const look = (outcomes: readonly Outcome[]) =>
  lookAt(targetSpelling, [numberColumn('n', new Float64Array(100))], { target: 'Churn', outcomes });
const outcome = (level: string, rows: number, isChurned = false): Outcome => ({ level, rows, isChurned });

test('target.spelling: the churned value in other cases and with blanks blocks, each spelling with its rows', () => {
  const [found] = look([outcome('No', 60), outcome('Yes', 20, true), outcome('yes', 12), outcome('Y ES', 1)]);
  assert.deepEqual([found?.severity, found?.column], ['block', 'Churn']);
  assert.match(
    found!.message,
    /"yes" \(12 rows\), "Y ES" \(1 row\) would count as stayed.*"Yes" \(20 rows\)/,
  );
  assert.deepEqual(found?.evidence, {
    rows: 13,
    outcomes: [
      { level: 'yes', rows: 12 },
      { level: 'Y ES', rows: 1 },
    ],
  });
});

test('target.spelling: at most five are named', () => {
  const spellings = ['yes', 'yEs', 'yeS', 'yES', 'YEs', 'YES'].map((level) => outcome(level, 5));
  const [found] = look([outcome('Yes', 20, true), ...spellings]);
  assert.match(found!.message, /and 1 more would count/);
});

test('target.spelling: other outcomes, spellings of staying and a header in the middle are none', () => {
  assert.deepEqual(look([outcome('No', 60), outcome('no', 20), outcome('Yes', 20, true)]), []);
  assert.deepEqual(look([outcome('stay', 60), outcome('churn', 20, true), outcome('Churn', 1)]), []);
  assert.deepEqual(look([]), []);
});
