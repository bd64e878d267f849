import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { readProject } from '../../project-file.ts';
import { newPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  place = newPlace();
  assert.equal((await place.runHere('generate', 'customers.csv', '--rows', '300')).exit, 0);
});
after(() => place[Symbol.dispose]());

test('init: says what it guessed and what to do next, and writes a file that train can read', async () => {
  const ended = await place.run('init', 'customers.csv', '--target', 'churned');
  assert.equal(ended.exit, 0, ended.stderr);
  const lines = ended.stdout.trimEnd().split('\n');
  assert.match(
    lines[0]!,
    /^holdfast\.yaml: 300 customers, 22 columns to learn from; \d\d\.\d% churned \(churned is yes\)$/,
  );
  assert.ok(lines.includes('  customerId: taken as the customer id: no value repeats, and its name says so'));
  assert.equal(lines.at(-1), 'Read it, then: holdfast train holdfast.yaml');
  assert.equal(ended.stderr, 'Reading customers.csv\n');
  const project = await readProject(place.path('holdfast.yaml'));
  assert.deepEqual(project.data.target, { column: 'churned', churned: 'yes' });
  assert.equal(project.data.source, 'customers.csv');
});

test('init --json: file, rows, features, target, churn rate, remarks; nothing else on standard output', async () => {
  const ended = await place.runHere(
    'init',
    'customers.csv',
    '--target',
    'churned',
    '--out',
    'json.yaml',
    '--json',
  );
  const made = ended.json();
  assert.deepEqual(Object.keys(made), ['out', 'rows', 'features', 'target', 'churnRate', 'remarks']);
  assert.deepEqual([made.out, made.rows, made.features], ['json.yaml', 300, 22]);
});

test('init --yes: replaces an earlier file', async () => {
  writeFileSync(place.path('old.yaml'), 'version: 1\n');
  const words = ['init', 'customers.csv', '--target', 'churned', '--out', 'old.yaml'];
  const refused = await place.runHere(...words);
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /old\.yaml is already there; .* \[project\.exists\]$/m);
  assert.equal(readFileSync(place.path('old.yaml'), 'utf8'), 'version: 1\n');
  assert.equal((await place.runHere(...words, '--yes')).exit, 0);
  assert.equal((await readProject(place.path('old.yaml'))).project, 'customers');
});

test('init --out: the source is named relative to the project file, with names that need quotes', async () => {
  mkdirSync(place.path("Kunden 'Süd'"));
  mkdirSync(place.path('data'));
  renameSync(place.path('customers.csv'), place.path('data/Q3 customers.csv'));
  const out = "Kunden 'Süd'/mein projekt.yaml";
  const ended = await place.runHere('init', 'data/Q3 customers.csv', '--target', 'churned', '--out', out);
  renameSync(place.path('data/Q3 customers.csv'), place.path('customers.csv'));
  assert.equal(ended.exit, 0, ended.stderr);
  const project = await readProject(place.path(out));
  assert.equal(project.data.source, '../data/Q3 customers.csv');
  assert.equal(project.project, 'q3-customers');
  // A person copies this line into a shell.
  assert.ok(ended.stdout.endsWith("holdfast train 'Kunden '\\''Süd'\\''/mein projekt.yaml'\n"), ended.stdout);
});

test('init --churned, --id: are taken as given, in the type that the table has', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `k${i},${i % 3 === 0 ? 1 : 0},${i}.5`);
  writeFileSync(place.path('bank.csv'), `key,Exited,Balance\n${rows.join('\n')}\n`);
  const words = [
    'init',
    'bank.csv',
    '--target',
    'Exited',
    '--churned',
    '1',
    '--id',
    'key',
    '--out',
    'bank.yaml',
  ];
  const ended = await place.runHere(...words);
  assert.equal(ended.exit, 0, ended.stderr);
  const { data } = await readProject(place.path('bank.yaml'));
  assert.deepEqual([data.id, data.target], ['key', { column: 'Exited', churned: 1 }]);
});
