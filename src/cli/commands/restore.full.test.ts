import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openWholeDatabase } from '../../database.ts';
import { newPlace, newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
  assert.equal((await place.runHere('keys', 'create', 'shop', '--scope', 'score')).exit, 0);
  assert.equal((await place.runHere('backup', 'a.zip')).exit, 0);
});
after(() => place[Symbol.dispose]());

const models = (folder: string) =>
  readdirSync(join(folder, 'artifacts'), { recursive: true }).map(String).sort();

test('restore --check: tells what a backup holds and changes nothing', async () => {
  const ended = await place.runHere('restore', 'a.zip', '--check');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^a\.zip: whole; every part is as it was saved\n/);
  assert.match(ended.stdout, /\n {2}made \d{4}-\S+Z by Holdfast \d+\.\d+\.\d+ from SQLite\n$/);
  assert.equal((await place.runHere('restore', 'a.zip', '--check', '--yes')).exit, 2);
});

test('restore --into: a workspace of its own, whose models score and whose keys are there', async () => {
  const ended = await place.run('restore', 'a.zip', '--into', 'drill');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^drill: \d+ rows of \d+ tables, \d+ files of a\.zip\n/);
  assert.match(ended.stdout, /\n {2}history verified: \d+ entr(?:y|ies)\nUse it: HOLDFAST_HOME=/);
  assert.deepEqual(models(place.path('drill')), models(place.path('.holdfast')));
  const there = { env: { HOLDFAST_HOME: place.path('drill') } };
  const scored = await place.runHereWith(there, 'score', 'latest', 'customers.csv', 'scored.csv');
  assert.equal(scored.exit, 0, scored.stderr);
  const listed = await place.runHereWith(there, 'keys', 'list', '--json');
  assert.equal(listed.json<{ keys: { name: string }[] }>().keys[0]!.name, 'shop');
});

test('restore: a workspace that holds something is left as it is; --yes moves that aside, whole', async () => {
  using other = newPlace();
  const here = (...words: string[]) => other.runHere(...words);
  assert.equal((await here('keys', 'create', 'mine', '--scope', 'read')).exit, 0);
  mkdirSync(other.path('.holdfast/artifacts'));
  writeFileSync(other.path('.holdfast/artifacts/mine.txt'), 'mine');
  writeFileSync(other.path('.holdfast/holdfast.schema.json'), '{}');
  const refused = await here('restore', place.path('a.zip'));
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /holds a database and kept files already; .*\[restore\.not-empty\]\n$/);
  const done = await here('restore', place.path('a.zip'), '--yes', '--json');
  assert.equal(done.exit, 0, done.stderr);
  const { movedTo } = done.json<{ movedTo: string }>();
  assert.match(movedTo, /\.holdfast\/before-restore-\d{8}T\d{6}Z$/);
  assert.equal(readFileSync(join(movedTo, 'artifacts/mine.txt'), 'utf8'), 'mine');
  assert.ok(existsSync(other.path('.holdfast/holdfast.schema.json')), 'what is no data stays');
  const keysAt = async (root: string) => {
    const database = await openWholeDatabase(root, {});
    const rows = await database.db.selectFrom('api_key').select('name').execute();
    await database.close();
    return rows.map(({ name }) => name);
  };
  assert.deepEqual(await keysAt(movedTo), ['mine']);
  assert.deepEqual(await keysAt(other.path('.holdfast')), ['shop']);
});

test('restore: a damaged database is moved aside like any other, so a backup can take its place', async () => {
  using other = newPlace();
  mkdirSync(other.path('.holdfast'));
  writeFileSync(other.path('.holdfast/holdfast.db'), 'A'.repeat(9000));
  assert.match((await other.runHere('keys', 'list')).stderr, /holdfast restore \[store\.damaged\]\n$/);
  assert.equal((await other.runHere('restore', place.path('a.zip'))).exit, 3);
  const done = await other.runHere('restore', place.path('a.zip'), '--yes');
  assert.equal(done.exit, 0, done.stderr);
  assert.equal((await other.runHere('keys', 'list')).exit, 0);
});

test('restore --yes: a database that another process has open is not taken from under it', async () => {
  using other = newPlace();
  assert.equal((await other.runHere('keys', 'create', 'mine', '--scope', 'read')).exit, 0);
  const open = await openWholeDatabase(other.path('.holdfast'), {});
  try {
    await open.db.selectFrom('api_key').selectAll().execute();
    const refused = await other.run('restore', place.path('a.zip'), '--yes');
    assert.equal(refused.exit, 1);
    assert.match(
      refused.stderr,
      /another process has it open.*stop Holdfast here first \[store\.unavailable\]\n$/,
    );
  } finally {
    await open.close();
  }
  assert.equal((await other.runHere('restore', place.path('a.zip'), '--yes')).exit, 0);
});

test('restore: no such backup, and one that was cut off, are refused in a sentence', async () => {
  using other = newPlace();
  const missing = await other.runHere('restore', 'none.zip');
  assert.deepEqual([missing.exit, /\[backup\.not-found\]\n$/.test(missing.stderr)], [1, true]);
  const whole = readFileSync(place.path('a.zip'));
  writeFileSync(other.path('half.zip'), whole.subarray(0, whole.length / 2));
  const half = await other.runHere('restore', 'half.zip');
  assert.equal(half.exit, 1);
  assert.match(half.stderr, /half\.zip: the backup cannot be trusted, .*\[backup\.damaged\]\n$/);
  assert.deepEqual(readdirSync(other.folder), ['half.zip']);
});
