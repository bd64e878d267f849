/** What is too old goes, on any engine: by the clock, once, by one of several processes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../../store/database/database.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import { takeLease } from '../../../store/lease.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { databaseLogWriter } from '../../log/database-writer.ts';
import { withPredictions } from '../../log/tables.ts';
import { withOutcomes } from '../../outcomes/tables.ts';
import { logRow } from '../../testing/log-rows.ts';
import { expireOlder } from '../expire-older.ts';
import { dayMs, type Periods } from '../periods.ts';
import { type ExpiryWatch, watchExpiry } from '../watch-expiry.ts';

/** Day 1000 of the epoch. */
const today = 1000 * dayMs;
const by = { actor: 'expiry', now: today };
const periods: Periods = { valuesDays: 90, idsDays: 365 };

const write = (database: Database, ages: readonly number[], name = 'r') =>
  databaseLogWriter(database).write(
    ages.map((days, i) =>
      logRow({
        requestId: `${name}${i}`,
        at: today - days * dayMs,
        customerId: `C${days}`,
        featuresHash: `h${days}`,
      }),
    ),
  );

/** Of each row that still says it: whose it is, and of which values. */
async function left({ db }: Database) {
  const rows = await withPredictions(db).selectFrom('prediction').selectAll().orderBy('seq').execute();
  const values = await withPredictions(db)
    .selectFrom('prediction_values')
    .select('request_id')
    .orderBy('request_id')
    .execute();
  return {
    rows: rows.length,
    scores: rows.filter(({ score }) => score !== null).length,
    ids: rows.flatMap(({ customer_id }) => customer_id ?? []),
    hashes: rows.flatMap(({ features_hash }) => features_hash ?? []),
    values: values.map(({ request_id }) => request_id),
  };
}

export function expirySuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: expiry: values go after their days, ids after theirs, rows and scores stay`, () =>
    withDatabases(1, async (database) => {
      await write(database, [400, 366, 365, 200, 91, 90, 5, 0]);
      assert.deepEqual(await expireOlder(database, periods, by), { values: 5, ids: 2, outcomes: 0 });
      assert.deepEqual(await left(database), {
        rows: 8,
        scores: 8,
        ids: ['C365', 'C200', 'C91', 'C90', 'C5', 'C0'],
        hashes: ['h90', 'h5', 'h0'],
        values: ['r5', 'r6', 'r7'],
      });
      const [entry] = await readHistory(database, { subject: 'prediction-log' });
      assert.deepEqual(
        [entry!.event, entry!.details],
        ['log.expired', { ...periods, values: 5, ids: 2, outcomes: 0 }],
      );
    }));

  test(`${engine}: expiry: a second run finds nothing and tells nothing; a day later it goes on`, () =>
    withDatabases(1, async (database) => {
      await write(database, [400, 90, 89]);
      await expireOlder(database, periods, by);
      assert.deepEqual(await expireOlder(database, periods, by), { values: 0, ids: 0, outcomes: 0 });
      assert.equal((await readHistory(database)).length, 1);
      const tomorrow = { ...by, now: today + dayMs };
      assert.deepEqual(await expireOlder(database, periods, tomorrow), { values: 1, ids: 0, outcomes: 0 });
      assert.deepEqual((await left(database)).hashes, ['h89']);
      // A shorter period reaches further.
      assert.deepEqual(await expireOlder(database, { valuesDays: 10, idsDays: 10 }, by), {
        values: 1,
        ids: 2,
        outcomes: 0,
      });
      assert.equal((await verifyHistory(database)).brokenAt, null);
    }));

  test(`${engine}: expiry: a row of a clock that ran ahead goes too, and holds up none behind it`, () =>
    withDatabases(1, async (database) => {
      await write(database, [400, -4000, 300, 1]);
      assert.deepEqual(await expireOlder(database, periods, by), { values: 3, ids: 2, outcomes: 0 });
      assert.deepEqual((await left(database)).hashes, ['h1']);
    }));

  test(`${engine}: expiry: many rows go in several transactions, and it ends between two when told to`, () =>
    withDatabases(1, async (database) => {
      await write(database, new Array(1300).fill(100));
      let pieces = 0;
      const once = () => pieces++ === 0;
      assert.deepEqual(await expireOlder(database, periods, by, once), { values: 500, ids: 0, outcomes: 0 });
      assert.equal((await left(database)).values.length, 800);
      assert.deepEqual(await expireOlder(database, periods, by), { values: 800, ids: 0, outcomes: 0 });
      assert.equal((await left(database)).values.length, 0);
    }));

  test(`${engine}: expiry: of a scored list, which is one request, only the values of the rows of a transaction go`, () =>
    withDatabases(1, async (database) => {
      await databaseLogWriter(database).write(
        Array.from({ length: 1300 }, (_, rowIndex) =>
          logRow({ requestId: 'list', rowIndex, at: today - 100 * dayMs, source: 'batch' }),
        ),
      );
      await write(database, [100, 1]);
      let pieces = 0;
      const once = () => pieces++ === 0;
      assert.deepEqual(await expireOlder(database, periods, by, once), { values: 500, ids: 0, outcomes: 0 });
      assert.equal((await left(database)).values.length, 802);
      assert.deepEqual(await expireOlder(database, periods, by), { values: 801, ids: 0, outcomes: 0 });
      assert.deepEqual((await left(database)).values, ['r1']);
    }));

  test(`${engine}: expiry: of several servers only who holds the lease clears, and a stopped one gives it up`, () =>
    withDatabases(2, async (database, other) => {
      await write(database, [100]);
      const clock = { now: () => today, cpuSeconds: () => 0 };
      const held = { name: 'expiry', holder: 'another', now: today, lengthMs: 60_000 };
      assert.ok(await takeLease(other, held));
      const heard: number[] = [];
      const failures: string[] = [];
      const watch = (): ExpiryWatch =>
        watchExpiry({
          ...{ database, periods, clock, everyMs: 5 },
          told: ({ values }) => heard.push(values),
          failed: (code) => failures.push(code),
        });
      const waiting = watch();
      await pause(50);
      await waiting.stop();
      assert.deepEqual([heard, (await left(database)).values.length], [[], 1], 'another leads');
      await other.db.deleteFrom('lease').execute();
      const leading = watch();
      for (let waited = 0; heard.length === 0 && waited < 10_000; waited += 10) await pause(10);
      await leading.stop();
      assert.deepEqual([heard, failures], [[1], []]);
      assert.ok(await takeLease(other, held), 'the lease is free again');
    }));

  test(`${engine}: expiry: outcomes that name a customer go with the ids, those of a prediction stay`, () =>
    withDatabases(1, async (database) => {
      const outcome = (days: number, own: object) => ({
        ...{ customer_id: null, request_id: null, row_index: null, churned: 1, source: 'api', key_id: null },
        ...{ happened_at: today - days * dayMs, known_at: today - days * dayMs },
        ...own,
      });
      await withOutcomes(database.db)
        .insertInto('outcome')
        .values([
          outcome(400, { customer_id: 'C400' }),
          outcome(400, { request_id: 'r1', row_index: 0 }),
          outcome(100, { customer_id: 'C100' }),
        ])
        .execute();
      assert.deepEqual(await expireOlder(database, periods, by), { values: 0, ids: 0, outcomes: 2 });
      const rows = await withOutcomes(database.db).selectFrom('outcome').selectAll().orderBy('seq').execute();
      assert.deepEqual(
        rows.map(({ customer_id, request_id }) => customer_id ?? request_id),
        ['r1', 'C100'],
      );
    }));

  test(`${engine}: expiry: without a period nothing goes`, () =>
    withDatabases(1, async (database) => {
      await write(database, [900]);
      assert.deepEqual(await expireOlder(database, { valuesDays: null, idsDays: null }, by), {
        values: 0,
        ids: 0,
        outcomes: 0,
      });
      assert.equal((await left(database)).values.length, 1);
    }));
}
