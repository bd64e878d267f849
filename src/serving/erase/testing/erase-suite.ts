/** Erasing one customer, on any engine: nothing of the customer stays, all of the others does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registryMigrations } from '../../../registry/migrations/all.ts';
import type { Database } from '../../../store/database/database.ts';
import { storeMigrations } from '../../../store/database/migrations/all.ts';
import { storeErasePlaces } from '../../../store/erase/all.ts';
import { hashCustomer } from '../../../store/erase/customer-hash.ts';
import {
  eraseCustomer,
  erasedEvent,
  findCustomer,
  removeCustomer,
} from '../../../store/erase/erase-customer.ts';
import { everyRow } from '../../../store/erase/testing/every-row.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import { addToOutbox } from '../../../store/outbox.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { silentProgress } from '../../../tasks/ports.ts';
import { submitJob } from '../../jobs/submit-job.ts';
import { databaseLogWriter } from '../../log/database-writer.ts';
import type { LogEntry } from '../../log/log-writer.ts';
import { servingMigrations } from '../../migrations.ts';
import { withOutcomes } from '../../outcomes/tables.ts';
import { logRow } from '../../testing/log-rows.ts';
import { servingErasePlaces } from '../all.ts';
import { predictionsPlace } from '../predictions.ts';

export const allMigrations = [...storeMigrations, ...registryMigrations, ...servingMigrations];
const places = [...servingErasePlaces, ...storeErasePlaces];
const by = { actor: 'cli:test', now: 5000 };
const erase = (database: Database, id: string) => eraseCustomer(database, id, places, by, silentProgress);
/** The same without the hash, which is slow on purpose. */
const remove = (database: Database, id: string) => removeCustomer(database, id, places, silentProgress);

const victim = 'C-77041';
/** A value that nobody else has. */
const ownValue = 918273.645;

const rowsOf = (erased: Awaited<ReturnType<typeof remove>>) =>
  Object.fromEntries(erased.map(({ id, rows }) => [id, rows]));

const write = (database: Database, entries: readonly LogEntry[]) =>
  databaseLogWriter(database).write(entries);
const row = (requestId: string, customerId: string | null, own: Partial<LogEntry> = {}) =>
  logRow({ requestId, customerId, featuresHash: `hash of ${customerId}`, input: '{"tenure":7}', ...own });

/** The customer in every place, beside others whose ids are alike. */
async function fill(database: Database): Promise<void> {
  const input = `{"monthlyChargeEur":${ownValue}}`;
  await write(database, [
    row('r1', victim, { input }),
    row('r1', victim, { input: null, slot: 'shadow' }),
    row('r1', 'C-7704', { rowIndex: 1 }),
    row('r2', `${victim}1`),
    row('r3', victim.toLowerCase()),
    row('r4', null),
    row('r5', victim, { input, source: 'batch', rowIndex: 3 }),
    row('r5', 'C-1', { source: 'batch', rowIndex: 4 }),
  ]);
  const outcome = { churned: 1, happened_at: 1, known_at: 2, source: 'api', key_id: null };
  await withOutcomes(database.db)
    .insertInto('outcome')
    .values([
      { ...outcome, customer_id: victim, request_id: null, row_index: null },
      { ...outcome, customer_id: null, request_id: 'r5', row_index: 3 },
      { ...outcome, customer_id: null, request_id: 'r5', row_index: 4 },
      { ...outcome, customer_id: 'C-1', request_id: null, row_index: null },
    ])
    .execute();
  await database.transaction(async (db) => {
    const message = (
      idempotencyKey: string,
      payload: { readonly [name: string]: string | readonly string[] },
    ) => addToOutbox(db, { topic: 'crm', idempotencyKey, payload }, 1);
    await message('m1', { to: 'crm', ids: ['C-1', victim] });
    await message('m2', { to: 'crm', ids: ['C-1', `${victim}1`] });
  });
  const job = (id: string, customer: string) =>
    submitJob(database, { id, kind: 'explain', args: { row: customer } }, { actor: 'a', now: 1 });
  await job('j1', victim);
  await job('j2', 'C-1');
}

export function eraseSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: erasing: no row of any table holds the customer any more, the others are as they were`, () =>
    withDatabases(1, async (database) => {
      await fill(database);
      const before = await everyRow(database, allMigrations);
      const traces = (lines: readonly string[]) =>
        lines.filter(
          (line) =>
            line.includes(`"${victim}"`) ||
            line.includes(`\\"${victim}\\"`) ||
            line.includes(String(ownValue)),
        );
      assert.ok(traces(before).length >= 8, 'the scan sees what is there');
      const found = await findCustomer(database, victim, places);
      assert.deepEqual(await everyRow(database, allMigrations), before, 'looking changes nothing');
      const erased = await remove(database, victim);
      assert.deepEqual(rowsOf(erased), {
        outcomes: 2,
        'prediction-values': 2,
        predictions: 3,
        jobs: 1,
        outbox: 1,
      });
      assert.deepEqual(erased, found, 'what was said before is what was done');
      const after = await everyRow(database, allMigrations);
      assert.deepEqual(traces(after), []);
      assert.ok(!after.some((line) => line.includes(`hash of ${victim}"`)));
      const untouched = before.filter(
        (line) => traces([line]).length === 0 && !line.includes('"r5","row_index":3'),
      );
      const kept = new Set(after);
      assert.deepEqual(
        untouched.filter((line) => !kept.has(line)),
        [],
      );
      assert.equal(
        after.filter((line) => line.startsWith('prediction {')).length,
        8,
        'the log keeps its rows',
      );
    }));

  test(`${engine}: erasing: values of a prediction that came after values were looked for go with its id`, () =>
    withDatabases(1, async (database) => {
      await fill(database);
      await database.transaction((db) => predictionsPlace.erase(db, victim, 100));
      const after = await everyRow(database, allMigrations);
      assert.ok(
        after.some((line) => line.startsWith('prediction_values {')),
        'those of others stay',
      );
      assert.ok(!after.some((line) => line.includes(String(ownValue))));
    }));

  test(`${engine}: erasing: the history tells it by a hash that only who knows the id can check`, () =>
    withDatabases(1, async (database) => {
      await fill(database);
      const first = await erase(database, victim);
      const second = await erase(database, victim);
      const told = (await readHistory(database)).filter(({ event }) => event === erasedEvent);
      assert.deepEqual(
        told.map(({ position }) => position),
        [first.history.position, second.history.position],
      );
      const [entry] = told;
      assert.equal(entry!.actor, 'cli:test');
      assert.deepEqual(entry!.details.rows, rowsOf(first.places));
      const { hash, salt } = entry!.details as { hash: string; salt: string };
      assert.equal(hashCustomer(victim, salt).hash, hash);
      assert.notEqual(hashCustomer(`${victim} `, salt).hash, hash);
      assert.notEqual(first.customer.hash, second.customer.hash, 'another salt each time');
      assert.equal((await verifyHistory(database)).brokenAt, null);
    }));

  test(`${engine}: erasing: an id that nobody has, and words of SQL, remove nothing`, () =>
    withDatabases(1, async (database) => {
      await fill(database);
      const before = (await everyRow(database, allMigrations)).filter((line) => !line.startsWith('history '));
      for (const id of ['nobody', 'C-%', 'C-7704_', ` ${victim}`, "' or 1=1 --", 'null'])
        assert.deepEqual([...new Set(Object.values(rowsOf(await remove(database, id))))], [0], id);
      const after = (await everyRow(database, allMigrations)).filter((line) => !line.startsWith('history '));
      assert.deepEqual(after, before);
    }));

  test(`${engine}: erasing: a customer of more rows than one transaction takes, while others are logged`, () =>
    withDatabases(2, async (database, other) => {
      const many = Array.from({ length: 1200 }, (_, i) => row(`r${i}`, victim));
      await write(database, many);
      let written = 0;
      let isDone = false;
      const logging = (async () => {
        for (; !isDone || written < 3; written++) await write(other, [row(`other${written}`, 'C-1')]);
      })();
      const erased = await remove(database, victim);
      isDone = true;
      await logging;
      assert.equal(rowsOf(erased).predictions, 1200);
      assert.equal(rowsOf(erased)['prediction-values'], 1200);
      const left = await findCustomer(database, 'C-1', places);
      assert.equal(left.find(({ id }) => id === 'predictions')!.rows, written);
      assert.ok((await findCustomer(database, victim, places)).every(({ rows }) => rows === 0));
    }));
}
