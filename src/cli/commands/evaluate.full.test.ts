import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
  // Generated customers of any seed are numbered from one on: these ids are those that training had.
  const made = await place.runHere('generate', 'known.csv', '--rows', '400', '--seed', '8');
  assert.equal(made.exit, 0, made.stderr);
  writeFileSync(place.path('next.csv'), readFileSync(place.path('known.csv'), 'utf8').replace(/^C/gm, 'N'));
});
after(() => place[Symbol.dispose]());

test('evaluate: its own source is judged on the hold-out alone, with every metric by its title', async () => {
  const ended = await place.run('evaluate', 'latest', 'customers.csv');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^customers \S+ on 45 customers, the hold-out of its own source:\n/);
  for (const title of [
    'ROC-AUC',
    'PR-AUC',
    'Log loss',
    'Brier score',
    'ECE',
    'Accuracy',
    'Precision',
    'Recall',
    'F1',
  ])
    assert.match(
      ended.stdout,
      new RegExp(`^ {2}${title} +[01]\\.\\d{3} {2}0\\.\\d{3} to [01]\\.\\d{3}$`, 'm'),
    );
  assert.match(ended.stdout, /^Gate: passed$/m);
});

test('evaluate: customers that training had are refused by count; with --allow-training-rows the result is marked', async () => {
  const refused = await place.runHere('evaluate', 'latest', 'known.csv');
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /was trained on 2\d\d of these 400 customers.*\[evaluate\.training-rows\]$/m);
  const allowed = await place.runHere('evaluate', 'latest', 'known.csv', '--allow-training-rows');
  assert.match(
    allowed.stdout,
    /^The model was trained on 2\d\d of these 400 customers: the figures are too good\.$/m,
  );
});

test('evaluate: of strangers a few look like training rows by chance; it goes on and says so', async () => {
  const ended = await place.runHere('evaluate', 'latest', 'next.csv');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^customers \S+ on 400 customers:$/m);
  assert.match(
    ended.stdout,
    /^Of these 400 customers \d+ looks? like training rows, no more than chance gives\.$/m,
  );
});

test('evaluate: of many groups only those of personal columns and segments are printed; --json has all', async () => {
  const words = ['evaluate', 'latest', 'next.csv'];
  const printed = await place.runHere(...words);
  const { segments } = (await place.runHere(...words, '--json')).json<{ segments: { column: string }[] }>();
  assert.ok(segments.length > 12, `${segments.length} groups`);
  assert.match(printed.stdout, new RegExp(`^Groups: ${segments.length} with --json; `, 'm'));
  assert.doesNotMatch(printed.stdout, /contract = monthly/);
});
