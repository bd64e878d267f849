import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initText } from './init.ts';

const made = {
  out: 'holdfast.yaml',
  rows: 1,
  features: 1,
  target: { column: 'Churn', churned: 'Yes' },
  churnRate: 0.2654,
  remarks: [],
  notes: [],
  clean: [],
  warnings: [],
  inspect: 'holdfast inspect a.csv --target Churn',
};

test('init text: one is one', () => {
  assert.equal(
    initText(made).split('\n')[0],
    'holdfast.yaml: 1 customer, 1 column to learn from; 26.5% churned (Churn is Yes)',
  );
});

test('init text: columns of which the same is said share a line; a remark about none stands alone', () => {
  const personal = (column: string) => ({ column, message: 'sounds personal' });
  const remarks = [
    { column: 'id', message: 'taken as the customer id' },
    ...['gender', 'age', 'partner'].map(personal),
    { column: null, message: 'no column names a customer' },
  ];
  assert.deepEqual(
    initText({ ...made, remarks })
      .split('\n')
      .slice(1, -1),
    [
      '  id: taken as the customer id',
      '  gender, age, partner: sounds personal',
      '  no column names a customer',
    ],
  );
  const many = Array.from({ length: 30 }, (_, i) => personal(`c${i}`));
  assert.match(initText({ ...made, remarks: many }), /^ {2}c0, .*, c7 and 22 more: sounds personal$/m);
});

test('init text: what is said of the name of several columns is said in the plural', () => {
  const message = 'its name sounds personal: not logged';
  const remarks = ['gender', 'age'].map((column) => ({ column, message }));
  assert.match(initText({ ...made, remarks }), /^ {2}gender, age: their names sound personal: not logged$/m);
  assert.match(initText({ ...made, remarks: remarks.slice(1) }), /^ {2}age: its name sounds personal/m);
});

test('init text: names of columns cannot break the line', () => {
  const text = initText({ ...made, target: { column: 'Chu\nrn', churned: 'x'.repeat(100) } });
  assert.equal(text.split('\n').length, 2);
  assert.ok(text.split('\n')[0]!.length < 160);
});

test('init text: columns of one group share the line that names the group', () => {
  const group = ['esent', 'opens'];
  const remarks = group.map((column) => ({
    column,
    message: `left out: one event (together with ${group.find((other) => other !== column)})`,
  }));
  assert.match(initText({ ...made, remarks }), /^ {2}esent, opens: left out: one event$/m);
  assert.match(initText({ ...made, remarks: remarks.slice(1) }), /^ {2}opens: .* \(together with esent\)$/m);
});

test('init text: what the reader guessed, what is repaired and what inspect warns of have their lines', () => {
  const text = initText({
    ...made,
    notes: ['a.csv: read as Windows-1252'],
    clean: ['2 rows repeat an id'],
    warnings: ['duplicate.id', 'time.order'],
  });
  assert.deepEqual(text.split('\n').slice(1), [
    '  a.csv: read as Windows-1252',
    '  clean: 2 rows repeat an id',
    'Look at 2 warnings first (duplicate.id, time.order): holdfast inspect a.csv --target Churn',
    'Read it, then: holdfast train holdfast.yaml',
  ]);
});
