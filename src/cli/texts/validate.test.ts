import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Validation } from '../../tasks/validate.ts';
import { validateText } from './validate.ts';

const sound: Validation = {
  valid: true,
  rows: 1,
  missingColumns: [],
  misplacedColumns: [],
  unknownColumns: [],
  breaks: [],
  duplicateIds: 0,
  missing: {},
  unseen: {},
  remarks: [],
};

test('validate text: a sound table is one line', () => {
  assert.equal(validateText(sound), '1 row, all as the contract says');
});

test('validate text: the first missing columns have a line each, the others share one', () => {
  const missingColumns = Array.from({ length: 30 }, (_, i) => ({
    column: `c${i}`,
    nearest: i === 0 ? 'C_0' : null,
    by: i === 0 ? ('name' as const) : null,
    fit: null,
  }));
  const lines = validateText({ ...sound, valid: false, missingColumns }).split('\n');
  assert.equal(lines[1], '  column c0 is missing; is it C_0?');
  assert.equal(lines[20], '  column c19 is missing');
  assert.equal(lines[21], '  10 columns more missing: c20, c21, c22, c23, c24 and 5 more');
  assert.match(lines[22]!, /^ {2}rename the columns in the data/);
  assert.equal(lines.length, 23);
});

test('validate text: what speaks for another name is said, and which columns were swapped', () => {
  const missingColumns = (['name', 'contents', 'name and contents', 'name'] as const).map((by, i) => ({
    column: `c${i}`,
    nearest: `x${i}`,
    by,
    fit: [null, 0.97, 0.9, 0.1][i]!,
  }));
  const misplacedColumns = [{ column: 'monthly', looksLike: 'total' }];
  const text = validateText({ ...sound, valid: false, missingColumns, misplacedColumns });
  assert.deepEqual(text.split('\n').slice(1), [
    '  column c0 is missing; is it x0?',
    '  column c1 is missing; is it x1? (by its values; the name says nothing)',
    '  column c2 is missing; is it x2? (its values fit)',
    '  column c3 is missing; is it x3? (its values do not fit)',
    '  rename the columns in the data; or write the new names into the project file and train again',
    '  column monthly holds what total held in training; were the names swapped?',
  ]);
});

test('validate text: breaks are told by the rule that is broken', () => {
  const one = { column: 'fee', rows: 2, first: [1, 4] };
  const text = validateText({
    ...sound,
    valid: false,
    breaks: [
      { ...one, code: 'below-min', reason: 'below the minimum 0' },
      { ...one, column: 'id', code: 'duplicate-id', reason: 'the id of an earlier row' },
    ],
  });
  assert.match(text, /^ {2}fee +below the minimum 0 +2 +1, 4$/m);
  assert.match(text, /^ {2}id +the id of an earlier row +2 +1, 4$/m);
});
