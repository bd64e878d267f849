import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn } from '../../table/column.ts';
import { levelCounts } from './level-counts.ts';

test('level counts: levels that occur, by code unit, whatever their codes; missing is none', () => {
  const column = categoryColumn('c', ['b', 'a', null, 'b', 'Z'], ['unused', 'b', 'a', 'Z']);
  assert.deepEqual(levelCounts(column), [
    ['Z', 1],
    ['a', 1],
    ['b', 2],
  ]);
});
