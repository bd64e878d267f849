import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { stoppedClock } from '../base/clock.ts';
import { HoldfastError } from '../base/errors.ts';
import type { LiveModel } from '../serving/live-model.ts';
import { migrate } from '../store/database/migrate.ts';
import { storeMigrations } from '../store/database/migrations/all.ts';
import { openSqlite } from '../store/database/sqlite.ts';
import { checkReady } from './readiness.ts';
import type { ApiContext } from './route.ts';
import { nobody } from './testing/bare.ts';

test('ready: after a failed write only a write that succeeds makes it so', async () => {
  const database = openSqlite(':memory:');
  await migrate(database, storeMigrations);
  const model = {} as LiveModel;
  const ready = (failure: unknown) =>
    checkReady({
      ...{ database, clock: stoppedClock() },
      served: { ...nobody, live: () => model },
      predictions: { failure },
    } as unknown as ApiContext);
  const away = new Error('away');
  assert.equal(await ready(null), model);
  assert.equal(await ready(away), model, 'it can be written again');
  await sql`pragma query_only = on`.execute(database.db);
  await assert.rejects(
    ready(away),
    (error) => error instanceof HoldfastError && error.code === 'store.unavailable' && error.status === 503,
  );
  assert.equal(await ready(null), model, 'the next write will tell');
  await database.close();
});
