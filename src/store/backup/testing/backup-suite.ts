/** What a backup of one engine, restored into the same or the other, must hold. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { type ErrorCode, HoldfastError } from '../../../base/errors.ts';
import { sha256 } from '../../../base/hash.ts';
import type { Database } from '../../database/database.ts';
import { storeMigrations } from '../../database/migrations/all.ts';
import type { DatabasePlace } from '../../database/open-database.ts';
import { appendHistory, readHistory, verifyHistory } from '../../history.ts';
import { createKey, findKey } from '../../keys.ts';
import { checkBackup, restoreBackup } from '../restore-backup.ts';
import type { Cell } from '../row-text.ts';
import { withSnapshot } from '../snapshot.ts';
import { writeBackup } from '../write-backup.ts';
import {
  connectTest,
  type HardTables,
  laterMigration,
  openTest,
  portsOf,
  putFile,
  type TestPlaces,
  testMigrations,
} from './places.ts';

export const refused = (code: ErrorCode) => (error: unknown) =>
  error instanceof HoldfastError && error.code === code
    ? true
    : assert.fail(`wanted ${code}, got ${error instanceof Error ? error.stack : error}`);

const hard = (database: Database) => database.db as unknown as Kysely<HardTables>;

/** Every row of every table. */
async function contents(place: DatabasePlace, migrations = testMigrations) {
  const database = await connectTest(place);
  try {
    return await withSnapshot(database, migrations, async (snapshot) => {
      const tables: Record<string, (readonly Cell[])[]> = {};
      for (const table of snapshot.tables) {
        const rows: (readonly Cell[])[] = [];
        tables[table.name] = rows;
        for await (const page of snapshot.pages(table)) rows.push(...page);
      }
      return tables;
    });
  } finally {
    await database.close();
  }
}

/** Rows that are hard to carry, keys, history, files; gives the text of a key. */
async function fillHard(place: DatabasePlace): Promise<string> {
  const database = await openTest(place);
  try {
    const db = hard(database);
    const { key } = await createKey(
      database,
      { name: 'shop', scopes: ['score'] },
      { actor: 'cli:me', now: 5 },
    );
    await db
      .insertInto('z_parent')
      .values({ name: 'second' } as never)
      .execute();
    await db
      .insertInto('z_parent')
      .values({ name: 'removed' } as never)
      .execute();
    await db.deleteFrom('z_parent').where('name', '=', 'removed').execute();
    const { id: parent } = await db
      .selectFrom('z_parent')
      .select('id')
      .where('name', '=', 'second')
      .executeTakeFirstOrThrow();
    const child = (place: number, before: number | null, amount: number | null, order: string | null) =>
      db.insertInto('a_child').values({ parent, place, before, amount, order }).execute();
    await child(9, null, 0.1 + 0.2, 'ünï "quoted"\n\u{1F600}\u2028');
    await child(1, 9, Number.MIN_VALUE, '');
    await child(2, 1, Number.MAX_VALUE, null);
    await child(3, null, null, '[1,"x"]');
    for (const at of [Number.MAX_SAFE_INTEGER, -5, null])
      await db.insertInto('keyless').values({ at, text: 'same' }).execute();
    // More rows than a page and than a statement.
    for (let from = 0; from < 1200; from += 400)
      await db
        .insertInto('keyless')
        .values(Array.from({ length: 400 }, (_, i) => ({ at: from + i, text: `row ${from + i}` })))
        .execute();
    return key;
  } finally {
    await database.close();
  }
}

export function backupSuite(from: TestPlaces, to: TestPlaces): void {
  const title = `${from.engine} to ${to.engine}`;
  const newFile = async () => `${(await from.newPlace()).root}.zip`;

  test(`backup, ${title}: every row, key and file is back to the bit, and the history goes on`, async () => {
    const [source, target, file] = [await from.newPlace(), await to.newPlace(), await newFile()];
    const key = await fillHard(source);
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251);
    putFile(source, 'models/churn.holdfast', bytes);
    putFile(source, 'models/labels/20261121.nogit', '');
    putFile(source, 'models/.half.part', 'unfinished');
    const before = await contents(source);
    const made = await writeBackup(file, portsOf(source));
    assert.equal(made.files, 2);
    assert.equal(made.rows, Object.values(before).flat().length);
    assert.deepEqual([made.bytes, made.sha256], [statSync(file).size, sha256(readFileSync(file))]);
    assert.equal(statSync(file).mode & 0o777, 0o600);

    const restored = await restoreBackup(file, portsOf(target));
    assert.deepEqual(restored.history, { entries: 1, brokenAt: null });
    assert.deepEqual([restored.rows, restored.files, restored.movedTo], [made.rows, 2, null]);
    const after = await contents(target);
    const { history: _1, ...rowsBefore } = before;
    const { history: _2, ...rowsAfter } = after;
    assert.deepEqual(sortedRows(rowsAfter), sortedRows(rowsBefore));
    assert.deepEqual(readdirSync(join(target.root, 'artifacts'), { recursive: true }).map(String).sort(), [
      'models',
      'models/churn.holdfast',
      'models/labels',
      'models/labels/20261121.nogit',
    ]);
    assert.deepEqual(
      new Uint8Array(readFileSync(join(target.root, 'artifacts/models/churn.holdfast'))),
      bytes,
    );
    assert.equal(existsSync(join(target.root, '.restoring')), false);

    const database = await openTest(target);
    try {
      assert.equal((await findKey(database, key, 10))?.name, 'shop');
      assert.deepEqual(await verifyHistory(database), { entries: 2, brokenAt: null });
      const last = (await readHistory(database)).at(-1)!;
      assert.deepEqual([last.actor, last.event], ['cli:test', 'workspace.restored']);
      // A number that was given out is not given out again, also that of a row that was removed.
      await hard(database)
        .insertInto('z_parent')
        .values({ name: 'next' } as never)
        .execute();
      const ids = await hard(database).selectFrom('z_parent').select('id').orderBy('id').execute();
      assert.deepEqual(
        ids.map(({ id }) => id),
        [1, 2, 4],
      );
      await assert.rejects(
        hard(database)
          .insertInto('a_child')
          .values({ parent: 99, place: 1, before: null, amount: null, order: null })
          .execute(),
        refused('internal.defect'),
        'references are looked at again',
      );
    } finally {
      await database.close();
    }
  });

  test(`backup, ${title}: one of an older version is brought to this one, one of a newer is refused`, async () => {
    const [source, target, file] = [await from.newPlace(), await to.newPlace(), await newFile()];
    await fillHard(source);
    await writeBackup(file, portsOf(source));
    await assert.rejects(restoreBackup(file, portsOf(target, storeMigrations)), refused('backup.newer'));
    assert.equal(existsSync(target.root), false);
    const later = [...testMigrations, laterMigration];
    const restored = await restoreBackup(file, portsOf(target, later));
    assert.deepEqual(restored.migrated, ['0101-later']);
    const { z_parent } = await contents(target, later);
    assert.deepEqual(z_parent, [
      [1, 'first', 0],
      [2, 'second', 7],
    ]);
  });

  test(`backup, ${title}: a database of an older version is copied as it is, not brought to this one`, async () => {
    const [source, file] = [await from.newPlace(), await newFile()];
    await fillHard(source);
    const made = await writeBackup(file, portsOf(source, [...testMigrations, laterMigration]));
    assert.deepEqual((await checkBackup(file, portsOf(source))).migrations, ['0001-store', '0100-hard']);
    assert.equal(made.tables, 7);
    await assert.rejects(writeBackup(`${file}2`, portsOf(source, storeMigrations)), refused('store.newer'));
    assert.equal(existsSync(`${file}2`), false);
  });

  test(`backup, ${title}: where something is already, nothing is touched`, async () => {
    const [source, target, file] = [await from.newPlace(), await to.newPlace(), await newFile()];
    await fillHard(source);
    await writeBackup(file, portsOf(source));
    await fillHard(target);
    const before = await contents(target);
    await assert.rejects(restoreBackup(file, portsOf(target)), refused('restore.not-empty'));
    assert.deepEqual(await contents(target), before);
    for (const name of ['.restoring', 'artifacts']) assert.equal(existsSync(join(target.root, name)), false);
  });

  test(`backup, ${title}: a database that was only started counts as empty`, async () => {
    const [source, target, file] = [await from.newPlace(), await to.newPlace(), await newFile()];
    const started = await openTest(target, storeMigrations);
    await started.close();
    await fillHard(source);
    const { rows } = await writeBackup(file, portsOf(source));
    const restored = await restoreBackup(file, portsOf(target));
    assert.equal(restored.movedTo, null);
    assert.equal(Object.values(await contents(target)).flat().length, rows + 1);
  });

  test(`backup, ${title}: of rows that change meanwhile it holds one moment`, async () => {
    const [source, target, file] = [await from.newPlace(), await to.newPlace(), await newFile()];
    await fillHard(source);
    const writer = await openTest(source);
    let stop = false;
    let pairs = 0;
    // Always both or neither: a child of the first parent and a parent. The tables are copied one after the other.
    const writing = (async () => {
      while (!stop) {
        await writer.transaction(async (raw) => {
          const db = raw as unknown as Kysely<HardTables>;
          await db
            .insertInto('z_parent')
            .values({ name: `pair ${pairs}` } as never)
            .execute();
          await db
            .insertInto('a_child')
            .values({ parent: 1, place: pairs, before: null, amount: null, order: null })
            .execute();
          await appendHistory(raw, { at: pairs, actor: 'a', event: 'pair.made', subject: 's', details: {} });
        });
        pairs++;
        // SQLite answers at once: without this nothing else would have its turn.
        await nextTurn();
      }
    })();
    while (pairs < 3) await nextTurn();
    const acknowledged = pairs;
    await writeBackup(file, portsOf(source));
    const atEnd = pairs;
    stop = true;
    await writing;
    await writer.close();
    assert.ok(atEnd > acknowledged, 'the writer was not held up');
    await restoreBackup(file, portsOf(target));
    const database = await openTest(target);
    try {
      const count = async (query: ReturnType<typeof sql<{ n: number }>>) =>
        Number((await query.execute(database.db)).rows[0]!.n);
      const parents = await count(sql`select count(*) as n from z_parent where name like 'pair %'`);
      const children = await count(sql`select count(*) as n from a_child where parent = 1`);
      const entries = await count(sql`select count(*) as n from history where event = 'pair.made'`);
      assert.deepEqual([children, entries], [parents, parents]);
      assert.ok(parents >= acknowledged && parents <= atEnd + 1, `${acknowledged} ${parents} ${atEnd}`);
      assert.equal((await verifyHistory(database)).brokenAt, null);
    } finally {
      await database.close();
    }
  });

  test(`backup, ${title}: an altered history is restored, and its first wrong entry told`, async () => {
    const [source, target, file] = [await from.newPlace(), await to.newPlace(), await newFile()];
    await fillHard(source);
    const database = await openTest(source);
    await sql`update history set actor = 'somebody else'`.execute(database.db);
    await database.close();
    await writeBackup(file, portsOf(source));
    const { history } = await restoreBackup(file, portsOf(target));
    assert.deepEqual(history, { entries: 0, brokenAt: 1 });
  });

  test(`backup, ${title}: stopped half-way, neither a backup nor a restore leaves anything`, async () => {
    const [source, target, file] = [await from.newPlace(), await to.newPlace(), await newFile()];
    await fillHard(source);
    putFile(source, 'a', 'b');
    await writeBackup(file, portsOf(source));
    // After so many words about rows it is stopped: in the middle of each part.
    for (const words of [1, 3, 5]) {
      const stopping = new AbortController();
      let heard = 0;
      const progress = {
        step: () => {},
        tick: () => {
          if (++heard === words) stopping.abort(new HoldfastError('work.stopped', 'stopped'));
        },
      };
      const ports = (place: DatabasePlace) => ({ ...portsOf(place), progress, signal: stopping.signal });
      await assert.rejects(writeBackup(`${file}-${words}`, ports(source)), refused('work.stopped'));
      assert.deepEqual(
        readdirSync(join(file, '..')).filter(
          (name) => name.includes('part') || name.endsWith(`zip-${words}`),
        ),
        [],
      );
      heard = -1;
      const again = new AbortController();
      const stop = {
        ...portsOf(target),
        signal: again.signal,
        progress: {
          step: () => {},
          tick: (what: string) => {
            if (what !== 'checking rows' && ++heard === words)
              again.abort(new HoldfastError('work.stopped', 'stopped'));
          },
        },
      };
      await assert.rejects(restoreBackup(file, stop), refused('work.stopped'));
      assert.equal(existsSync(target.root), false);
    }
    await restoreBackup(file, portsOf(target));
  });
}

/** The engines order texts each in its own way, and a table without a key has no order. */
const sortedRows = (tables: Record<string, (readonly Cell[])[]>) =>
  Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, rows.map((row) => JSON.stringify(row)).sort()]),
  );
