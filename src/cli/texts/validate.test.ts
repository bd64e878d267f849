import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Validation } from '../../tasks/validate.ts';
import { validateText } from './validate.ts';

const sound: Validation = {
  valid: true,
  rows: 1,
  missingColumns: [],
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
  }));
  const lines = validateText({ ...sound, valid: false, missingColumns }).split('\n');
  assert.equal(lines[1], '  column c0 is missing; is it C_0?');
  assert.equal(lines[20], '  column c19 is missing');
  assert.equal(lines[21], '  10 columns more missing: c20, c21, c22, c23, c24 and 5 more');
  assert.equal(lines.length, 22);
});
