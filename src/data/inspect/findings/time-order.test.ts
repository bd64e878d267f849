import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeColumn } from '../../../table/column.ts';
import { drawn, lookAt, told } from '../testing/example.ts';
import { timeOrder } from './time-order.ts';

const day = 86_400_000;
const from = drawn(500, 1, (random) => random.integer(3000) * day);
const later = (wrong: number) => from.map((time, row) => time + (row < wrong ? -3 : row % 90) * day);

test('time.order: rows with the later thing first are counted, for both columns', () => {
  const found = lookAt(timeOrder, [timeColumn('created', from), timeColumn('firstOrder', later(10))]);
  assert.deepEqual(told(found), [
    ['warn', 'created'],
    ['warn', 'firstOrder'],
  ]);
  const { rows, of, firstRow, earlier, later: late } = found[0]!.evidence as Record<string, unknown>;
  assert.deepEqual([rows, of, firstRow, earlier, late], [10, 500, 0, 'created', 'firstOrder']);
});

test('time.order: names that say nothing give a note, and none when too many rows disagree', () => {
  const look = (wrong: number) => lookAt(timeOrder, [timeColumn('p', from), timeColumn('q', later(wrong))]);
  assert.deepEqual(told(look(10)), [
    ['note', 'p'],
    ['note', 'q'],
  ]);
  assert.deepEqual(look(60), []);
  assert.deepEqual(look(0), []);
});
