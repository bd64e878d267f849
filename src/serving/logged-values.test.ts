import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from '../data/contract.ts';
import { valueLog } from './logged-values.ts';

const contract = dataSection.parse({
  source: 'customers.csv',
  id: 'customerId',
  target: { column: 'churned', churned: true },
  columns: {
    tenure: { kind: 'number' },
    age: { kind: 'number', personal: true },
    income: { kind: 'number', log: 'never' },
    gender: { kind: 'category', personal: true, log: 'value' },
    region: { kind: 'category', use: 'segment', personal: true },
    secret: { kind: 'text', use: 'none' },
  },
});
const customer = { customerId: 'c', tenure: 3, age: 40, income: 9, gender: 'f', secret: 's' };

test('logged values: features are kept, personal columns and those with log: never are not', () => {
  assert.equal(valueLog(contract).kept(customer), '{"tenure":3,"gender":"f"}');
});

test('logged values: the hash sees every input, absent like null, and nothing else', () => {
  const { hash } = valueLog(contract);
  assert.match(hash(customer), /^[0-9a-f]{64}$/);
  assert.equal(hash({ ...customer, customerId: 'd', secret: 't' }), hash(customer));
  assert.equal(hash({ ...customer, region: null }), hash(customer));
  assert.notEqual(hash({ ...customer, age: 41 }), hash(customer));
});
