import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { timeSentinel } from './time-sentinel.ts';

const day = 86_400_000;
const around = (from: number, mark: number, marks: number) =>
  drawn(1000, 1, (random, row) => (row < marks ? mark : from + random.integer(3000) * day));

test('time.sentinel: 1900, 9999 and a spike on 1970-01-01 are told with their counts', () => {
  const from = Date.UTC(2010, 0, 1);
  const found = lookAt(timeSentinel, [
    timeColumn('a', around(from, Date.UTC(1900, 0, 1), 1)),
    timeColumn('b', around(from, Date.UTC(9999, 11, 31), 7)),
    timeColumn('c', around(from, 0, 30)),
  ]);
  assert.deepEqual(
    found.map(({ column, evidence }) => [column, (evidence as { rows: number }).rows]),
    [
      ['a', 1],
      ['b', 7],
      ['c', 30],
    ],
  );
});

test('time.sentinel: a customer born on 1970-01-01 is no mark', () => {
  const births = around(Date.UTC(1966, 0, 1), 0, 1);
  assert.deepEqual(lookAt(timeSentinel, [timeColumn('birth', births)]), []);
});
