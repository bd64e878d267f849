import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnavailableError } from '../../../base/errors.ts';
import type { Database } from '../../database/database.ts';
import { addToOutbox, type Deliver, outboxBacklog, sendDue } from '../../outbox.ts';
import type { TestDatabases } from '../test-databases.ts';

const signal = new AbortController().signal;
const put = (database: Database, idempotencyKey: string, topic = 'hook') =>
  database.transaction((db) =>
    addToOutbox(db, { topic, idempotencyKey, payload: { key: idempotencyKey } }, 1000),
  );

const round = (database: Database, deliver: Deliver, now: number, holder = 'h') =>
  sendDue({ database, receivers: { hook: deliver }, holder, now: () => now, signal });

/** A receiver that notes what it got. */
function listener(): { got: string[]; deliver: Deliver } {
  const got: string[] = [];
  return { got, deliver: async ({ idempotencyKey }) => void got.push(idempotencyKey) };
}

export function outboxSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: outbox: messages arrive once, in order of writing, and are gone then`, () =>
    withDatabases(1, async (database) => {
      const { got, deliver } = listener();
      for (const key of ['a', 'b', 'c']) await put(database, key);
      assert.deepEqual(await outboxBacklog(database), { waiting: 3, dead: 0, oldestAt: 1000 });
      assert.deepEqual(await round(database, deliver, 1000), { sent: 3, failed: 0 });
      assert.deepEqual(got, ['a', 'b', 'c']);
      assert.deepEqual(await outboxBacklog(database), { waiting: 0, dead: 0, oldestAt: null });
    }));

  test(`${engine}: outbox: a message of a transaction that fails is never sent`, () =>
    withDatabases(1, async (database) => {
      await assert.rejects(
        database.transaction(async (db) => {
          await addToOutbox(db, { topic: 'hook', idempotencyKey: 'a', payload: null }, 1);
          throw new Error('no');
        }),
      );
      assert.equal((await outboxBacklog(database)).waiting, 0);
    }));

  test(`${engine}: outbox: the same idempotency key is one message`, () =>
    withDatabases(1, async (database) => {
      await put(database, 'a');
      await put(database, 'a');
      assert.equal((await outboxBacklog(database)).waiting, 1);
    }));

  test(`${engine}: outbox: a refusal is tried again later and later, others go on, and after 12 it is dead`, () =>
    withDatabases(1, async (database) => {
      const { got, deliver } = listener();
      const grumpy: Deliver = async (message, stop) => {
        if (message.idempotencyKey === 'bad')
          throw new UnavailableError('store.unavailable', 'told with values');
        await deliver(message, stop);
      };
      await put(database, 'bad');
      await put(database, 'good');
      let now = 1000;
      assert.deepEqual(await round(database, grumpy, now), { sent: 1, failed: 1 });
      assert.deepEqual(await round(database, grumpy, now + 999), { sent: 0, failed: 0 });
      const pauses: number[] = [];
      for (let attempt = 2; attempt <= 12; attempt++) {
        const { next_try_at } = await database.db
          .selectFrom('outbox')
          .select('next_try_at')
          .executeTakeFirstOrThrow();
        pauses.push(next_try_at - now);
        now = next_try_at;
        assert.deepEqual(await round(database, grumpy, now), { sent: 0, failed: 1 });
      }
      assert.deepEqual(
        pauses,
        [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600].map((s) => s * 1000),
      );
      assert.deepEqual(await outboxBacklog(database), { waiting: 0, dead: 1, oldestAt: null });
      assert.deepEqual(await round(database, grumpy, now + 1e9), { sent: 0, failed: 0 });
      const { last_error } = await database.db
        .selectFrom('outbox')
        .select('last_error')
        .executeTakeFirstOrThrow();
      assert.equal(last_error, 'store.unavailable');
      assert.deepEqual(got, ['good']);
    }));

  test(`${engine}: outbox: only the leader sends; when it is silent for long another takes over`, () =>
    withDatabases(2, async (first, second) => {
      const { got, deliver } = listener();
      assert.deepEqual(await round(first, deliver, 0, 'first'), { sent: 0, failed: 0 });
      await put(first, 'a');
      assert.deepEqual(await round(second, deliver, 2000, 'second'), { sent: 0, failed: 0 });
      assert.deepEqual(await round(second, deliver, 40_000, 'second'), { sent: 1, failed: 0 });
      assert.deepEqual(got, ['a']);
    }));

  test(`${engine}: outbox: topics without a receiver wait`, () =>
    withDatabases(1, async (database) => {
      const { deliver } = listener();
      await put(database, 'a', 'other');
      assert.deepEqual(await round(database, deliver, 5000), { sent: 0, failed: 0 });
      assert.equal((await outboxBacklog(database)).waiting, 1);
    }));
}
