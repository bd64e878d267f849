import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
});
after(() => place[Symbol.dispose]());

const expected = [
  'beeswarm.svg',
  'calibration.svg',
  'card.md',
  'confusion.svg',
  'feature_importance.json',
  'gain.svg',
  'importance.svg',
  'leaderboard.svg',
  'metrics.json',
  'pr.svg',
  'report.html',
  'roc.svg',
];

test('report: writes page, card, charts and figures from the model file alone', async () => {
  const ended = await place.run('report', 'latest', '--out', 'deep/report');
  assert.equal(ended.exit, 0, ended.stderr);
  const names = readdirSync(place.path('deep/report')).sort();
  for (const name of expected) assert.ok(names.includes(name), name);
  assert.equal(names.filter((name) => name.startsWith('dependence-')).length, 4);
  assert.match(ended.stdout, /^deep\/report: \d+ files about customers /);
  const importance = JSON.parse(readFileSync(place.path('deep/report/feature_importance.json'), 'utf8'));
  assert.ok(
    importance.columns.length > 5 && importance.columns[0].importance >= importance.columns[1].importance,
  );
  const metrics = JSON.parse(readFileSync(place.path('deep/report/metrics.json'), 'utf8'));
  assert.equal(metrics.metrics.holdout.rows, 45);
});

test('report --json: folder and files; a file of an earlier run is replaced, others stay', async () => {
  mkdirSync(place.path('again'));
  writeFileSync(place.path('again/roc.svg'), 'old');
  writeFileSync(place.path('again/mine.txt'), 'mine');
  const ended = await place.runHere('report', 'latest', '--out', 'again', '--json');
  const answer = ended.json<{ folder: string; files: string[]; remarks: string[] }>();
  assert.deepEqual([answer.folder, answer.remarks], ['again', []]);
  assert.match(readFileSync(place.path('again/roc.svg'), 'utf8'), /^<svg /);
  assert.equal(readFileSync(place.path('again/mine.txt'), 'utf8'), 'mine');
});

test('report: a folder is needed, and one that is a file is refused before the work', async () => {
  const without = await place.runHere('report', 'latest');
  assert.equal(without.exit, 2);
  assert.match(without.stderr, /report: --out is missing; name a folder/);
  writeFileSync(place.path('taken'), '');
  const taken = await place.runHere('report', 'latest', '--out', 'taken', '--json');
  assert.deepEqual(
    [taken.exit, taken.json<{ error: { code: string } }>().error.code],
    [1, 'output.unwritable'],
  );
});
