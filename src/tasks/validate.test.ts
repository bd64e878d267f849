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

test('validate: missing columns are an answer with what looks like them, and nothing else is looked at', async () => {
  const result = await validate(['customer,Tenure', 'a,soon']);
  assert.equal(result.valid, false);
  assert.deepEqual(result.missingColumns, [
    { column: 'tenure', nearest: 'Tenure' },
    { column: 'plan', nearest: null },
  ]);
  assert.deepEqual(result.breaks, []);
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
    { column: 'tenure', code: 'below-min', rows: 2, first: [1, 3] },
    { column: 'tenure', code: 'unreadable', rows: 1, first: [2] },
  ]);
  assert.equal(result.duplicateIds, 1);
  assert.ok(result.remarks.includes('1 row repeats the id of an earlier row'));
  assert.ok(!JSON.stringify(result).includes('secret'));
});

test('breaks: of many rows the first five are named', () => {
  const broken = Array.from(
    { length: 9 },
    (_, row): Break => ({ row, code: 'missing', column: 'a', reason: '' }),
  );
  assert.deepEqual(summariseBreaks(broken), [
    { column: 'a', code: 'missing', rows: 9, first: [1, 2, 3, 4, 5] },
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
    'b?c: 2 rows without a value, imputed',
    'd: 1 row with a level that training did not see, encoded as unknown',
  ]);
  assert.deepEqual(countRemarks({ missing: { a: 1 }, unseen: {} }, 'would be imputed'), [
    'a: 1 row without a value, would be imputed',
  ]);
});
