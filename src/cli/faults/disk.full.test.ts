/** The running server on SQLite while its disk, its file or its clock misbehaves. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { withPredictions } from '../../serving/log/tables.ts';
import { openSqlite } from '../../store/database/sqlite.ts';
import { newTrainedPlace } from '../testing/holdfast.ts';
import { answeredIds, type FaultyServer, faultyServer, type Load, tally } from './testing/faulty-server.ts';
import { assertLogged } from './testing/logged.ts';
import { preload } from './testing/preload.ts';
import { smallDisk } from './testing/small-disk.ts';

const skip = process.platform === 'linux' ? false : 'libraries are put before a process on Linux only';
const customers = 10;
/** Ten seconds are promised; a busy machine adds some. */
const answerWithinMs = 10_000 + 3000;

/** A folder for what is no part of the place. */
function scratchFolder(): Disposable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-scratch-'));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

async function moreAnswers(load: Load, count = 50): Promise<void> {
  const before = answeredIds(load.asked).length;
  for (let waitedMs = 0; answeredIds(load.asked).length < before + count; waitedMs += 20) {
    assert.ok(waitedMs < 30_000, JSON.stringify(tally(load.asked)));
    await pause(20);
  }
}

/** Breaks what `harm` breaks, sees the refusals, mends it and sees that all is well again, without a restart. */
async function breakAndMend(
  server: FaultyServer,
  load: Load,
  { code, harm, mend }: { readonly code: string; harm(): void; mend(): void },
): Promise<void> {
  await moreAnswers(load);
  const from = load.asked.length;
  harm();
  const refused = await server.until(503);
  assert.equal(refused.code, code, JSON.stringify(refused.body));
  assert.equal(refused.retryAfter, '1');
  assert.equal((await server.get('/health')).status, 200);
  assert.equal((await server.until(503, '/ready')).code, code);
  mend();
  await server.until(200);
  assert.equal((await server.until(200, '/ready')).status, 200);
  await moreAnswers(load);
  for (const { status, code: said, ms } of load.asked.slice(from)) {
    assert.ok(status === 200 || (status === 503 && said === code), JSON.stringify(tally(load.asked)));
    assert.ok(ms < answerWithinMs, `${ms}`);
  }
}

/** After a stop: the file opens, holds together, and has every answer once. */
async function assertKept(home: string, load: Load): Promise<void> {
  const database = openSqlite(join(home, 'holdfast.db'));
  await assertLogged(database, answeredIds(load.asked)).finally(() => database.close());
}

test('disk full: 503 store.full with when to come back, and with space again it goes on by itself', {
  skip,
}, async (context) => {
  const { place } = await newTrainedPlace();
  using _ = place;
  using scratch = scratchFolder();
  using disk = smallDisk(16);
  const home = disk ? join(disk.folder, 'home') : place.path('.holdfast');
  if (disk) cpSync(place.path('.holdfast'), home, { recursive: true });
  else context.diagnostic('this user may not mount: the disk is made to say that it is full');
  const faults = disk ? null : preload(scratch.folder, home);
  await using server = await faultyServer(place, { HOLDFAST_HOME: home, ...faults?.env });
  const load = server.load(customers);
  for (let round = 0; round < 2; round++)
    await breakAndMend(server, load, {
      code: 'store.full',
      harm: () => (disk ? disk.fill() : faults!.fail({ write: 'ENOSPC' })),
      mend: () => (disk ? disk.free() : faults!.fail(null)),
    });
  await load.stop();
  await server.stop();
  assert.equal(server.child.exitCode, 0);
  await assertKept(home, load);
});

for (const durability of ['full', 'fast'] as const)
  test(`disk broken or read-only, durability ${durability}: 503 while writes or syncs fail, nothing lost or twice`, {
    skip,
  }, async (context) => {
    const { place } = await newTrainedPlace();
    using _ = place;
    using scratch = scratchFolder();
    const home = place.path('.holdfast');
    const faults = preload(scratch.folder, home);
    await using server = await faultyServer(place, faults.env, '--durability', durability);
    const load = server.load(customers);
    for (const fault of [{ write: 'EIO' }, { write: 'EROFS' }, { sync: 'EIO' }] as const) {
      await breakAndMend(server, load, {
        code: 'store.unavailable',
        harm: () => faults.fail(fault),
        mend: () => faults.fail(null),
      });
    }
    await load.stop();
    context.diagnostic(JSON.stringify(tally(load.asked)));
    // What was refused because a sync failed must not leave a file that a crash would break.
    if (durability === 'full') await server.kill();
    else await server.stop();
    await assertKept(home, load);
  });

test('a workspace that can only be read: serve says so and ends', { skip }, async (context) => {
  using disk = smallDisk(16);
  if (!disk) return context.skip('only who may mount can make a disk that is read-only for everybody');
  const { place } = await newTrainedPlace();
  using _ = place;
  cpSync(place.path('.holdfast'), join(disk.folder, 'home'), { recursive: true });
  disk.makeReadOnly();
  const { child, ended } = place.startWith(
    { HOLDFAST_HOME: join(disk.folder, 'home') },
    'serve',
    '--port',
    '0',
  );
  const { exit, stderr } = await ended;
  child.kill();
  assert.equal(exit, 1);
  assert.match(
    stderr,
    /^holdfast: database holdfast\.db: the file cannot be read or written; check the folder, its permissions and the disk \[store\.unavailable\]\n$/,
  );
});

test('database file moved away: nobody is answered from a file that no restart would find', {
  skip,
}, async () => {
  const { place } = await newTrainedPlace();
  using _ = place;
  const home = place.path('.holdfast');
  await using server = await faultyServer(place);
  const load = server.load(customers);
  const move = (from: string, to: string) => () => renameSync(join(home, from), join(home, to));
  await breakAndMend(server, load, {
    code: 'store.unavailable',
    harm: move('holdfast.db', 'away'),
    mend: move('away', 'holdfast.db'),
  });
  await load.stop();
  await server.stop();
  await assertKept(home, load);
});

test('clock set a day forth and two back: everybody is answered, ids stay unique, latencies stay true', {
  skip,
}, async () => {
  const { place } = await newTrainedPlace();
  using _ = place;
  using scratch = scratchFolder();
  const home = place.path('.holdfast');
  const clock = preload(scratch.folder, home);
  await using server = await faultyServer(place, clock.env, '--rate-limit', '5000');
  const load = server.load(customers);
  const day = 86_400_000;
  for (const byMs of [0, day, -day, 0]) {
    clock.setClockWrong(byMs);
    await moreAnswers(load, 100);
    assert.equal((await server.get('/ready')).status, 200);
  }
  const asked = await load.stop();
  assert.deepEqual(Object.keys(tally(asked)), ['200']);
  assert.equal(new Set(answeredIds(asked)).size, asked.length);
  await server.stop();
  await assertKept(home, load);
  const database = openSqlite(join(home, 'holdfast.db'));
  const rows = await withPredictions(database.db)
    .selectFrom('prediction')
    .select(['seq', 'at', 'latency_us'])
    .orderBy('seq')
    .execute()
    .finally(() => database.close());
  const steps = rows.slice(1).map(({ at }, i) => at - rows[i]!.at);
  assert.ok(Math.max(...steps) > day / 2 && Math.min(...steps) < -day, 'the clock was really wrong');
  for (const { latency_us } of rows) assert.ok(latency_us! >= 0 && latency_us! < 60_000_000, `${latency_us}`);
});
