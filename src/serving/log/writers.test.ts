/** Writers of SQLite whose writing is done elsewhere: together, alone, and when it dies. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Worker } from 'node:worker_threads';
import { HoldfastError } from '../../base/errors.ts';
import { migrate } from '../../store/database/migrate.ts';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { openSqlite } from '../../store/database/sqlite.ts';
import { openSqliteFile } from '../../store/database/sqlite-file.ts';
import { servingMigrations } from '../migrations.ts';
import { logRow } from '../testing/log-rows.ts';
import { type LinkedLogWriter, linkedLogWriter } from './linked-writer.ts';
import { serveLogWrites } from './log-server.ts';
import { socketLogWriter } from './socket-writer.ts';
import { sqliteOrders } from './sqlite-orders.ts';
import { threadLink } from './sqlite-writer.ts';
import { packEntries } from './write-order.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-writers-'));
const path = join(folder, 'holdfast.db');
const address =
  process.platform === 'win32' ? `\\\\.\\pipe\\holdfast-test-${process.pid}` : join(folder, 'writer.sock');
before(async () => {
  const database = openSqlite(path);
  await migrate(database, [...storeMigrations, ...servingMigrations]);
  await database.close();
});
after(() => rmSync(folder, { recursive: true }));

/** Request ids in the order of the log. */
function logged(start: string): readonly unknown[] {
  const file = openSqliteFile(path);
  const rows = file.prepare('select request_id as id from prediction where request_id like ? order by seq');
  const ids = rows.all(`${start}%`).map(({ id }) => id);
  file.close();
  return ids;
}

const isAway = (error: unknown): boolean =>
  error instanceof HoldfastError && error.code === 'store.unavailable';

/** Until it is there again. */
async function written(writer: LinkedLogWriter, requestId: string): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      await writer.write([logRow({ requestId })]);
      return;
    } catch (error) {
      assert.ok(isAway(error) && i < 1000, String(error));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

test('orders that wait together are written together; one that cannot be written fails alone', () => {
  const orders = sqliteOrders(path);
  const order = (number: number, ...ids: (string | null)[]) => ({
    order: number,
    entries: packEntries(ids.map((requestId) => logRow({ requestId: requestId as string }))),
  });
  const fine = orders.carryOut([order(1, 'a1', 'a2'), order(2, 'a3')]);
  assert.deepEqual(fine, [
    { order: 1, error: null, repeated: [] },
    { order: 2, error: null, repeated: [] },
  ]);
  const mixed = orders.carryOut([order(3, 'a4'), order(4, 'a5', null), order(5, 'a6')]);
  assert.deepEqual(
    mixed.map(({ order, error }) => [order, error?.code ?? null]),
    [
      [3, null],
      [4, 'internal.defect'],
      [5, null],
    ],
  );
  orders.close();
  assert.deepEqual(logged('a'), ['a1', 'a2', 'a3', 'a4', 'a6']);
});

test('two workers write through one server; its end is told at once, and its return is found', async () => {
  const first = await serveLogWrites(path, address);
  const [one, other] = await Promise.all([socketLogWriter(address), socketLogWriter(address)]);
  await Promise.all([
    ...['b1', 'b2', 'b3'].map((requestId) => one.write([logRow({ requestId })])),
    ...['b4', 'b5'].map((requestId) => other.write([logRow({ requestId })])),
  ]);
  assert.deepEqual([...logged('b')].sort(), ['b1', 'b2', 'b3', 'b4', 'b5']);
  await first.close();
  await assert.rejects(one.write([logRow({ requestId: 'b6' })]), isAway);
  assert.equal(one.isThere, false);
  const second = await serveLogWrites(path, address);
  await Promise.all([written(one, 'b7'), written(other, 'b8')]);
  assert.equal(one.isThere, true);
  await one.close();
  await other.close();
  await second.close();
  assert.deepEqual([...logged('b')].sort(), ['b1', 'b2', 'b3', 'b4', 'b5', 'b7', 'b8']);
});

test('what was sent before the server was asked to end is written and answered', async () => {
  const server = await serveLogWrites(path, address);
  const writer = await socketLogWriter(address);
  await writer.write([logRow({ requestId: 'c1' })]);
  const writing = writer.write([logRow({ requestId: 'c2' })]);
  await writer.close();
  await writing.catch((error: unknown) => assert.ok(isAway(error)));
  await server.close();
  assert.deepEqual(logged('c'), ['c1', 'c2']);
});

test('without a server there is no writer', async () => {
  await assert.rejects(socketLogWriter(join(folder, 'nobody.sock')), { code: 'ENOENT' });
});

test('a thread that dies takes what waits along with an error, and another is started', async () => {
  const threads: Worker[] = [];
  const writer = await linkedLogWriter(async (listener) => {
    const link = await threadLink(path, listener);
    threads.push(link.thread);
    return link;
  });
  await writer.write([logRow({ requestId: 'd1' })]);
  const ending = threads[0]!.terminate();
  const waiting = writer.write([logRow({ requestId: 'd2' })]);
  await assert.rejects(waiting, isAway);
  await ending;
  await written(writer, 'd3');
  assert.equal(threads.length, 2);
  await writer.close();
  const ids = logged('d').filter((id) => id !== 'd2');
  assert.deepEqual(ids, ['d1', 'd3']);
});
