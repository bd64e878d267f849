import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import type { Outcome } from '../../outcomes.ts';
import { lookAt } from '../testing/example.ts';
import { targetOtherOutcomes } from './target-other-outcomes.ts';

const look = (outcomes: readonly Outcome[]) =>
  lookAt(targetOtherOutcomes, [numberColumn('n', new Float64Array(100))], { target: 'Churn', outcomes });
const outcome = (level: string, rows: number, isChurned = false): Outcome => ({ level, rows, isChurned });

test('target.other-outcomes: every outcome taken as stayed is named with its rows', () => {
  const [found] = look([outcome('Stayed', 60), outcome('Joined', 20), outcome('Churned', 20, true)]);
  assert.deepEqual([found?.severity, found?.column], ['warn', 'Churn']);
  assert.match(found!.message, /"Stayed" \(60 rows\), "Joined" \(20 rows\) are all taken as stayed; is each/);
});

test('target.other-outcomes: words for not knowing are no outcome, even where nobody is said to have stayed', () => {
  for (const word of ['Unknown', 'maybe', 'PENDING', 'N/A', 'n.a.', 'NA', 'not known', '?']) {
    const [found] = look([outcome('No', 50), outcome(word, 30), outcome('Yes', 20, true)]);
    assert.ok(found?.message.includes(`${JSON.stringify(word)} is no outcome: take those rows out`), word);
    assert.equal((found!.evidence as { noOutcome: number }).noOutcome, 30);
    assert.equal(look([outcome(word, 80), outcome('Yes', 20, true)]).length, 1, word);
  }
});

test('target.other-outcomes: at most five are named', () => {
  const many = Array.from({ length: 8 }, (_, i) => outcome(`state ${i}`, 10));
  assert.match(look([outcome('left', 20, true), ...many])[0]!.message, /and 3 more are all taken/);
});

test('target.other-outcomes: two outcomes, spellings of them and a stray row are nothing to say', () => {
  assert.deepEqual(look([outcome('No', 60), outcome('Yes', 40, true)]), []);
  assert.deepEqual(
    look([outcome('No', 50), outcome('no', 10), outcome('Yes', 30, true), outcome('yes', 10)]),
    [],
  );
  assert.deepEqual(look([outcome('No', 60), outcome('Yes', 39, true), outcome('Churn', 1)]), []);
});
