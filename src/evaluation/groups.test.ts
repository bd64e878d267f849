import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn } from '../table/column.ts';
import { groupsOf } from './groups.ts';

test('groups: levels of a category in their order, empty ones too, missing last', () => {
  assert.deepEqual(groupsOf(categoryColumn('plan', ['b', null, 'a', 'b'], ['b', 'c', 'a'])), [
    { level: 'b', rows: [0, 3] },
    { level: 'c', rows: [] },
    { level: 'a', rows: [2] },
    { level: null, rows: [1] },
  ]);
});

test('groups: false, true, missing', () => {
  assert.deepEqual(groupsOf(booleanColumn('paperless', [true, null, false])), [
    { level: false, rows: [2] },
    { level: true, rows: [0] },
    { level: null, rows: [1] },
  ]);
});

test('groups: few different numbers are levels', () => {
  assert.deepEqual(groupsOf(numberColumn('senior', [1, 0, Number.NaN, 1])), [
    { level: '0', rows: [1] },
    { level: '1', rows: [0, 3] },
    { level: null, rows: [2] },
  ]);
});

test('groups: many different numbers are cut at the quartiles, a number at a cut goes up', () => {
  const ages = numberColumn('age', [...Array.from({ length: 21 }, (_, i) => 20 + i), Number.NaN]);
  const groups = groupsOf(ages);
  assert.deepEqual(
    groups.map(({ level, rows }) => [level, rows.length]),
    [
      ['below 25', 5],
      ['25 to below 30', 5],
      ['30 to below 35', 5],
      ['35 and above', 6],
      [null, 1],
    ],
  );
  assert.equal(groups[1]!.rows[0], 5);
});

test('groups: quartiles that fall together make fewer groups', () => {
  const values = [...new Array<number>(60).fill(0), ...Array.from({ length: 20 }, (_, i) => i + 1)];
  assert.deepEqual(
    groupsOf(numberColumn('calls', values)).map(({ level, rows }) => [level, rows.length]),
    [
      ['below 0', 0],
      ['0 to below 0.25', 60],
      ['0.25 and above', 20],
      [null, 0],
    ],
  );
});
