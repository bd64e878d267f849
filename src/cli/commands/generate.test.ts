import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(() => {
  place = newPlace();
});
after(() => place[Symbol.dispose]());

test('generate: names both files, how many customers, and the next command', async () => {
  const ended = await place.run('generate', 'a.csv', '--rows', '100', '--churn-rate', '0.3');
  assert.equal(ended.exit, 0, ended.stderr);
  const [first, second, third] = ended.stdout.split('\n');
  assert.match(first!, /^a\.csv: 100 customers, \d+\.\d% churned \(churned\)$/);
  assert.match(second!, /^a\.truth\.csv: the true risk of each/);
  assert.equal(third, 'Next: holdfast init a.csv --target churned');
  assert.equal(readFileSync(place.path('a.csv'), 'utf8').trimEnd().split('\n').length, 101);
});

test('generate: the same seed makes the same bytes, another seed others', async () => {
  for (const [name, seed] of [
    ['one', '5'],
    ['two', '5'],
    ['three', '6'],
  ] as const)
    assert.equal((await place.runHere('generate', `${name}.csv`, '--rows', '50', '--seed', seed)).exit, 0);
  const [one, two, three] = ['one', 'two', 'three'].map((name) =>
    readFileSync(place.path(`${name}.csv`), 'utf8'),
  );
  assert.equal(one, two);
  assert.notEqual(one, three);
});

test('generate --json --quiet: one JSON value on standard output, nothing on standard error', async () => {
  const ended = await place.runHere('generate', 'b.parquet', '--rows', '20', '--json', '--quiet');
  assert.deepEqual(Object.keys(ended.json()), ['out', 'truthFile', 'rows', 'churnRate', 'target']);
  assert.equal(ended.stderr, '');
  assert.ok(existsSync(place.path('b.parquet')) && existsSync(place.path('b.truth.parquet')));
});
