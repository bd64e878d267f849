import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storeMigrations } from '../database/migrations/all.ts';
import { knownMigrations, tablesAfter } from './shape.ts';
import { hardMigration, testMigrations } from './testing/places.ts';

test('tables of migrations: names, kinds, keys and ascending columns, and none of the migrator', async () => {
  const tables = await tablesAfter(testMigrations);
  assert.deepEqual(
    tables.map(({ name, key, ascending }) => [name, key.join(' '), ascending]),
    [
      ['a_child', 'parent place', null],
      ['api_key', 'id', null],
      ['history', 'position', null],
      ['keyless', 'at text', null],
      ['lease', 'name', null],
      ['outbox', 'id', 'id'],
      ['z_parent', 'id', 'id'],
    ],
  );
  assert.deepEqual(
    tables[0]!.columns.map(({ name, kind }) => `${name} ${kind}`),
    ['parent number', 'place number', 'before number', 'amount number', 'order text'],
  );
});

test('tables of migrations: a column of a type that decision 11 does not know is a defect of the migration', async () => {
  const blob = {
    id: '0200-blob',
    up: (db: Parameters<typeof hardMigration.up>[0]) =>
      db.schema.createTable('b').addColumn('bytes', 'blob').execute(),
  };
  await assert.rejects(tablesAfter([...storeMigrations, blob]), /^TypeError: table b: /);
});

test('tables of migrations: an id that is not known here is store.newer', () => {
  assert.deepEqual(knownMigrations('db', testMigrations, ['0100-hard']), [hardMigration]);
  assert.throws(() => knownMigrations('db', testMigrations, ['0001-store', '9999-x']), {
    code: 'store.newer',
  });
});
