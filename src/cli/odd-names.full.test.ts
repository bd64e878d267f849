/** Names that are hard on files, YAML, SQL and terminals go through every command. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { newPlace, onlyQuickModels, type Place } from './testing/holdfast.ts';

const columns = [
  'Größe (m²), "netto": x#1',
  'line\nbreak',
  'Yes',
  '1e5',
  'constructor',
  "drop table source; --'",
  '契約🙂',
  ' * ',
];
const target = 'gekündigt?';
const levels = ['No', 'a "b"', '契約', ''];
const folder = "Kunden 'Süd' & [alt] $HOME";
const table = `${folder}/daten Q3 *.csv`;

let place: Place;
before(() => {
  place = newPlace();
  mkdirSync(place.path(folder));
  writeFileSync(place.path(table), csvOf(300, 1));
  writeFileSync(place.path(`${folder}/neu.csv`), csvOf(200, 2));
});
after(() => place[Symbol.dispose]());

/** Half of the columns are numbers, half categories with a level that is missing; without an id. */
function csvOf(rowCount: number, seed: number): string {
  const random = createRandom(seed);
  const rows = Array.from({ length: rowCount }, () => {
    const draws = columns.map(() => random.uniform());
    const churned = draws[0]! + draws[1]! + random.uniform() > 1.7 ? 'Yes' : 'No';
    const cells = draws.map((x, c) => (c % 2 === 0 ? String(x) : levels[Math.floor(x * levels.length)]!));
    return [...cells, churned];
  });
  const quoted = (cell: string): string => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`);
  return [[...columns, target], ...rows].map((row) => row.map(quoted).join(',')).join('\n');
}

async function done(...words: string[]) {
  const ended = await place.runHereWith({ below: folder }, ...words);
  assert.equal(ended.exit, 0, ended.stderr);
  return ended;
}

test('odd names: init, train, score, evaluate, validate and doctor take them as they are', async () => {
  const made = await done('init', 'daten Q3 *.csv', '--target', target, '--churned', 'Yes');
  assert.equal(made.stdout.trimEnd().split('\n').at(-1), 'Read it, then: holdfast train holdfast.yaml');
  onlyQuickModels(place, folder);
  const trained = await done('train');
  assert.match(trained.stdout, /^Model {3}daten-q3 /m);
  await done('score', 'latest', 'neu.csv', 'neu scored.csv', '--reasons', '8');
  const valid = await done('validate', 'neu.csv');
  assert.match(valid.stdout, /^ {2}line\?break: \d+ rows without a value, first rows [\d, ]+$/m);
  const judged = await done('evaluate', 'latest', 'neu.csv');
  assert.match(judged.stdout, /^Of these 200 customers \d+ look like training rows/m);
  await done('doctor');
});

test('odd names: without an id customers are counted from one, in order, and reasons name the columns', () => {
  const text = readFileSync(place.path(`${folder}/neu scored.csv`), 'utf8').trimEnd();
  const lines = text.split('\n');
  assert.match(lines[0]!, /^row,churnProbability,churn,band,certainty,reason1,.*,reason8$/);
  assert.equal(lines.length, 201, 'a line break in a name breaks no line of the result');
  assert.deepEqual(
    lines.slice(1).map((line) => Number(line.split(',')[0])),
    Array.from({ length: 200 }, (_, i) => i + 1),
  );
  assert.match(text, /契約🙂/);
});

test('odd names: training rows are known by their contents', async () => {
  const lines = readFileSync(place.path(table), 'utf8');
  writeFileSync(place.path(`${folder}/again.csv`), `${lines}\n`);
  const refused = await place.runHereWith({ below: folder }, 'evaluate', 'latest', 'again.csv');
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /was trained on 25\d of these 300 customers/);
});
