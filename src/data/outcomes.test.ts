import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn } from '../table/column.ts';
import { isNoOutcome, misspelt, outcomesOf } from './outcomes.ts';

test('outcomes: levels with their rows, the most frequent first; empty cells are not counted', () => {
  const column = categoryColumn('Churn', ['Yes', 'No', null, 'No', 'yes']);
  assert.deepEqual(outcomesOf(column, 'Yes'), [
    { level: 'No', rows: 2, isChurned: false },
    { level: 'Yes', rows: 1, isChurned: true },
    { level: 'yes', rows: 1, isChurned: false },
  ]);
});

test('outcomes: 1 and 1.0 are one number, TRUE is true', () => {
  const churned = (texts: string[], value: number | boolean) =>
    outcomesOf(categoryColumn('t', texts), value).filter(({ isChurned }) => isChurned).length;
  assert.equal(churned(['1', '1.0', '0'], 1), 2);
  assert.equal(churned(['true', 'TRUE', 'false'], true), 2);
});

test('outcomes: misspelt are those that differ from the churned value in case and blanks only', () => {
  const levels = ['Has left', 'has left', 'HAS  LEFT', 'Hasleft', 'Left', 'stays'];
  const found = misspelt(outcomesOf(categoryColumn('t', levels), 'Has left'));
  assert.deepEqual(found.map(({ level }) => level).sort(), ['HAS  LEFT', 'Hasleft', 'has left']);
});

test('outcomes: words for not knowing are told from outcomes', () => {
  for (const word of ['Unknown', 'MAYBE', 'pending', 'N/A', 'not known', '-', '?'])
    assert.ok(isNoOutcome(word), word);
  for (const word of ['No', '0', 'Stayed', 'Joined', 'false']) assert.ok(!isNoOutcome(word), word);
});
