import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
});
after(() => place[Symbol.dispose]());

function writeChanged(
  name: string,
  change: (row: string[], at: (column: string) => number, i: number) => string[],
) {
  const [header, ...rows] = readFileSync(place.path('customers.csv'), 'utf8').trimEnd().split('\n');
  const names = header!.split(',');
  const at = (column: string): number => names.indexOf(column);
  const lines = [names, ...rows.map((row) => row.split(','))].map((row, i) => change(row, at, i).join(','));
  writeFileSync(place.path(name), `${lines.join('\n')}\n`);
}

test('validate: a sound table ends with 0 and tells what is missing in it', async () => {
  const ended = await place.run('validate', 'customers.csv');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^300 rows, all as the contract says\n/);
  assert.match(ended.stdout, /^ {2}npsScore: \d+ rows without a value, first rows \d+, .*$/m);
});

test('validate: breaks are a table of column, what, rows and first rows, most rows first; exit 3', async () => {
  writeChanged('broken.csv', (row, at, i) => {
    if (i >= 5 && i < 12) return row.with(at('monthlyCharge'), '-3');
    return i === 3 ? row.with(at('tenureMonths'), 'long') : row;
  });
  const ended = await place.runHere('validate', 'broken.csv');
  assert.equal(ended.exit, 3);
  assert.equal(
    ended.stdout.split('\n').slice(0, 4).join('\n'),
    [
      '300 rows, the contract is broken:',
      '  column         what                      rows  first rows',
      '  monthlyCharge  below the minimum 0          7  5, 6, 7, 8, 9',
      '  tenureMonths   not readable as a number     1  3',
    ].join('\n'),
  );
});

test('validate: missing columns are named with what looks like them; by the contract of a model too', async () => {
  writeChanged('renamed.csv', (row, at, i) => (i === 0 ? row.with(at('tenureMonths'), 'tenure_month') : row));
  const words = ['validate', 'renamed.csv'];
  const byProject = await place.runHere(...words);
  assert.equal(byProject.exit, 3);
  assert.match(
    byProject.stdout,
    /^ {2}column tenureMonths is missing; is it tenure_month\? \(its values fit\)$/m,
  );
  const byModel = await place.runHere(...words, '--model', 'latest');
  // A manifest has its columns sorted by name.
  const lines = (text: string): string[] => text.split('\n').sort();
  assert.deepEqual([byModel.exit, lines(byModel.stdout)], [3, lines(byProject.stdout)]);
});

test('validate --model: columns whose names were swapped are told by what the training rows held', async () => {
  writeChanged('swapped.csv', (row, at, i) => {
    const [a, b] = [at('monthlyCharge'), at('tenureMonths')];
    return i === 0 ? row.with(a, row[b]!).with(b, row[a]!) : row;
  });
  const ended = await place.runHere('validate', 'swapped.csv', '--model', 'latest');
  assert.equal(ended.exit, 3);
  assert.match(
    ended.stdout,
    /^ {2}column monthlyCharge holds what tenureMonths held in training; were the names swapped\?$/m,
  );
  assert.equal((await place.runHere('validate', 'customers.csv', '--model', 'latest')).exit, 0);
});

test('validate: an id that repeats breaks the contract', async () => {
  writeChanged('twice.csv', (row, at, i) => (i > 0 && i < 4 ? row.with(at('customerId'), 'C1') : row));
  const ended = await place.runHere('validate', 'twice.csv', '--json');
  assert.equal(ended.exit, 3);
  const { valid, duplicateIds } = ended.json();
  assert.deepEqual([valid, duplicateIds], [false, 2]);
});
