/** Jobs and events over a real PostgreSQL server, and what only there can happen: rows that appear late. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { registryMigrations } from '../registry/migrations/all.ts';
import type { Database } from '../store/database/database.ts';
import { migrate } from '../store/database/migrate.ts';
import { storeMigrations } from '../store/database/migrations/all.ts';
import { openPostgres } from '../store/database/postgres.ts';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { postgresDatabases } from '../store/testing/test-databases.ts';
import { predictions } from './events/sources/predictions.ts';
import { databaseLogWriter } from './log/database-writer.ts';
import { servingMigrations } from './migrations.ts';
import { logRow } from './testing/log-rows.ts';
import { eventSuite } from './testing/suites/events.ts';
import { jobSuite } from './testing/suites/jobs.ts';

const migrations = [...storeMigrations, ...registryMigrations, ...servingMigrations];

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

const databases = postgresDatabases(() => server, migrations);
jobSuite(databases);
eventSuite(databases);

/** A database, and so many connections in each of which a transaction has begun as the log's writer begins it. */
async function withTransactions(
  count: number,
  work: (database: Database, url: string, ...writers: pg.Client[]) => Promise<void>,
): Promise<void> {
  const url = await server.newDatabase();
  const database = openPostgres(url);
  const clients = Array.from({ length: count }, () => new pg.Client({ connectionString: url }));
  try {
    await migrate(database, migrations);
    for (const client of clients) {
      await client.connect();
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
    }
    await work(database, url, ...clients);
  } finally {
    for (const client of clients) await client.end();
    await database.close();
  }
}

const insert = (client: pg.Client, requestId: string) =>
  client.query(
    `insert into prediction (request_id, row_index, at, source, model_id, model_label, slot, band, status)
     values ($1, 0, 1, 'api', 'm', 'l', 'live', 'high', 200)`,
    [requestId],
  );

/** Reads as a feed does, as far as is settled. */
async function readOn(database: Database, settled: () => Promise<number | null>, after: number) {
  const reader = predictions.open(database);
  const upTo = (await settled()) ?? after;
  if (upTo <= after) return { position: after, heard: [] };
  const { events, position } = await reader.read(after, upTo);
  return { position, heard: events.map(({ data }) => data.requestId) };
}

for (const order of ['older first', 'younger first'] as const) {
  test(`postgres: events: a row that appears after one with a larger number is told, too (${order})`, () =>
    withTransactions(2, async (database, _url, older, younger) => {
      const [slow, quick] = order === 'older first' ? [older!, younger!] : [younger!, older!];
      await insert(slow, 'late');
      await insert(quick, 'early');
      const { settled } = predictions.open(database);
      const newest = async () => 2;
      assert.deepEqual(await readOn(database, settled, 0), { position: 0, heard: [] });
      await quick.query('commit');
      // Who takes the newest row for the end has passed the late one for ever.
      const careless = await readOn(database, newest, 0);
      assert.deepEqual(careless, { position: 2, heard: ['early'] });
      for (let i = 0; i < 3; i++)
        assert.deepEqual(await readOn(database, settled, 0), { position: 0, heard: [] });
      await slow.query('commit');
      assert.deepEqual(await readOn(database, newest, careless.position), { position: 2, heard: [] });
      assert.deepEqual(await readOn(database, settled, 0), { position: 2, heard: ['late', 'early'] });
    }));
}

test('postgres: events: the oldest transaction of a snapshot would not do: a younger one may hold a smaller number', () =>
  withTransactions(2, async (database, url, older, younger) => {
    await insert(younger!, 'late');
    await insert(older!, 'early');
    await older!.query('commit');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query(
        `select request_id from prediction
         where xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`,
      );
      assert.deepEqual(rows, [{ request_id: 'early' }]);
    } finally {
      await client.end();
    }
    await younger!.query('rollback');
    assert.deepEqual(await readOn(database, predictions.open(database).settled, 0), {
      position: 2,
      heard: ['early'],
    });
  }));

test('postgres: the writer of the log takes its transaction number before its first row number, as marks rely on', () =>
  withTransactions(1, async (database, url, blocking) => {
    await blocking!.query('lock table prediction in access exclusive mode');
    // Outside of a transaction, in which who is at work would be told as it was first seen.
    const watching = new pg.Client({ connectionString: url });
    await watching.connect();
    const waiting = async () =>
      (
        await watching.query<{ backend_xid: string | null }>(
          `select backend_xid from pg_stat_activity
           where wait_event_type = 'Lock' and datname = current_database() and application_name = 'holdfast'`,
        )
      ).rows;
    try {
      const writing = databaseLogWriter(database).write([logRow()]);
      const untilMs = performance.now() + 8000;
      while ((await waiting()).length === 0 && performance.now() < untilMs) await pause(10);
      // Once more: a statement reads the number before it reads who waits.
      const rows = await waiting();
      assert.equal(rows.length, 1);
      assert.notEqual(rows[0]!.backend_xid, null);
      await blocking!.query('rollback');
      await writing;
    } finally {
      await watching.end();
    }
  }));

test('postgres: events: eight who write at once while one reads on: each row is read once, in order', async () => {
  const url = await server.newDatabase();
  const [database, writing] = [openPostgres(url), openPostgres(url)];
  try {
    await migrate(database, migrations);
    const each = 60;
    let isWriting = true;
    const writers = Promise.all(
      Array.from({ length: 8 }, async (_, w) => {
        const log = databaseLogWriter(writing);
        for (let i = 0; i < each; i++) {
          await log.write(Array.from({ length: 5 }, (_, k) => logRow({ requestId: `${w}-${i}-${k}` })));
        }
      }),
    ).finally(() => {
      isWriting = false;
    });
    const { settled } = predictions.open(database);
    const heard: unknown[] = [];
    let position = 0;
    for (let isLast = false; ; ) {
      const step = await readOn(database, settled, position);
      position = step.position;
      heard.push(...step.heard);
      if (isLast && heard.length >= 8 * each * 5) break;
      if (isLast) assert.ok(step.heard.length > 0, `only ${heard.length} rows were read`);
      isLast = !isWriting;
      await pause(1);
    }
    await writers;
    assert.equal(heard.length, 8 * each * 5);
    assert.equal(new Set(heard).size, heard.length);
  } finally {
    await writing.close();
    await database.close();
  }
});
