import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { databaseFile } from '../database/open-database.ts';
import { openSqliteFile } from '../database/sqlite-file.ts';
import { purgeRemains } from './purge-remains.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-purge-'));
after(() => rmSync(root, { recursive: true }));
const path = databaseFile(root);
const place = { root };
const bytes = (): Buffer =>
  Buffer.concat(['', '-wal'].map((end) => (existsSync(path + end) ? readFileSync(path + end) : Buffer.of())));

test('purge: copies that SQLite leaves in pages of an index are gone, also from a file too large to be always rewritten', async () => {
  const file = openSqliteFile(path, 1000);
  file.exec(
    'pragma synchronous=off; create table p (seq integer primary key, c text); create index pc on p(c)',
  );
  const random = createRandom(1);
  const ids = Array.from({ length: 12_000 }, () => `C${random.uint32()}-${random.uint32()}`);
  const insert = file.prepare('insert into p (c) values (?)');
  for (let from = 0; from < ids.length; from += 10) {
    file.exec('begin');
    for (const id of ids.slice(from, from + 10)) insert.run(id);
    file.exec('commit');
  }
  const forget = file.prepare('update p set c = null where c = ?');
  const victims = ids.filter((_, i) => i % 10 === 0);
  for (const id of victims) forget.run(id);
  file.prepare('pragma wal_checkpoint(truncate)').all();
  const before = bytes();
  const left = victims.filter((id) => before.includes(id));
  assert.ok(left.length > 0, 'deleting and overwriting alone leaves copies: what this is for');
  const clean = victims.find((id) => !left.includes(id))!;
  assert.deepEqual(await purgeRemains(place, [], [clean], { smallBytes: 0 }), {
    isRewritten: false,
    isLogEmpty: true,
    isTextLeft: false,
    vacuumed: [],
  });
  const purged = await purgeRemains(place, [], [left[0]!], { smallBytes: 0 });
  assert.deepEqual([purged.isRewritten, purged.isTextLeft], [true, false]);
  const now = bytes();
  assert.deepEqual(
    victims.filter((id) => now.includes(id)),
    [],
  );
  assert.equal(statSync(`${path}-wal`).size, 0);
  // What belongs to others is told, not removed.
  const others = await purgeRemains(place, [], [ids[1]!]);
  assert.deepEqual([others.isRewritten, others.isTextLeft], [true, true]);
  file.close();
});

test('purge: a reader that holds the write-ahead log is waited for, and told when it goes on too long', async () => {
  const reader = openSqliteFile(path, 1000);
  reader.exec('begin');
  reader.prepare('select count(*) as n from p').get();
  const writer = openSqliteFile(path, 1000);
  writer.exec("insert into p (c) values ('late')");
  const held = await purgeRemains(place, [], [], { waitMs: 100, smallBytes: 0 });
  assert.equal(held.isLogEmpty, false);
  reader.exec('commit');
  assert.equal((await purgeRemains(place, [], [], { smallBytes: 0 })).isLogEmpty, true);
  reader.close();
  writer.close();
});
