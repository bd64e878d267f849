/** Every table is known to those who erase a customer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { erasePlaces, migrations } from './database.ts';
import { tablesAfter } from './store/backup/shape.ts';

/** Tables that no place of erasing empties, and why none needs to. */
const withoutCustomers: Readonly<Record<string, string>> = {
  api_key: 'names programs',
  history: 'tells changes of models and settings, and of an erased customer a salted hash',
  lease: 'names processes',
  model_alias: 'names versions of models',
  model_approval: 'names who approved a version',
  model_version: 'models, without any row that they learned from',
  deployment: 'which version answers',
  job_counter: 'a number',
  outcome_request: 'an HMAC of a body under a key that is kept nowhere, and counts',
  expiry_mark: 'numbers of rows',
};

test('erasing: every table is emptied of a customer by a place, or is known to hold none', async () => {
  const tables = (await tablesAfter(migrations)).map(({ name }) => name);
  const emptied = new Set(erasePlaces.flatMap((place) => place.tables));
  const unknown = tables.filter((name) => !emptied.has(name) && !(name in withoutCustomers));
  assert.deepEqual(
    unknown,
    [],
    'write a place in the erase folder of its room, or say here why it needs none',
  );
  const all = [...emptied, ...Object.keys(withoutCustomers)];
  assert.deepEqual(
    all.filter((name) => !tables.includes(name)),
    [],
    'no such table',
  );
  assert.deepEqual(
    [...emptied].filter((name) => name in withoutCustomers),
    [],
    'both',
  );
});

test('erasing: each table with a column of customers has a place', async () => {
  const emptied = new Set(erasePlaces.flatMap((place) => place.tables));
  const named = (await tablesAfter(migrations)).filter(({ columns }) =>
    columns.some(({ name }) => /customer|^input$/.test(name)),
  );
  assert.ok(named.length >= 3);
  assert.deepEqual(
    named.map(({ name }) => name).filter((name) => !emptied.has(name)),
    [],
  );
});

test('erasing: each place has an id of its own', () => {
  const ids = erasePlaces.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
});
