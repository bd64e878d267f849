import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cellText,
  effectText,
  effectWord,
  groupName,
  groupRate,
  numbersOf,
  numberText,
} from './overview-words.ts';

const counts = { rows: 40, churned: 10 };

test('overview words: a group is named by its level, value with unit, range, days, or as others or missing', () => {
  assert.equal(groupName({ value: 'Two year', ...counts }), 'Two year');
  assert.equal(groupName({ value: true, ...counts }), 'true');
  assert.equal(groupName({ value: null, ...counts }), '(missing)');
  assert.equal(groupName({ value: 1200, ...counts }, 'EUR'), '1,200 EUR');
  assert.equal(groupName({ from: 1, to: 6.25, ...counts }, 'months'), '1 to 6.25 months');
  assert.equal(
    groupName({ from: '2017-03-01T00:00:00.000Z', to: '2018-05-09T10:30:00.000Z', ...counts }),
    '2017-03-01 to 2018-05-09',
  );
  assert.equal(groupName({ levels: 12, ...counts }), '12 other levels');
});

test('overview words: a level that looks like a day with a time is a day, any other text stays', () => {
  assert.equal(cellText('2017-03-01T00:00:00.000Z'), '2017-03-01');
  assert.equal(cellText('2017-03'), '2017-03');
});

test('overview words: numbers keep four digits, whole ones all, groups of three apart', () => {
  assert.deepEqual([0.0050251, 12345.678, 1234567, -0.25, 100.2, 0].map(numberText), [
    '0.005025',
    '12,350',
    '1,234,567',
    '−0.25',
    '100.2',
    '0',
  ]);
});

test('overview words: the share that left has an interval; effects are named by the usual limits', () => {
  const { value, low, high } = groupRate({ value: 'x', ...counts });
  assert.ok(value === 0.25 && low < 0.15 && high > 0.38, `${low} ${high}`);
  const word = (measure: 'cohens-d' | 'cramers-v', size: number) => effectWord({ measure, value: size });
  assert.deepEqual(
    [0.19, -0.2, 0.5, -0.8].map((size) => word('cohens-d', size)),
    ['hardly any', 'small', 'medium', 'large'],
  );
  assert.deepEqual(
    [0.09, 0.1, 0.3, 0.5].map((size) => word('cramers-v', size)),
    ['hardly any', 'small', 'medium', 'large'],
  );
  assert.equal(effectText({ measure: 'cohens-d', value: -0.851 }), 'd\u00a0=\u00a0−0.85');
});

test('overview words: one of a unit is singular', () => {
  assert.equal(groupName({ value: 1, ...counts }, 'days'), '1 day');
  assert.equal(groupName({ value: 0, ...counts }, 'days'), '0 days');
});

test('overview words: years have no thousands sign, by their range or by name; amounts of that size keep it', () => {
  const written = (column: string, from: number, to: number) => {
    const group = { from, to, ...counts };
    return groupName(group, undefined, numbersOf({ column, groups: [group], spread: null }));
  };
  assert.equal(written('cohort', 1978, 2004), '1978 to 2004');
  assert.equal(written('birth_year', 1978.5, 2004), '1979 to 2004');
  assert.equal(written('charge', 1978.5, 2004), `${numberText(1978.5)} to 2,004`);
  assert.equal(written('charge', 1200, 2004), '1,200 to 2,004');
});
