/** Households and months: training by every way to part rows, through the commands, and what is told of it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { readZip } from '../store/zip.ts';
import type { Manifest } from '../tasks/manifest.ts';
import type { TrainSummary } from '../tasks/train/summary.ts';
import { type Ended, newPlace, type Place } from './testing/holdfast.ts';

const rowCount = 600;
const household = (row: number): number => row % 150;
/** A month for each 50 rows, 2024-01 to 2024-12. */
const monthOf = (row: number): string => `2024-${String(1 + Math.floor(row / 50)).padStart(2, '0')}-01`;

let place: Place;
before(() => {
  place = newPlace();
  const random = createRandom(1);
  const lines = Array.from({ length: rowCount }, (_, row) => {
    const x = random.normal();
    const left = x + 0.7 * random.normal() > 0.6 ? 'yes' : 'no';
    return `C${row},${x},H${household(row)},${monthOf(row)},${left}`;
  });
  writeFileSync(place.path('customers.csv'), `${['id,x,household,month,left', ...lines].join('\n')}\n`);
  writeFileSync(
    place.path('holed.csv'),
    `${['id,x,household,month,left', ...lines.map((line, row) => (row % 100 === 7 ? line.replace(/,H\d+,[\d-]+,/, ',,,') : line))].join('\n')}\n`,
  );
});
after(() => place[Symbol.dispose]());

async function train(split: string, ...words: string[]): Promise<Ended> {
  const yaml = `version: 1
project: parted
data:
  source: customers.csv
  id: id
  target: { column: left, churned: yes }
  columns:
    x: { kind: number }
    household: { kind: category, use: none }
    month: { kind: time, use: none }
split: ${split}
train: { folds: 4, candidates: { prior: {}, logistic-regression: {} } }
`;
  writeFileSync(place.path('holdfast.yaml'), yaml);
  return place.runHere('train', 'holdfast.yaml', '--json', ...words);
}

async function manifestOf(summary: TrainSummary): Promise<Manifest> {
  const parts = await readZip('test', readFileSync(summary.model.file));
  return JSON.parse(Buffer.from(parts['manifest.json']!).toString()) as Manifest;
}

/** The hold-out is found again from the manifest alone, and a training row is known. */
async function assertSameHoldout(summary: TrainSummary): Promise<void> {
  const judged = (await place.runHere('evaluate', 'latest', 'customers.csv', '--json')).json();
  assert.deepEqual(judged.metrics, summary.holdout);
  assert.equal((judged.data as { part: string }).part, 'holdout');
}

test('grouped: whole households, told in summary and manifest; evaluate finds the hold-out again', async () => {
  const ended = await train('{ by: grouped, group: household }');
  assert.equal(ended.exit, 0, ended.stderr);
  const summary = ended.json<TrainSummary & Record<string, unknown>>();
  const { training, validation, holdout, leftOut, by, group } = summary.parts;
  assert.deepEqual([by, group, leftOut], ['grouped', 'household', 0]);
  assert.equal(training + validation + holdout, rowCount);
  // Households have four rows each.
  assert.ok(holdout % 4 === 0 && Math.abs(holdout - 90) <= 4 && Math.abs(validation - 90) <= 4);
  assert.equal(summary.stability!.rows, training + validation);
  const { data, metrics } = await manifestOf(summary);
  assert.deepEqual(data.parts, summary.parts);
  assert.deepEqual(metrics.stability, summary.stability);
  await assertSameHoldout(summary);
});

test('time: months in order, a gap left out and told in a finding; evaluate finds the hold-out again', async () => {
  const ended = await train('{ by: time, time: month, gap: 31d, test: 0.2, validation: 0.2 }');
  assert.equal(ended.exit, 0, ended.stderr);
  const summary = ended.json<TrainSummary & Record<string, unknown>>();
  // A fifth is 120 rows, and months stay whole: 2024-10 to 12 are judged, 06 to 08 validate, 09 is 30 days too near.
  const { training, validation, holdout, leftOut } = summary.parts;
  assert.deepEqual([training, validation, holdout, leftOut], [250, 150, 150, 50]);
  const note = summary.findings.find(({ code }) => code === 'split.left-out');
  assert.match(note!.message, /^50 rows lie less than 31d before the next part and are in none/);
  assert.equal(summary.stability!.rows, 400);
  assert.equal((await manifestOf(summary)).hashFilter.count, 400);
  const card = Buffer.from((await readZip('test', readFileSync(summary.model.file)))['card.md']!).toString();
  assert.match(
    card,
    /Divided by time: .* \(column month\)\. Parts lie 31d apart: 50 rows in between are in no part\./,
  );
  await assertSameHoldout(summary);
});

test('time: nothing is drawn, so another seed judges the same rows; a named day begins the hold-out', async () => {
  const parts = async (split: string, seed: string) =>
    (await train(split, '--seed', seed)).json<TrainSummary & Record<string, unknown>>().parts;
  const split = '{ by: time, time: month, validationFrom: 2024-06-01, testFrom: 2024-11-01 }';
  const first = await parts(split, '1');
  assert.deepEqual([first.training, first.validation, first.holdout], [250, 250, 100]);
  assert.deepEqual(await parts(split, '2'), first);
});

test('grouped, time: rows that do not say their group or time are refused with their count', async () => {
  for (const [split, key, column] of [
    ['{ by: grouped, group: household }', 'group', 'household'],
    ['{ by: time, time: month }', 'time', 'month'],
  ] as const) {
    const ended = await train(split, '--source', place.path('holed.csv'));
    assert.equal(ended.exit, 1);
    const { error } = ended.json<{ error: { code: string; message: string; fields: object } }>();
    assert.equal(error.code, 'data.split-column');
    assert.match(error.message, new RegExp(`^split\\.${key}: ${column}: is missing .* in 6 of 600 rows`));
    assert.deepEqual(error.fields, { column, rows: 6 });
  }
});

test('grouped, time: a column that the contract does not name is wrong use, with its line', async () => {
  for (const split of ['{ by: grouped, group: houshold }', '{ by: time, time: household }']) {
    const ended = await train(split);
    assert.equal(ended.exit, 2);
    const { error } = ended.json<{ error: { code: string; fields: { line: number } } }>();
    assert.deepEqual([error.code, error.fields.line], ['project.value', 11]);
  }
});

test('train --source: another file than the project file names, told under its own name', async () => {
  const lines = readFileSync(place.path('customers.csv'), 'utf8').trimEnd().split('\n');
  writeFileSync(place.path('fewer.csv'), `${lines.slice(0, 401).join('\n')}\n`);
  const ended = await train('{}', '--source', 'fewer.csv');
  assert.equal(ended.exit, 0, ended.stderr);
  const summary = ended.json<TrainSummary & Record<string, unknown>>();
  const { data } = await manifestOf(summary);
  assert.deepEqual([data.rows, data.source], [400, 'fewer.csv']);
  const absent = await train('{}', '--source', 'nowhere.csv');
  assert.equal(absent.json<{ error: { code: string } }>().error.code, 'data.not-found');
});
