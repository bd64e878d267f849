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
  'lift.svg',
  'metrics.json',
  'pr.svg',
  'report.html',
  'report.json',
  'report.md',
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

test('report: without --out it is printed as Markdown, with --format as what is asked for', async () => {
  const printed = await place.runHere('report', 'latest');
  assert.equal(printed.exit, 0, printed.stderr);
  assert.match(printed.stdout, /^# customers: training report\n/);
  assert.match(printed.stdout, /\n## The columns, one by one\n/);
  assert.doesNotMatch(printed.stdout, /!\[/);
  const page = await place.runHere('report', 'latest', '--format', 'html');
  assert.match(page.stdout, /^<!doctype html>/);
  const json = await place.runHere('report', 'latest', '--format', 'json', '--json');
  assert.equal(json.json<{ holdout: { rows: number } }>().holdout.rows, 45);
  const wrapped = await place.runHere('report', 'latest', '--json');
  assert.deepEqual(Object.keys(wrapped.json()).sort(), ['format', 'model', 'text']);
});

test('report: the name of a file says its format; --format in a folder writes the one file', async () => {
  const written = await place.runHere('report', 'latest', '--out', 'churn.md', '--json');
  assert.deepEqual([written.exit, written.json().file, written.json().format], [0, 'churn.md', 'markdown']);
  assert.match(readFileSync(place.path('churn.md'), 'utf8'), /^# customers: training report\n/);
  const page = await place.runHere('report', 'latest', '--out', 'churn.html');
  assert.match(page.stdout, /^churn\.html: the report of customers /);
  assert.match(readFileSync(place.path('churn.html'), 'utf8'), /^<!doctype html>/);
  const one = await place.runHere('report', 'latest', '--format', 'json', '--out', 'only');
  assert.equal(one.exit, 0, one.stderr);
  assert.deepEqual(readdirSync(place.path('only')), ['report.json']);
});

test('report: a format that is not known, or not that of the file, is wrong use', async () => {
  const unknown = await place.runHere('report', 'latest', '--format', 'pdf');
  assert.equal(unknown.exit, 2);
  assert.match(unknown.stderr, /--format must be html, markdown, json, got pdf/);
  const torn = await place.runHere('report', 'latest', '--format', 'json', '--out', 'churn.md');
  assert.equal(torn.exit, 2);
  assert.match(torn.stderr, /--format json and the name of the file, \.md, do not fit/);
});

test('report: a folder that is a file, and a file whose folder is not there, are refused before the work', async () => {
  writeFileSync(place.path('taken'), '');
  const taken = await place.runHere('report', 'latest', '--out', 'taken', '--json');
  assert.deepEqual(
    [taken.exit, taken.json<{ error: { code: string } }>().error.code],
    [1, 'output.unwritable'],
  );
  const nowhere = await place.runHere('report', 'latest', '--out', 'no/such/churn.md', '--json');
  assert.equal(nowhere.json<{ error: { code: string } }>().error.code, 'output.unwritable');
});
