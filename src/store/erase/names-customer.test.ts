import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesCustomer } from './names-customer.ts';

const names = (value: unknown, id = 'C-1') => namesCustomer(JSON.stringify(value), id);

test('names customer: as a whole text, a number or a key, however deep', () => {
  assert.ok(names('C-1'));
  assert.ok(names({ a: [{ b: ['x', 'C-1'] }] }));
  assert.ok(names({ 'C-1': true }));
  assert.ok(names({ id: 17 }, '17'));
});

test('names customer: not as a part of another text or number', () => {
  assert.ok(!names({ a: 'C-10', b: 'xC-1', c: 'mail to C-1' }));
  assert.ok(!names({ id: 170, share: 0.17 }, '17'));
  assert.ok(!names(null, 'null'));
});

test('names customer: an id with quotes and other letters is met in its escaped form', () => {
  for (const id of ['a"b', 'tab\there', 'Zoë', '\u2028']) assert.ok(names({ id }, id), id);
});

test('names customer: text that is no JSON is held against the id as it is', () => {
  assert.ok(namesCustomer('C-1', 'C-1'));
  assert.ok(!namesCustomer('{"C-1', 'C-1'));
});
