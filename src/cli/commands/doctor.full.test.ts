import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newPlace, newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
});
after(() => place[Symbol.dispose]());

test('doctor: looks at the installation, the data engine, the workspace and every model', async () => {
  const ended = await place.run('doctor');
  assert.equal(ended.exit, 0, ended.stderr);
  const lines = ended.stdout.trimEnd().split('\n');
  assert.equal(lines[0], 'All in order.');
  assert.match(lines[1]!, /^ {2}yes {2}holdfast: \d+\.\d+\.\d+ on Node \d+\.\d+\.\d+, \w+ \w+, \d+ cores?$/);
  assert.equal(lines[2], '  yes  data engine: answers');
  assert.equal(lines[3], `  yes  workspace: ${place.path('.holdfast')}`);
  assert.match(lines[4]!, /^ {2}yes {2}model customers \S+: whole, golden scores reproduced$/);
});

test('doctor: a model whose record is gone needs attention; exit 3', async () => {
  const { model } = (await place.runHere('train', '--json')).json<{ model: { file: string } }>();
  rmSync(`${model.file}.sha256`);
  const ended = await place.runHere('doctor', '--json');
  assert.equal(ended.exit, 3);
  const { healthy, checks } = ended.json<{ healthy: boolean; checks: { ok: boolean; detail: string }[] }>();
  assert.equal(healthy, false);
  const ill = checks.filter(({ ok }) => !ok);
  assert.equal(ill.length, 1);
  assert.match(ill[0]!.detail, /no record of saving it.*\[model\.damaged\]$/);
});

test('doctor: without a model everything may be in order; that is said and nothing is made', async () => {
  using bare = newPlace();
  const ended = await bare.runHere('doctor');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^ {2}yes {2}models: none yet; run holdfast train/m);
  assert.equal(existsSync(bare.path('.holdfast')), false);
});

test('doctor: the database is looked after too; a server that does not answer needs attention, without its password', async () => {
  const ended = await place.runHere('doctor', '--json');
  const names = ended.json<{ checks: { name: string }[] }>().checks.map(({ name }) => name);
  for (const name of ['database', 'history', 'version customers@1', 'outbox'])
    assert.ok(names.includes(name), name);
  const env = { HOLDFAST_DATABASE_URL: 'postgres://me:secret-word@127.0.0.1:1/holdfast' };
  const away = await place.runHereWith({ env }, 'doctor');
  assert.equal(away.exit, 3);
  assert.match(away.stdout, /^ {2}NO {3}database: .*127\.0\.0\.1:1\/holdfast.*\[store\.unavailable\]$/m);
  assert.doesNotMatch(away.stdout + away.stderr, /secret-word/);
});
