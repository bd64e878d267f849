import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sha256 } from '../../base/hash.ts';
import { openFolderArtifacts } from '../../store/artifacts/folder-artifacts.ts';
import { newPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  place = newPlace();
  assert.equal((await place.runHere('keys', 'create', 'shop', '--scope', 'score')).exit, 0);
});
after(() => place[Symbol.dispose]());

test('backup: names what it holds, its size and its hash, and how to check it; only its owner may read it', async () => {
  const ended = await place.run('backup', 'a.zip');
  assert.equal(ended.exit, 0, ended.stderr);
  const [first, second, third] = ended.stdout.split('\n');
  assert.match(first!, /^a\.zip: \d+ rows of \d+ tables, \d+ files, \d+\.\d [kM]B$/);
  assert.equal(second, `  sha256 ${sha256(readFileSync(place.path('a.zip')))}`);
  assert.equal(third, 'Check it where you keep it: holdfast restore a.zip --check');
  assert.equal(statSync(place.path('a.zip')).mode & 0o777, 0o600);
});

test('backup: where there is no workspace there is nothing to back up, and no file that says otherwise', async () => {
  using empty = newPlace();
  const ended = await empty.runHere('backup', 'a.zip');
  assert.equal(ended.exit, 1);
  assert.match(
    ended.stderr,
    /no such workspace, so nothing to back up; .* HOLDFAST_HOME \[backup\.nothing\]\n$/,
  );
  assert.deepEqual(readdirSync(empty.folder), []);
});

test('backup: a file that is there already is replaced with --yes only', async () => {
  writeFileSync(place.path('mine.txt'), 'mine');
  const refused = await place.runHere('backup', 'mine.txt');
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /mine\.txt: is already there; .* --yes .* \[backup\.exists\]\n$/);
  assert.equal(readFileSync(place.path('mine.txt'), 'utf8'), 'mine');
  const replaced = await place.runHere('backup', 'mine.txt', '--yes', '--json');
  assert.equal(replaced.exit, 0, replaced.stderr);
  const { file, sha256: hash } = replaced.json<Record<string, string>>();
  assert.deepEqual([file, hash], ['mine.txt', sha256(readFileSync(place.path('mine.txt')))]);
});

test('backup: into the folder that it copies, or where nothing can be written, is refused and leaves nothing', async () => {
  const inside = join('.holdfast', 'artifacts', 'b.zip');
  mkdirSync(place.path('.holdfast/artifacts'), { recursive: true });
  const ended = await place.runHere('backup', inside);
  assert.equal(ended.exit, 2);
  assert.match(ended.stderr, /would be written into a workspace.*\[usage\.argument\]\n$/);
  const nowhere = await place.runHere('backup', 'no-such-folder/b.zip');
  assert.equal(nowhere.exit, 1);
  assert.match(nowhere.stderr, /\[output\.unwritable\]\n$/);
  for (const path of [inside, 'no-such-folder']) assert.equal(existsSync(place.path(path)), false);
});

test('backup: files that HOLDFAST_ARTIFACTS keeps elsewhere are in it, and go back there or into the new folder', async () => {
  using other = newPlace({ HOLDFAST_ARTIFACTS: 'kept elsewhere' });
  const store = openFolderArtifacts(other.path('kept elsewhere'));
  const { sha256: name } = await store.put(Buffer.from('kept'));
  assert.equal((await other.runHere('backup', 'a.zip')).exit, 0);
  await store.remove(name);
  const own = await other.runHere('restore', 'a.zip', '--into', 'own');
  assert.equal(own.exit, 0, own.stderr);
  assert.equal(await store.has(name), false);
  assert.deepEqual(
    Buffer.from(await openFolderArtifacts(other.path('own/artifacts')).read(name)).toString(),
    'kept',
  );
  const back = await other.runHere('restore', 'a.zip');
  assert.equal(back.exit, 0, back.stderr);
  assert.equal(Buffer.from(await store.read(name)).toString(), 'kept');
});

test('backup: of a workspace without a database it makes none', async () => {
  using bare = newPlace();
  mkdirSync(bare.path('.holdfast'));
  const ended = await bare.runHere('backup', 'a.zip');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^a\.zip: 0 rows of 0 tables, 0 files, /);
  assert.deepEqual(readdirSync(bare.folder).sort(), ['.holdfast', 'a.zip']);
});
