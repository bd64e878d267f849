import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeColumn } from '../../../table/column.ts';
import { lookAt, told } from '../testing/example.ts';
import { timeFuture } from './time-future.ts';

const now = Date.UTC(2026, 0, 1);
const day = 86_400_000;
const values = [now - 5 * day, now + 40 * day, now - day, null, Date.UTC(9999, 11, 31)];

test('time.future: a date after today warns, in a column of plans it is noted', () => {
  const columns = [timeColumn('lastVisit', values), timeColumn('renewalDate', values)];
  const found = lookAt(timeFuture, columns, { now });
  assert.deepEqual(told(found), [
    ['warn', 'lastVisit'],
    ['note', 'renewalDate'],
  ]);
  assert.deepEqual(found[0]!.evidence, { rows: 1 });
});

test('time.future: without a clock, and within a day of it, nothing is said', () => {
  assert.deepEqual(lookAt(timeFuture, [timeColumn('lastVisit', values)]), []);
  assert.deepEqual(lookAt(timeFuture, [timeColumn('lastVisit', [now + day / 2, now])], { now }), []);
});
