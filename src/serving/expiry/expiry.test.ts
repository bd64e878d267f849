/** Expiry on SQLite, and how its periods are read; `erase.full.test.ts` runs the same on PostgreSQL. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParamError } from '../../base/errors.ts';
import { sqliteDatabases } from '../../store/testing/test-databases.ts';
import { allMigrations } from '../erase/testing/erase-suite.ts';
import { periodsFrom } from './periods.ts';
import { expirySuite } from './testing/expiry-suite.ts';

expirySuite(sqliteDatabases(allMigrations));

test('periods: of the environment, in days; nothing said keeps everything', () => {
  assert.deepEqual(periodsFrom({}), { valuesDays: null, idsDays: null });
  assert.deepEqual(periodsFrom({ HOLDFAST_RETENTION_DAYS: '90', HOLDFAST_RETENTION_ID_DAYS: '' }), {
    valuesDays: 90,
    idsDays: null,
  });
  assert.deepEqual(periodsFrom({ HOLDFAST_RETENTION_DAYS: '90', HOLDFAST_RETENTION_ID_DAYS: '365' }), {
    valuesDays: 90,
    idsDays: 365,
  });
});

test('periods: what is no number of days, and ids that would go before values, are refused by name', () => {
  const refusedOption = (env: Record<string, string>): string => {
    try {
      periodsFrom(env);
    } catch (error) {
      if (error instanceof ParamError && error.code === 'usage.argument') return String(error.fields.option);
      throw error;
    }
    return 'none';
  };
  for (const text of ['0', '-1', '1.5', '90d', 'x', '36501', '1e3'])
    assert.equal(refusedOption({ HOLDFAST_RETENTION_DAYS: text }), 'HOLDFAST_RETENTION_DAYS', text);
  assert.equal(
    refusedOption({ HOLDFAST_RETENTION_DAYS: '90', HOLDFAST_RETENTION_ID_DAYS: 'x' }),
    'HOLDFAST_RETENTION_ID_DAYS',
  );
  assert.equal(refusedOption({ HOLDFAST_RETENTION_ID_DAYS: '90' }), 'HOLDFAST_RETENTION_DAYS');
  assert.equal(
    refusedOption({ HOLDFAST_RETENTION_DAYS: '91', HOLDFAST_RETENTION_ID_DAYS: '90' }),
    'HOLDFAST_RETENTION_DAYS',
  );
});
