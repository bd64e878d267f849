/** Backups that nobody vouches for: each fault is refused by its code, before and without anything being made. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { openPromise } from 'yauzl';
import { type ErrorCode, HoldfastError } from '../../base/errors.ts';
import { sha256 } from '../../base/hash.ts';
import { createKey } from '../keys.ts';
import { backupLimits, openBackup } from './archive-reader.ts';
import type { BackupManifest, TableFacts } from './manifest.ts';
import { checkBackup, restoreBackup } from './restore-backup.ts';
import { refuseTooLarge } from './restore-place.ts';
import { type TableShape, tablesAfter } from './shape.ts';
import { openTest, portsOf, putFile, testMigrations } from './testing/places.ts';
import { type RawEntry, rawZip } from './testing/raw-zip.ts';
import { writeBackup } from './write-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-hostile-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'backup.zip');
const target = { root: join(folder, 'target') };

/** The entries of an honest backup, by name. */
let honest: ReadonlyMap<string, Buffer>;

before(async () => {
  const place = { root: join(folder, 'source') };
  const database = await openTest(place);
  await createKey(database, { name: 'secret-name', scopes: ['score'] }, { actor: 'cli:me', now: 5 });
  await database.close();
  putFile(place, 'models/a.holdfast', 'a model');
  await writeBackup(file, portsOf(place));
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false });
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    entries.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  zip.close();
  honest = entries;
});

interface Change {
  /** Changes the manifest; its hash is made anew. */
  readonly manifest?: (manifest: Mutable) => void;
  /** Changes the entries, manifest and hash last. */
  readonly entries?: (entries: RawEntry[]) => RawEntry[];
}
type Mutable = { -readonly [K in keyof BackupManifest]: BackupManifest[K] };

function made({ manifest: change, entries: more }: Change): Buffer {
  const manifest = JSON.parse(honest.get('manifest.json')!.toString()) as Mutable;
  change?.(manifest);
  const text = Buffer.from(JSON.stringify(manifest));
  const entries: RawEntry[] = [];
  for (const [name, content] of honest) {
    if (name.startsWith('manifest')) continue;
    entries.push({ name, content, pack: name.startsWith('tables/') });
  }
  entries.push({ name: 'manifest.json', content: text, pack: true });
  entries.push({ name: 'manifest.sha256', content: Buffer.from(`${sha256(text)}\n`) });
  return rawZip(more ? more(entries) : entries);
}

async function assertRefused(bytes: Uint8Array, code: ErrorCode, words: RegExp): Promise<void> {
  const path = join(folder, 'hostile.zip');
  writeFileSync(path, bytes);
  for (const look of [() => checkBackup(path, portsOf(target)), () => restoreBackup(path, portsOf(target))]) {
    await assert.rejects(look(), (error: unknown) => {
      assert.ok(error instanceof HoldfastError, String((error as Error).stack));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, words);
      assert.match(error.message, /^hostile\.zip: /);
      assert.doesNotMatch(error.message, /secret-name/);
      return true;
    });
    assert.equal(existsSync(target.root), false);
  }
}

/** Replaces the content of a table, and what the manifest says of it. */
const tableOf = (name: string, content: Buffer, rows: number): Change => ({
  manifest: (manifest) => {
    const table = manifest.tables.find((one) => one.name === name)!;
    Object.assign(table, { rows, bytes: content.length, sha256: sha256(content) });
  },
  entries: (entries) =>
    entries.map((entry) => (entry.name === `tables/${name}.ndjson` ? { ...entry, content } : entry)),
});
/** Replaces the one kept file. */
const fileOf = (path: string): Change => ({
  manifest: (manifest) => {
    manifest.files = manifest.files.map((one) => ({ ...one, path }));
  },
  entries: (entries) =>
    entries.map((entry) =>
      entry.name.startsWith('artifacts/') ? { ...entry, name: `artifacts/${path}` } : entry,
    ),
});
const withEntry = (entry: RawEntry): Change => ({ entries: (entries) => [entry, ...entries] });
const ok = Buffer.from('x');

test('hostile backup: one put together again from its parts is restored, so each refusal below has its own reason', async () => {
  const path = join(folder, 'again.zip');
  writeFileSync(path, made({}));
  const again = { root: join(folder, 'again') };
  const { files, history } = await restoreBackup(path, portsOf(again));
  assert.deepEqual([files, history.entries], [1, 1]);
});

const damages: readonly (readonly [string, Change, RegExp])[] = [
  ['a name that climbs', withEntry({ name: '../evil', content: ok }), /truncated or no backup/],
  ['a kept file that climbs', fileOf('../../evil'), /truncated or no backup/],
  ['a kept file of an absolute name', fileOf('/etc/evil'), /name that is not allowed/],
  ['a kept file whose name has a backslash', fileOf('..\\evil'), /truncated or no backup/],
  ['a kept file whose name has a control character', fileOf('a\u0007'), /name that is not allowed/],
  ['an entry that no backup has', withEntry({ name: 'other.txt', content: ok }), /name that is not allowed/],
  ['an entry twice', { entries: (entries) => [...entries, entries[0]!] }, /two entries have one name/],
  [
    'a file that is a folder too',
    withEntry({ name: 'artifacts/models', content: ok }),
    /file and a folder at once/,
  ],
  [
    'an entry more than its manifest',
    withEntry({ name: 'artifacts/more', content: ok }),
    /not those of its manifest/,
  ],
  [
    'an entry less than its manifest',
    { entries: (entries) => entries.filter(({ name }) => name !== 'tables/lease.ndjson') },
    /not those of its manifest/,
  ],
  [
    'a kept file that is packed',
    {
      entries: (entries) =>
        entries.map((one) => (one.name.startsWith('artifacts/') ? { ...one, pack: true } : one)),
    },
    /packed, which no backup does/,
  ],
  [
    'entries that share their bytes',
    {
      entries: (entries) => [
        { name: 'artifacts/b0', content: Buffer.alloc(1_000_000), pack: false },
        ...Array.from({ length: 50 }, (_, i) => ({
          name: `artifacts/b${i + 1}`,
          content: Buffer.alloc(1_000_000),
          shares: true,
        })),
        ...entries,
      ],
    },
    /larger than the file/,
  ],
  [
    'a table that says to be smaller than it is',
    {
      manifest: (manifest) => {
        manifest.tables = manifest.tables.map((one) =>
          one.name === 'api_key' ? { ...one, bytes: 10 } : one,
        );
      },
      entries: (entries) =>
        entries.map((one) => (one.name === 'tables/api_key.ndjson' ? { ...one, says: 10 } : one)),
    },
    /cannot be unpacked/,
  ],
  [
    'a table that says to be larger than it is',
    {
      manifest: (manifest) => {
        manifest.tables = manifest.tables.map((one) =>
          one.name === 'api_key' ? { ...one, bytes: 1e9 } : one,
        );
      },
      entries: (entries) =>
        entries.map((one) => (one.name === 'tables/api_key.ndjson' ? { ...one, says: 1e9 } : one)),
    },
    /cannot be unpacked/,
  ],
  ['a row of too few values', tableOf('lease', Buffer.from('["a"]\n'), 1), /row 1 of table lease is no row/],
  [
    'a row of the wrong kind',
    tableOf('lease', Buffer.from('["a","b","c"]\n'), 1),
    /row 1 of table lease is no row/,
  ],
  [
    'a row that is no list',
    tableOf('lease', Buffer.from('{"name":1}\n'), 1),
    /row 1 of table lease is no row/,
  ],
  ['a row without its end', tableOf('lease', Buffer.from('["a","b",1]'), 1), /ends within a row/],
  ['fewer rows than said', tableOf('lease', Buffer.from('["a","b",1]\n'), 2), /1 rows instead of 2/],
  [
    'a table whose content was changed',
    {
      entries: (entries) =>
        entries.map((one) =>
          one.name === 'tables/api_key.ndjson'
            ? { ...one, content: Buffer.from(one.content.toString().replace('score', 'admin')) }
            : one,
        ),
    },
    /table api_key is not what was saved/,
  ],
  [
    'a kept file whose content was changed',
    {
      entries: (entries) =>
        entries.map((one) =>
          one.name.startsWith('artifacts/') ? { ...one, content: Buffer.from('A model') } : one,
        ),
    },
    /artifacts\/models\/a\.holdfast is not what was saved/,
  ],
  [
    'a manifest that was changed',
    {
      entries: (entries) =>
        entries.map((one) =>
          one.name === 'manifest.json'
            ? { ...one, content: Buffer.from(one.content.toString().replace('sqlite', 'postgres')) }
            : one,
        ),
    },
    /manifest was changed/,
  ],
  [
    'no manifest',
    { entries: (entries) => entries.filter(({ name }) => name !== 'manifest.json') },
    /no manifest/,
  ],
  [
    'a table that no version makes',
    {
      manifest: (manifest) => {
        manifest.tables = manifest.tables.map((one) =>
          one.name === 'lease' ? { ...one, columns: ['x'] } : one,
        );
      },
    },
    /not those of its version/,
  ],
  [
    'a step skipped',
    {
      manifest: (manifest) => {
        manifest.migrations = manifest.migrations.slice(1);
      },
    },
    /skipped a step/,
  ],
  [
    'a manifest that says nothing',
    {
      manifest: (manifest) => {
        delete (manifest as Partial<Mutable>).tables;
      },
    },
    /does not say what a manifest must/,
  ],
];

for (const [fault, change, words] of damages)
  test(`hostile backup: ${fault} is refused`, () => assertRefused(made(change), 'backup.damaged', words));

test('hostile backup: one of a newer format or with unknown steps is told from a damaged one', async () => {
  const newer = {
    manifest: (manifest: Mutable) => void Object.assign(manifest, { formatVersion: 2, tables: 7 }),
  };
  await assertRefused(made(newer), 'backup.newer', /format 2, and this Holdfast reads up to 1/);
  const unknown = {
    manifest: (manifest: Mutable) => {
      manifest.migrations = [...manifest.migrations, '9999-tomorrow'];
    },
  };
  await assertRefused(made(unknown), 'backup.newer', /made by a newer Holdfast/);
});

test('hostile backup: a key that stands twice passes the checks, is met while loading, and leaves nothing', async () => {
  const path = join(folder, 'twice.zip');
  writeFileSync(path, made(tableOf('lease', Buffer.from('["a","b",1]\n["a","b",2]\n'), 2)));
  await assert.rejects(restoreBackup(path, portsOf(target)), { code: 'backup.damaged' });
  assert.equal(existsSync(target.root), false);
});

test('hostile backup: a row that refers to none is met after loading, and leaves nothing', async () => {
  const path = join(folder, 'orphan.zip');
  writeFileSync(path, made(tableOf('a_child', Buffer.from('[77,1,null,null,null]\n'), 1)));
  await assert.rejects(restoreBackup(path, portsOf(target)), { code: 'backup.damaged' });
  assert.equal(existsSync(target.root), false);
});

test('hostile backup: a row beyond the limit is refused as soon as the limit is passed', async () => {
  const path = join(folder, 'giant.zip');
  writeFileSync(path, made(tableOf('lease', Buffer.alloc(3_000_000, 32), 1)));
  const opened = await openBackup(path, { ...backupLimits, rowBytes: 1_000_000 });
  const [facts, shape] = [opened.manifest.tables, await tablesAfter(testMigrations)].map(
    (tables) => (tables as { name: string }[]).find(({ name }) => name === 'lease')!,
  ) as [TableFacts, TableShape];
  await assert.rejects(
    (async () => {
      for await (const _ of opened.rows(facts, shape)) assert.fail('a row came');
    })(),
    (error: HoldfastError) => error.code === 'backup.damaged' && /a row is larger than/.test(error.message),
  );
  opened.close();
});

test('hostile backup: cut off anywhere it is refused', async () => {
  const whole = readFileSync(file);
  for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 40))
    await assertRefused(whole.subarray(0, at), 'backup.damaged', /truncated or no backup/);
});

test('hostile backup: with any byte changed it is refused, or every row and file is as it was', async () => {
  const whole = readFileSync(file);
  const path = join(folder, 'flipped.zip');
  let refusals = 0;
  for (let at = 0; at < whole.length; at += 23) {
    const bytes = Buffer.from(whole);
    bytes[at] = bytes[at]! ^ 0x55;
    writeFileSync(path, bytes);
    try {
      await checkBackup(path, portsOf(target));
      const opened = await openBackup(path);
      assert.equal(opened.sha256, sha256(honest.get('manifest.json')!));
      opened.close();
    } catch (error) {
      assert.ok(error instanceof HoldfastError, String((error as Error).stack));
      assert.ok(error.code === 'backup.damaged' || error.code === 'backup.newer', error.message);
      refusals++;
    }
  }
  // Dates and modes of entries are nobody's business.
  assert.ok(refusals > 20, `${refusals}`);
});

test('hostile backup: a missing file, a folder and a text are told apart', async () => {
  const missing = join(folder, 'missing.zip');
  await assert.rejects(checkBackup(missing, portsOf(target)), { code: 'backup.not-found' });
  mkdirSync(join(folder, 'hostile.d'));
  await assert.rejects(checkBackup(join(folder, 'hostile.d'), portsOf(target)), { code: 'backup.damaged' });
  await assertRefused(Buffer.from('a text'), 'backup.damaged', /truncated or no backup/);
});

test('hostile backup: what would not fit on the disk is refused before it is unpacked', async () => {
  await refuseTooLarge(folder, 1);
  await assert.rejects(refuseTooLarge(folder, 4e15), { code: 'store.full' });
});
