import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Break } from '../data/check.ts';
import { exampleContract, newTaskPlace, type TaskPlace } from './testing/example-task.ts';
import { countRemarks, summariseBreaks, validateTable } from './validate.ts';

let place: TaskPlace;
before(() => {
  place = newTaskPlace();
});
after(() => place[Symbol.dispose]());

const validate = (lines: readonly string[]) => validateTable(place.file('in.csv', lines), exampleContract);

test('validate: a sound table is valid; what is accepted is counted', async () => {
  const result = await validate(['customer,tenure,plan,note', 'a,1,gold,x', 'b,,silver,y']);
  assert.equal(result.valid, true);
  assert.deepEqual([result.rows, result.missing.tenure, result.unseen.plan], [2, 1, 1]);
  assert.deepEqual(result.unknownColumns, ['note']);
});

test('validate: missing columns are named with what looks like them, and the rest is checked all the same', async () => {
  const result = await validate(['customer,Tenure', 'a,soon', 'a,3', ',4']);
  assert.equal(result.valid, false);
  assert.deepEqual(result.missingColumns, [
    { column: 'tenure', nearest: 'Tenure', by: 'name', fit: null },
    { column: 'plan', nearest: null, by: null, fit: null },
  ]);
  assert.deepEqual(
    result.breaks.map(({ column, code, first }) => [column, code, first]),
    [
      ['customer', 'missing', [3]],
      ['customer', 'duplicate-id', [2]],
    ],
  );
  assert.deepEqual(result.unknownColumns, [], 'a column that may be a missing one is no stranger');
});

test('validate: without the id, and without any column of the contract, the answer is no', async () => {
  const result = await validate(['name,colour', 'a,red', 'b,blue']);
  assert.equal(result.valid, false);
  assert.deepEqual(
    result.missingColumns.map(({ column }) => column),
    ['customer', 'tenure', 'plan'],
  );
  assert.deepEqual([result.rows, result.duplicateIds, result.breaks], [2, 0, []]);
});

/** 200 customers with other names for columns. */
const renamed = (names: string, plan: (i: number) => string, tenure: (i: number) => number) => [
  `customer,${names}`,
  ...Array.from({ length: 200 }, (_, i) => `c${i},${tenure(i)},${plan(i)}`),
];
const months = Array.from({ length: 61 }, (_, i) => i);
const seen = {
  tenure: { kind: 'number', edges: months, counts: months.slice(1).map(() => 10) },
  plan: {
    kind: 'category',
    levels: [
      { level: 'basic', count: 500 },
      { level: 'gold', count: 500 },
    ],
  },
};
const planOf = (i: number): string => (i % 2 === 0 ? 'basic' : 'gold');

test('validate: another name is confirmed by the values, or found by them alone', async () => {
  const lines = renamed('tenure_in_months,f7', planOf, (i) => i % 61);
  const { missingColumns } = await validateTable(place.file('in.csv', lines), exampleContract, seen);
  assert.deepEqual(
    missingColumns.map(({ column, nearest, by }) => [column, nearest, by]),
    [
      ['tenure', 'tenure_in_months', 'name and contents'],
      ['plan', 'f7', 'contents'],
    ],
  );
  const wrong = renamed(
    'Tenure,f7',
    () => 'x',
    (i) => 5000 + i,
  );
  const other = await validateTable(place.file('in.csv', wrong), exampleContract, seen);
  assert.deepEqual(
    other.missingColumns.map(({ nearest, fit }) => [nearest, fit]),
    [
      ['Tenure', 0],
      [null, null],
    ],
  );
});

test('validate: two columns that hold each other’s values are told, where the training rows are known', async () => {
  const swapped = renamed('plan,tenure', planOf, (i) => i % 61);
  const path = place.file('in.csv', swapped);
  const result = await validateTable(path, exampleContract, seen);
  assert.equal(result.valid, false);
  assert.deepEqual(result.misplacedColumns, [
    { column: 'tenure', looksLike: 'plan' },
    { column: 'plan', looksLike: 'tenure' },
  ]);
  const right = place.file(
    'in.csv',
    renamed('tenure,plan', planOf, (i) => i % 61),
  );
  assert.deepEqual((await validateTable(right, exampleContract, seen)).misplacedColumns, []);
});

test('validate: breaks are counted by column and code, rows from 1, and never hold a value', async () => {
  const result = await validate([
    'customer,tenure,plan',
    'a,-1,gold',
    'b,secret,gold',
    'c,-2,gold',
    'a,1,gold',
  ]);
  assert.equal(result.valid, false);
  assert.deepEqual(result.breaks, [
    { column: 'tenure', code: 'below-min', reason: 'below the minimum 0', rows: 2, first: [1, 3] },
    { column: 'tenure', code: 'unreadable', reason: 'not readable as a number', rows: 1, first: [2] },
    { column: 'customer', code: 'duplicate-id', reason: 'the id of an earlier row', rows: 1, first: [4] },
  ]);
  assert.equal(result.duplicateIds, 1);
  assert.ok(!JSON.stringify(result).includes('secret'));
});

test('breaks: of many rows the first five are named', () => {
  const broken = Array.from(
    { length: 9 },
    (_, row): Break => ({ row, code: 'missing', column: 'a', reason: '' }),
  );
  assert.deepEqual(summariseBreaks(broken), [
    { column: 'a', code: 'missing', reason: '', rows: 9, first: [1, 2, 3, 4, 5] },
  ]);
});

test('breaks: a column and a code of the same letters are not mixed up', () => {
  const broken: Break[] = [
    { row: 0, code: 'missing', column: 'a missing', reason: '' },
    { row: 1, code: 'missing', column: 'a', reason: '' },
  ];
  assert.equal(summariseBreaks(broken).length, 2);
});

test('remarks: columns without anything to say are silent, names are safe to print', () => {
  assert.deepEqual(countRemarks({ missing: { a: 0, 'b\nc': 2 }, unseen: { d: 1 } }), [
    'b?c: 2 rows without a value',
    'd: 1 row with a level that training did not see, encoded as unknown',
  ]);
  assert.deepEqual(
    countRemarks({ missing: { a: 3 }, unseen: {} }, { first: { missing: { a: [1, 4] }, unseen: {} } }),
    ['a: 3 rows without a value, first rows 1, 4'],
  );
  assert.deepEqual(countRemarks({ missing: { a: 1, b: 1 }, unseen: {} }, { imputed: new Set(['a']) }), [
    'a: 1 row without a value, imputed',
    'b: 1 row without a value',
  ]);
});
