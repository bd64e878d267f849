import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from './contract.ts';
import { isLogged, unloggedColumns } from './logged-columns.ts';

test('logged columns: by default features are logged and personal columns are not; log decides otherwise', () => {
  assert.equal(isLogged({ personal: false }), true);
  assert.equal(isLogged({ personal: true }), false);
  assert.equal(isLogged({ personal: true, log: 'value' }), true);
  assert.equal(isLogged({ personal: false, log: 'never' }), false);
});

test('logged columns: unlogged are features only, not segments or columns that no model uses', () => {
  const contract = dataSection.parse({
    source: 'customers.csv',
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
  assert.deepEqual(unloggedColumns(contract), ['age', 'income']);
});
