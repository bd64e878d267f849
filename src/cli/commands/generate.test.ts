import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { allGenerators } from '../../data/generate/all.ts';
import { allCompanions } from '../../data/generate/companions/all.ts';
import { allDrifts } from '../../data/generate/drift/all.ts';
import { newPlace, type Place } from '../testing/holdfast.ts';
import { generate } from './generate.ts';

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
  assert.deepEqual(Object.keys(ended.json()), [
    'out',
    'truthFile',
    'rows',
    'churnRate',
    'target',
    'referenceDate',
    'companions',
    'driftFile',
  ]);
  assert.equal(ended.stderr, '');
  assert.ok(existsSync(place.path('b.parquet')) && existsSync(place.path('b.truth.parquet')));
});

test('generate --with, --truth, --drift: names every file made, customers first, the next command last', async () => {
  const words = ['--kind', 'retail', '--rows', '80', '--truth', 't.csv', '--with', 'events, offers'];
  const ended = await place.runHere('generate', 'shop.csv', ...words, '--drift', 'new-level', '--quiet');
  assert.equal(ended.exit, 0, ended.stderr);
  const lines = ended.stdout.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.split(':')[0]),
    ['shop.csv', 't.csv', 't.drift.csv', 'shop.events.csv', 'shop.offers.csv', 't.offers.csv', 'Next'],
  );
  assert.match(lines[4]!, /^shop\.offers\.csv: 80 rows\. A randomised campaign/);
  for (const line of lines.slice(0, -1)) assert.ok(existsSync(place.path(line.split(':')[0]!)), line);
});

test('generate: the help names every kind of business, companion and drift', () => {
  const about = (flag: string): string => generate.options.find(({ flags }) => flags.startsWith(flag))!.about;
  for (const { id } of allGenerators) assert.ok(about('--kind').includes(id), id);
  for (const { id } of allCompanions) assert.ok(about('--with').includes(id), id);
  for (const { id } of allDrifts) assert.ok(about('--drift <').includes(id), id);
});

test('generate: wrong words are wrong use, named with what is allowed', async () => {
  const refused = async (words: string[], said: RegExp): Promise<void> => {
    const ended = await place.runHere('generate', 'no.csv', '--rows', '10', ...words);
    assert.equal(ended.exit, 2, words.join(' '));
    assert.match(ended.stderr, said);
    assert.ok(!existsSync(place.path('no.csv')));
  };
  await refused(['--kind', 'bakery'], /kind must be one of subscription, retail, bank, got "bakery"/);
  await refused(['--with', 'offer'], /did you mean offers\?/);
  await refused(['--drift', 'sudden'], /drift must be one of covariate-shift, /);
  await refused(['--drift-from', '2026-02-30'], /--drift-from must be a day such as 2026-01-31/);
  await refused(
    ['--drift-size', '2', '--drift', 'new-level'],
    /--drift-size must be a number from 0\.01 to 1/,
  );
});

for (const words of [[], ['--kind', 'retail'], ['--kind', 'bank', '--snapshots', '6']]) {
  test(`generate ${words.join(' ')}: inspect finds no block and no leak`, async () => {
    const made = await place.runHere('generate', 'clean.csv', '--rows', '1500', ...words);
    assert.equal(made.exit, 0, made.stderr);
    const ended = await place.runHere('inspect', 'clean.csv', '--target', 'churned', '--json');
    const { findings } = ended.json<{ findings: { code: string; severity: string }[] }>();
    assert.ok(findings.length > 0, 'some notes are always there');
    const alarms = findings.filter(({ code, severity }) => severity !== 'note' || code.startsWith('leak.'));
    assert.deepEqual(alarms, []);
  });
}
