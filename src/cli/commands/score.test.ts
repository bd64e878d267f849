import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { readPredictions } from '../../serving/log/read-predictions.ts';
import { openSqlite } from '../../store/database/sqlite.ts';
import { countHandled, type Handled } from '../../tasks/handling.ts';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
});
after(() => place[Symbol.dispose]());

const table = (name: string): string[] => readFileSync(place.path(name), 'utf8').trimEnd().split('\n');

test('score: says how many were scored with which model, and what was imputed', async () => {
  const ended = await place.run('score', 'latest', 'customers.csv', 'scored.csv');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(
    ended.stdout,
    /^scored\.csv: 300 of 300 customers scored with customers \S+, \d+ called churn\n/,
  );
  assert.match(ended.stdout, /^ {2}npsScore: \d+ rows without a value, imputed$/m);
  assert.equal(ended.stderr, 'Reading customers.csv\nScoring 300 customers\n');
});

test('score: a second run over the same file gives the same bytes', async () => {
  const first = readFileSync(place.path('scored.csv'), 'utf8');
  await place.runHere('score', 'latest', 'customers.csv', 'scored.csv');
  assert.equal(readFileSync(place.path('scored.csv'), 'utf8'), first);
});

test('score: rejected rows are counted and listed, and the list goes when none is left', async () => {
  const [header, ...rows] = table('customers.csv');
  const at = header!.split(',').indexOf('monthlyCharge');
  const broken = rows.map((row, i) => (i < 2 ? row.split(',').with(at, '-1').join(',') : row));
  writeFileSync(place.path('broken.csv'), [header, ...broken].join('\n'));
  const ended = await place.runHere('score', 'latest', 'broken.csv', 'part.csv', '--fail-on', 'rejected');
  assert.equal(ended.exit, 3);
  assert.match(ended.stdout, /^part\.csv: 298 of 300 customers scored/);
  assert.match(
    ended.stdout,
    /^part\.rejected\.csv: 2 rows rejected, with the reason of each; row counts from 1 below the header$/m,
  );
  assert.deepEqual(
    table('part.rejected.csv')
      .slice(1)
      .map((line) => line.slice(0, 25)),
    ['1,below-min,monthlyCharge', '2,below-min,monthlyCharge'],
  );
  assert.equal(table('part.csv').length, 299);
  assert.equal((await place.runHere('score', 'latest', 'customers.csv', 'part.csv')).exit, 0);
  assert.ok(!existsSync(place.path('part.rejected.csv')), 'an old list would mislead');
});

test('score: the list of rejected rows is never written over the table that is read', async () => {
  writeFileSync(place.path('new.rejected.csv'), readFileSync(place.path('customers.csv')));
  const ended = await place.runHere('score', 'latest', 'new.rejected.csv', 'new.csv');
  assert.equal(ended.exit, 2);
  assert.match(ended.stderr, /would be written over new\.rejected\.csv, which is read/);
  assert.equal(table('new.rejected.csv').length, 301);
});

test('score: Parquet in, Parquet out; a model by its path, its label and NAME@latest', async () => {
  assert.equal((await place.runHere('generate', 'more.parquet', '--rows', '40', '--seed', '3')).exit, 0);
  const first = await place.runHere('score', 'latest', 'more.parquet', 'more-scored.parquet', '--json');
  assert.equal(first.exit, 0, first.stderr);
  const { label } = first.json<{ model: { label: string } }>().model;
  assert.equal(readFileSync(place.path('more-scored.parquet')).subarray(0, 4).toString(), 'PAR1');
  for (const [i, name] of [label, 'customers@latest'].entries())
    assert.equal((await place.runHere('score', name, 'more.parquet', `by-${i}.csv`)).exit, 0);
  assert.deepEqual(table('by-0.csv'), table('by-1.csv'));
});

test('score: with --log every score of the list is in the prediction log, with what was imputed and clipped', async () => {
  const ended = await place.runHere('score', 'latest', 'customers.csv', 'logged.csv', '--log', '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  const done = ended.json<{
    requestId: string;
    logged: number;
    handled: Record<string, Record<string, number>>;
  }>();
  assert.equal(done.logged, 300);
  const database = openSqlite(place.path('.holdfast/holdfast.db'));
  try {
    const { entries } = await readPredictions(database, {}, { limit: 1000, after: null, order: 'oldest' });
    assert.deepEqual(
      entries.map(({ customerId, score, churn, band, certainty }) =>
        [customerId, score, churn, band, certainty].join(','),
      ),
      table('logged.csv').slice(1),
    );
    assert.ok(entries.every((one, i) => one.requestId === done.requestId && one.index === i));
    assert.ok(entries.every(({ source, status }) => source === 'batch' && status === 200));
    const told = countHandled(entries.map(({ handled }) => handled as Handled | null));
    assert.deepEqual(told, done.handled);
    assert.ok(told.imputed.npsScore! > 0 && Object.keys(told.clipped).length > 0);
  } finally {
    await database.close();
  }
  assert.equal(
    (await place.runHere('score', 'latest', 'customers.csv', 'quiet.csv', '--json')).json().logged,
    null,
  );
});
