/**
 * The restore drill: a backup made while two processes write, brought back elsewhere; and what is left when backup
 * and restore are killed, or the disk is full.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openWholeDatabase } from '../database.ts';
import { readHistory, verifyHistory } from '../store/history.ts';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { newPlace, type Place } from './testing/holdfast.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

const writerFile = fileURLToPath(new URL('./testing/write-entries.ts', import.meta.url));

interface Writer {
  /** The last number that it told to be safe. */
  last(): number;
  kill(): Promise<void>;
}

function startWriter(folder: string, name: string, env: Readonly<Record<string, string>>): Writer {
  const child: ChildProcess = spawn(process.execPath, [writerFile, folder, name], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = 0;
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const lines = text.split('\n').filter((line) => line !== '');
    last = Math.max(last, ...lines.map(Number));
  });
  return {
    last: () => last,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function until(met: () => boolean): Promise<void> {
  for (let waitedMs = 0; !met(); waitedMs += 20) {
    assert.ok(waitedMs < 60_000, 'waited for a minute');
    await pause(20);
  }
}

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`restore drill, ${engine}: every row that was safe before the backup began is back, and the chain holds`, async () => {
    const env = async (): Promise<Record<string, string>> =>
      engine === 'postgres' ? { HOLDFAST_DATABASE_URL: await server.newDatabase() } : {};
    const [from, to] = [await env(), await env()];
    using source = newPlace(from);
    using target = newPlace(to);
    // The tables are made first, so that both writers begin with rows.
    assert.equal((await source.run('keys', 'create', 'drill', '--scope', 'score')).exit, 0);
    const writers = ['one', 'two'].map((name) => startWriter(source.path('.holdfast'), name, from));
    try {
      await until(() => writers.every((writer) => writer.last() >= 100));
      const safe = writers.map((writer) => writer.last());
      const made = await source.run('backup', 'drill.zip', '--json');
      assert.equal(made.exit, 0, made.stderr);
      const then = writers.map((writer) => writer.last());
      assert.ok(
        then.every((last, i) => last > safe[i]!),
        'the writers went on',
      );
      const restored = await target.run('restore', source.path('drill.zip'), '--json');
      assert.equal(restored.exit, 0, restored.stderr);
      const database = await openWholeDatabase(target.path('.holdfast'), to);
      try {
        assert.equal((await verifyHistory(database)).brokenAt, null);
        for (const [i, name] of ['one', 'two'].entries()) {
          const entries = await readHistory(database, { subject: `drill:${name}` });
          // 1, 2, 3 and so on: nothing is missing between the first and the last.
          assert.ok(entries.every(({ details }, at) => details.i === at + 1));
          assert.ok(entries.length >= safe[i]!, `${entries.length} of ${safe[i]}`);
          const waiting = await database.db
            .selectFrom('outbox')
            .select('idempotency_key')
            .where('idempotency_key', 'like', `${name}:%`)
            .execute();
          assert.equal(waiting.length, entries.length, 'both tables are of one moment');
        }
      } finally {
        await database.close();
      }
    } finally {
      for (const writer of writers) await writer.kill();
    }
  });

  test(`kill -9, ${engine}: a backup is whole or not there, a restore is whole or nothing`, async () => {
    const env = engine === 'postgres' ? { HOLDFAST_DATABASE_URL: await server.newDatabase() } : {};
    using source = newPlace(env);
    await fillLarge(source, env);
    const began = performance.now();
    assert.equal((await source.run('backup', 'whole.zip')).exit, 0);
    const backupMs = performance.now() - began;
    for (let round = 1; round <= rounds; round++) {
      const { child, ended } = source.start('backup', `b${round}.zip`);
      await pause((backupMs * round) / rounds);
      child.kill('SIGKILL');
      await ended;
      if (!existsSync(source.path(`b${round}.zip`))) continue;
      assert.equal((await source.run('restore', `b${round}.zip`, '--check')).exit, 0);
    }

    const again = performance.now();
    assert.equal((await source.run('restore', 'whole.zip', '--into', 'measured')).exit, 0);
    const restoreMs = performance.now() - again;
    let whole = 0;
    for (let round = 1; round <= rounds; round++) {
      const to = engine === 'postgres' ? { HOLDFAST_DATABASE_URL: await server.newDatabase() } : {};
      using target = newPlace(to);
      const { child, ended } = target.start('restore', source.path('whole.zip'));
      await pause((restoreMs * (round + 1)) / (rounds + 1));
      child.kill('SIGKILL');
      const { exit } = await ended;
      const root = target.path('.holdfast');
      if (engine === 'postgres' || existsSync(join(root, 'holdfast.db'))) {
        const database = await openWholeDatabase(root, to);
        const { entries, brokenAt } = await verifyHistory(database);
        await database.close();
        assert.ok(entries === 0 || entries === largeEntries + 1, `${entries}`);
        assert.equal(brokenAt, null);
        if (exit === 0) assert.equal(entries, largeEntries + 1);
        if (entries > 0) {
          whole++;
          continue;
        }
      }
      assert.notEqual(exit, 0);
      // What was cut off is in nobody's way.
      const second = await target.run('restore', source.path('whole.zip'));
      assert.equal(second.exit, 0, second.stderr);
      assert.equal(existsSync(join(root, '.restoring')), false);
    }
    assert.ok(whole < rounds, 'some were cut off');
  });
}

const largeEntries = 4000;
/** Kills of each kind. */
const rounds = 3;

/** Some thousand rows and files: enough for a kill to come in between. */
async function fillLarge(place: Place, env: Readonly<Record<string, string>>): Promise<void> {
  const root = place.path('.holdfast');
  const database = await openWholeDatabase(root, env);
  const { appendHistory } = await import('../store/history.ts');
  for (let from = 0; from < largeEntries; from += 500)
    await database.transaction(async (db) => {
      for (let i = from; i < from + 500; i++)
        await appendHistory(db, { at: i, actor: 'a', event: 'x.y', subject: 's', details: { i } });
    });
  await database.close();
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  for (let i = 0; i < 200; i++) writeFileSync(join(root, 'artifacts', `file${i}`), Buffer.alloc(20_000, i));
}

test('full disk: a backup and a restore say so and leave nothing', async (context) => {
  const disk = mkdtempSync(join(tmpdir(), 'holdfast-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'none', disk], { stdio: 'pipe' });
  } catch (cause) {
    rmdirSync(disk);
    const { stderr } = cause as { stderr?: Buffer };
    assert.ok(
      process.getuid?.() !== 0 || /permission|not permitted/i.test(String(stderr)),
      `mount failed for another reason: ${stderr}`,
    );
    context.skip('a small disk can only be mounted by root');
    return;
  }
  try {
    using source = newPlace();
    await fillLarge(source, {});
    const full = await source.run('backup', join(disk, 'b.zip'));
    assert.equal(full.exit, 1);
    assert.match(full.stderr, /b\.zip: cannot be written \(ENOSPC\).*\[output\.unwritable\]\n$/);
    assert.deepEqual(readdirSync(disk), []);
    assert.equal((await source.run('backup', 'b.zip')).exit, 0);
    const large = await source.run('restore', 'b.zip', '--into', join(disk, 'new'));
    assert.equal(large.exit, 1);
    assert.match(large.stderr, /unpacks to \d+ MB and the disk has \d+ MB free.*\[store\.full\]\n$/);
    assert.deepEqual(readdirSync(disk), []);

    // The rows alone would fit, the database with its indexes and its log does not.
    execFileSync('rm', ['-r', source.path('.holdfast/artifacts')]);
    assert.equal((await source.run('backup', 'rows.zip')).exit, 0);
    writeFileSync(join(disk, 'filler'), Buffer.alloc(2_000_000));
    const rows = await source.run('restore', 'rows.zip', '--into', join(disk, 'new'));
    assert.equal(rows.exit, 1);
    assert.match(rows.stderr, /the disk is full.*\[store\.full\]\n$/);
    assert.deepEqual(readdirSync(disk), ['filler']);
  } finally {
    execFileSync('umount', [disk]);
    rmdirSync(disk);
  }
});
