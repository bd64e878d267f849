/** What every writer of the log does with requests that are answered once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../../../store/database/database.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { logRow } from '../../testing/log-rows.ts';
import type { LogEntry, LogWriter } from '../log-writer.ts';
import { withPredictions } from '../tables.ts';

const rows = (requestId: string, count: number, own: Partial<LogEntry> = {}): LogEntry[] =>
  Array.from({ length: count }, (_, rowIndex) =>
    logRow({ requestId, rowIndex, once: true, input: '{}', ...own }),
  );

export function onceSuite(databases: TestDatabases, writerOf: (database: Database) => LogWriter): void {
  const { engine } = databases;
  const placesOf = async ({ db }: Database) =>
    (
      await withPredictions(db)
        .selectFrom('prediction')
        .select(['request_id', 'row_index', 'slot'])
        .orderBy('seq')
        .execute()
    ).map((row) => `${row.request_id} ${row.row_index} ${row.slot}`);

  test(`${engine} log: a request that is answered once is written once, and the second time it is told`, () =>
    databases.with(1, async (database) => {
      const log = writerOf(database);
      const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
      assert.deepEqual((await log.write(rows(a, 2))).repeated, new Set());
      assert.deepEqual((await log.write([...rows(a, 2), ...rows(b, 1)])).repeated, new Set([a]));
      assert.deepEqual(await placesOf(database), [`${a} 0 live`, `${a} 1 live`, `${b} 0 live`]);
      const values = await withPredictions(database.db).selectFrom('prediction_values').selectAll().execute();
      assert.equal(values.length, 3);
    }));

  test(`${engine} log: one transaction that brings a request twice writes the first, even where the second is longer`, () =>
    databases.with(1, async (database) => {
      const a = 'a'.repeat(32);
      const { repeated } = await writerOf(database).write([...rows(a, 2), ...rows(a, 3)]);
      assert.deepEqual(repeated, new Set([a]));
      assert.deepEqual(await placesOf(database), [`${a} 0 live`, `${a} 1 live`]);
    }));

  test(`${engine} log: what a shadow wrote is no answer, and what is not asked for once is written each time`, () =>
    databases.with(1, async (database) => {
      const log = writerOf(database);
      const a = 'a'.repeat(32);
      await log.write(rows(a, 1, { slot: 'shadow', once: false, input: null }));
      assert.deepEqual((await log.write(rows(a, 1))).repeated, new Set());
      await log.write(rows(a, 1, { once: false, input: null }));
      assert.deepEqual(await placesOf(database), [`${a} 0 shadow`, `${a} 0 live`, `${a} 0 live`]);
    }));

  test(`${engine} log: what is written again is left out where that very row is there`, () =>
    databases.with(1, async (database) => {
      const log = writerOf(database);
      const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
      const plain = { once: false } as const;
      await log.write(rows(a, 2, plain));
      const again = [...rows(a, 3, plain), ...rows(b, 1, plain)].map((row) => ({
        ...row,
        again: true as const,
      }));
      assert.deepEqual((await log.write(again)).repeated, new Set());
      assert.deepEqual(await placesOf(database), [
        `${a} 0 live`,
        `${a} 1 live`,
        `${a} 2 live`,
        `${b} 0 live`,
      ]);
    }));

  test(`${engine} log: four writers that bring the same requests in different orders write each once`, () =>
    databases.with(4, async (...open) => {
      const ids = Array.from({ length: 12 }, (_, i) => `${i.toString(16)}`.repeat(32));
      const outcomes = await Promise.all(
        open.flatMap((database, i) => {
          const log = writerOf(database);
          const order = i % 2 === 0 ? ids : ids.toReversed();
          return [order.slice(0, 7), order.slice(5)].map((some) =>
            log.write(some.flatMap((id) => rows(id, 2, { keyId: String(i) }))),
          );
        }),
      );
      assert.deepEqual(
        (await placesOf(open[0]!)).sort(),
        ids.flatMap((id) => [`${id} 0 live`, `${id} 1 live`]).sort(),
      );
      // Seven ids in each of eight writes; each of the twelve was new to one of them.
      assert.equal(
        outcomes.reduce((sum, { repeated }) => sum + repeated.size, 0),
        8 * 7 - 12,
      );
    }));
}
