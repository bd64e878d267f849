import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn, timeColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import type { Attribution } from './attribution.ts';
import { reasonsFor, shortNumber, wordsOf } from './reasons.ts';

const table = createTable([
  categoryColumn('Contract', ['Month-to-month', 'Two year']),
  numberColumn('tenure', [2, null]),
  booleanColumn('autopay', [false, true]),
  timeColumn('since', [Date.UTC(2020, 0, 31), Date.UTC(2021, 5, 1)]),
]);
const attribution: Attribution = {
  method: 'exact-shap',
  link: 'logit',
  base: -1,
  columns: ['Contract', 'tenure', 'autopay', 'since'],
  values: Float64Array.of(0.8, 1.2, -0.5, 0, -2, -0.25, 0.5, 0.1),
};

test('reasons: above the average the columns that raise the risk come first, strongest first', () => {
  const texts = reasonsFor(attribution, table, 0, 3, new Map([['tenure', { unit: 'months' }]])).map(
    ({ text }) => text,
  );
  assert.deepEqual(texts, [
    'tenure is 2 months (raises the risk)',
    'Contract is Month-to-month (raises the risk)',
    'autopay is false (lowers the risk)',
  ]);
});

test('reasons: below the average the columns that lower it come first; a missing value is said', () => {
  const found = reasonsFor(attribution, table, 1, 3);
  assert.deepEqual(
    found.map(({ column, effect }) => [column, effect]),
    [
      ['Contract', 'lowers'],
      ['tenure', 'lowers'],
      ['autopay', 'raises'],
    ],
  );
  assert.equal(found[1]!.text, 'tenure is not known (lowers the risk)');
});

test('reasons: a column that changes nothing is no reason; dates are said as days', () => {
  assert.equal(reasonsFor(attribution, table, 0, 9).length, 3);
  assert.match(reasonsFor(attribution, table, 1, 4)[3]!.text, /^since is 2021-06-01 /);
});

test('reasons: a number is compared with typical values, and a short meaning is said in place of the name', () => {
  const usual = createTable([numberColumn('tenure', [1, 2, 12, 24, 36, 48, 60, 66, 70, 72])]);
  const words = wordsOf({ tenure: { unit: 'months', meaning: 'Time as a customer.' }, Contract: {} }, usual);
  const texts = (row: number) => reasonsFor(attribution, table, row, 2, words).map(({ text }) => text);
  assert.deepEqual(texts(0), [
    'Time as a customer: 2 months, low for this company (raises the risk)',
    'Contract is Month-to-month (raises the risk)',
  ]);
  assert.equal(texts(1)[1], 'Time as a customer: not known (lowers the risk)');
});

test('reasons: the fifth at each end is low or high, what is usual or a code of few values is neither', () => {
  const values = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45];
  const said = (value: number, others: readonly number[]) =>
    reasonsFor(
      { method: 'exact-shap', link: 'logit', base: 0, columns: ['x'], values: Float64Array.of(1) },
      createTable([numberColumn('x', [value])]),
      0,
      1,
      wordsOf({ x: {} }, createTable([numberColumn('x', others)])),
    )[0]!.text;
  assert.deepEqual(
    [5, 22, 40].map((value) => said(value, values)),
    [
      'x is 5, low for this company (raises the risk)',
      'x is 22 (raises the risk)',
      'x is 40, high for this company (raises the risk)',
    ],
  );
  assert.equal(said(1, [0, 0, 0, 1]), 'x is 1 (raises the risk)');
});

test('reasons: of sampled values, what two standard errors could turn round is no reason', () => {
  const sampled: Attribution = {
    ...attribution,
    method: 'sampled-shap',
    errors: Float64Array.of(0.1, 0.7, 0.1, 0, 0, 0, 0, 0),
  };
  assert.deepEqual(
    reasonsFor(sampled, table, 0, 3).map(({ column }) => column),
    ['Contract', 'autopay'],
  );
});

test('short number: whole when large, else four significant digits', () => {
  assert.deepEqual([1889.5, 0.123456, 20000.7, 3, -0.00012346].map(shortNumber), [
    '1890',
    '0.1235',
    '20001',
    '3',
    '-0.0001235',
  ]);
});
