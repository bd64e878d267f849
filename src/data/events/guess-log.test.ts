import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnProfile } from '../profile.ts';
import { guessEventLog } from './guess-log.ts';

const rows = 1000;
const column = (name: string, distinct: number, more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  name,
  stored: 'text',
  rows,
  blank: 0,
  tokens: 0,
  numbers: 0,
  booleans: 0,
  times: 0,
  dateLike: 0,
  others: rows,
  whole: 0,
  leadingZeros: 0,
  min: null,
  max: null,
  distinct,
  levels: null,
  meanLength: 5,
  ...more,
});
const number = (name: string, distinct = 50) => column(name, distinct, { numbers: rows, others: 0 });
const time = (name: string) => column(name, 300, { times: rows, others: 0 });

test('guess log: customer, time, value, quantity and order are found by name and by how often they repeat', () => {
  const columns = [
    column('Invoice', 600),
    number('Quantity'),
    time('InvoiceDate'),
    number('Price'),
    column('Customer ID', 150, { blank: 200 }),
    column('Country', 20),
  ];
  assert.deepEqual(guessEventLog(columns), {
    customer: 'Customer ID',
    time: 'InvoiceDate',
    value: 'Price',
    quantity: 'Quantity',
    order: 'Invoice',
  });
  assert.deepEqual(guessEventLog([column('userId', 100), time('at')]), { customer: 'userId', time: 'at' });
});

test('guess log: a quantity without a value, and an order that repeats like a customer, are left out', () => {
  const columns = [column('customer_id', 100), time('at'), number('qty'), column('order', 40)];
  assert.deepEqual(guessEventLog(columns), { customer: 'customer_id', time: 'at' });
});

test('guess log: a quantity multiplies a price, not an amount that is that of all pieces', () => {
  const columns = [column('customer_id', 100), time('at'), number('amount'), number('qty')];
  assert.deepEqual(guessEventLog(columns), { customer: 'customer_id', time: 'at', value: 'amount' });
});

test('guess log: a table of customers is no log: ids that hardly repeat, no time, two times', () => {
  assert.equal(guessEventLog([column('customer_id', rows), time('signup')]), null);
  assert.equal(guessEventLog([column('customer_id', 600), time('at')]), null);
  assert.equal(guessEventLog([column('customer_id', 100), number('price')]), null);
  assert.equal(guessEventLog([column('customer_id', 100), time('from'), time('to')]), null);
  assert.equal(guessEventLog([column('country', 20), time('at')]), null);
});
