import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readProject } from '../../project-file.ts';
import { newPlace, onlyQuickModels, type Place } from '../testing/holdfast.ts';

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
  const keys = 'out rows features target churnRate remarks notes clean warnings schema';
  assert.deepEqual(Object.keys(made), keys.split(' '));
  assert.deepEqual([made.notes, made.clean, made.schema], [[], [], '.holdfast/holdfast.schema.json']);
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

test('init: the schema for editors lies in the workspace, is named in the first line, and the file keeps it', async () => {
  const words = ['init', 'customers.csv', '--target', 'churned', '--out', 'editor.yaml'];
  assert.equal((await place.runHere(...words)).exit, 0);
  const text = readFileSync(place.path('editor.yaml'), 'utf8');
  const path = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1];
  assert.equal(path, '.holdfast/holdfast.schema.json');
  const schema = JSON.parse(readFileSync(place.path(path!), 'utf8'));
  const validate = new Ajv({ formats: { date: true }, allowUnionTypes: true }).compile(schema);
  assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
  assert.ok(!validate({ ...parse(text), trian: {} }));
});

test('init: where the schema cannot be named in a word, or not be written, the file goes without its line', async () => {
  const [data, out] = [place.path('customers.csv'), 'plain.yaml'];
  const words = ['init', data, '--target', 'churned', '--out', out, '--yes'];
  const firstLine = () => readFileSync(place.path(out), 'utf8').split('\n')[0];
  const home = (HOLDFAST_HOME: string) => place.runHereWith({ env: { HOLDFAST_HOME } }, ...words);
  assert.equal((await home('my workspace')).exit, 0);
  assert.match(firstLine()!, /^# Made by holdfast init/);
  writeFileSync(place.path('taken'), '');
  assert.equal((await home('taken')).exit, 0);
  assert.match(firstLine()!, /^# Made by holdfast init/);
  assert.equal((await home('elsewhere')).exit, 0);
  assert.equal(firstLine(), '# yaml-language-server: $schema=elsewhere/holdfast.schema.json');
});

test('init: an id that repeats in a few rows is proposed with the repairs that it needs; train runs with them', async () => {
  const [header, ...rows] = readFileSync(place.path('customers.csv'), 'utf8').trimEnd().split('\n');
  const again = [...rows, rows[3]!, rows[4]!, rows[5]!.replace(/^[^,]*/, '')];
  mkdirSync(place.path('twice'));
  writeFileSync(place.path('twice/t.csv'), `${[header, ...again].join('\n')}\n`);
  const at = { below: 'twice' };
  const ended = await place.runHereWith(at, 'init', 't.csv', '--target', 'churned');
  assert.match(ended.stdout, /^ {2}clean: 1 row without customerId: nobody to find again, left out$/m);
  assert.match(ended.stdout, /^ {2}clean: 2 rows repeat a customerId: the last of each is kept, /m);
  assert.match(
    ended.stdout,
    /^Look at \d warnings? first \(duplicate\.id.*\): holdfast inspect t\.csv --target churned$/m,
  );
  // A project below another has a workspace of its own.
  const text = readFileSync(place.path('twice/holdfast.yaml'), 'utf8');
  assert.match(text, /^# yaml-language-server: \$schema=\.holdfast\/holdfast\.schema\.json\n/);
  const { data, clean } = await readProject(place.path('twice/holdfast.yaml'));
  assert.equal(data.id, 'customerId');
  assert.deepEqual(clean, [
    { repair: 'drop-missing', columns: ['customerId'] },
    { repair: 'deduplicate', by: 'customerId', keep: 'last' },
  ]);
  onlyQuickModels(place, 'twice');
  const trained = await place.runHereWith(at, 'train');
  assert.equal(trained.exit, 0, trained.stderr);
});

test('init: a file that was read by guesses says so, in the text and above the contract', async () => {
  const text = readFileSync(place.path('customers.csv'), 'utf8').replaceAll(',', ';');
  writeFileSync(place.path('semi.csv'), text);
  const words = ['init', 'semi.csv', '--target', 'churned', '--out', 'semi.yaml'];
  const ended = await place.runHere(...words);
  const note = 'semi.csv: its columns were taken to be divided by semicolons';
  assert.ok(ended.stdout.split('\n').includes(`  ${note}`), ended.stdout);
  assert.ok(readFileSync(place.path('semi.yaml'), 'utf8').includes(`\n  # ${note}\n`));
});
