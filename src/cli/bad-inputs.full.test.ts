/**
 * Whatever is wrong with what a person hands over: one readable sentence with a code, the right exit status, no stack
 * trace, no customer's value, and every file in the folder as it was.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sha256 } from '../base/hash.ts';
import { newPlace, type Place } from './testing/holdfast.ts';

let place: Place;
/** The path of the model in the workspace. */
let modelFile: string;
let header: string[];
let rows: string[][];
let yaml: string;

/** Stands in every table as a customer's value: nothing may repeat it. */
const secret = 'Confidentia1';

before(async () => {
  place = newPlace();
  await done('generate', 'customers.csv', '--rows', '300');
  const lines = readFileSync(place.path('customers.csv'), 'utf8').trimEnd().split('\n');
  [header, ...rows] = lines.map((line) => line.split(',')) as [string[], ...string[][]];
  for (const row of rows.slice(0, 150)) row[header.indexOf('region')] = secret;
  writeTable('customers.csv', header, rows);
  await done('init', 'customers.csv', '--target', 'churned', '--churned', 'yes');
  yaml = readFileSync(place.path('holdfast.yaml'), 'utf8').replace(/ {4}random-forest: .*\n/, '');
  writeFileSync(place.path('holdfast.yaml'), yaml);
  const trained = await done('train', '--json');
  modelFile = trained.json<{ model: { file: string } }>().model.file;
  await done('score', 'latest', 'customers.csv', 'scored.csv');
  await done('generate', 'small.parquet', '--rows', '50');
  makeTables();
});
after(() => place[Symbol.dispose]());

async function done(...words: string[]) {
  const ended = await place.runHere(...words);
  assert.equal(ended.exit, 0, ended.stderr);
  return ended;
}

function writeTable(name: string, names: readonly string[], values: readonly (readonly string[])[]): void {
  writeFileSync(place.path(name), `${[names, ...values].map((row) => row.join(',')).join('\n')}\n`);
}

const changed = (column: string, change: (value: string, row: number) => string): string[][] =>
  rows.map((row, i) => row.with(header.indexOf(column), change(row[header.indexOf(column)]!, i)));

function makeTables(): void {
  const parquet = readFileSync(place.path('small.parquet'));
  writeFileSync(place.path('empty.csv'), '');
  writeFileSync(place.path('blank.csv'), '\n\n\n');
  writeFileSync(place.path('truncated.parquet'), parquet.subarray(0, parquet.length / 2));
  writeFileSync(place.path('nul.csv'), `${header.join(',')}\n${secret}\0,\n`);
  writeFileSync(place.path('quote.csv'), `${header.join(',')}\n"${secret},1\n`);
  writeFileSync(place.path('customers.xls'), 'PK');
  mkdirSync(place.path('folder.csv'));
  writeTable('header.csv', header, []);
  writeTable('twins.csv', header.with(1, header[0]!), rows);
  writeTable('wide.csv', header, [...rows.slice(0, 9), [...rows[9]!, secret], ...rows.slice(10)]);
  writeTable(
    'one-class.csv',
    header,
    changed('churned', () => 'no'),
  );
  writeTable(
    'unknown-outcome.csv',
    header,
    changed('churned', (value, row) => (row === 5 ? '' : value)),
  );
  writeTable(
    'no-target.csv',
    header.slice(0, -1),
    rows.map((row) => row.slice(0, -1)),
  );
  writeTable('other-name.csv', header.with(header.indexOf('tenureMonths'), 'tenure_months'), rows);
  writeTable(
    'broken.csv',
    header,
    changed('tenureMonths', (value, row) => (row === 6 ? secret : value)),
  );
  writeTable(
    'repeated.csv',
    header,
    changed('customerId', (value, row) => (row < 2 ? secret : value)),
  );
}

interface Refusal {
  readonly what: string;
  readonly words: readonly string[];
  readonly code: string;
  readonly exit: 1 | 2 | 3;
  readonly says: RegExp;
  readonly env?: Readonly<Record<string, string>>;
  /** Makes what is wrong; what it makes is removed afterwards. */
  readonly make?: () => void;
}

/** Runs one case and looks at everything around it. */
async function assertRefused({ words, code, exit, says, env = {}, make }: Refusal): Promise<void> {
  const kept = snapshot();
  make?.();
  const before = snapshot();
  try {
    const ended = await place.runHereWith({ env }, ...words, '--json');
    const { error } = ended.json<{ error: { code: string; message: string; fields: object } }>();
    assert.deepEqual([error.code, ended.exit], [code, exit], error.message);
    assert.match(error.message, says);
    assertSentence(error.message);
    const last = ended.stderr.trimEnd().split('\n').at(-1)!;
    assert.equal(last, `holdfast: ${error.message} [${code}]`);
    assert.doesNotMatch(ended.stderr, /^\s+at |Error:|node:internal/m, 'a stack trace');
    assert.ok(!`${ended.stdout}${ended.stderr}`.includes(secret), `a customer's value: ${error.message}`);
    assert.deepEqual(snapshot(), before, 'a file was changed, made or removed');
  } finally {
    for (const path of snapshot().keys())
      if (!kept.has(path)) rmSync(join(place.folder, path), { recursive: true });
  }
}

/** One sentence: what is wrong, then what is allowed or what to do; no line breaks, not endless. */
function assertSentence(message: string): void {
  assert.doesNotMatch(message, /[\n\r\t]|undefined|\[object|NaN/);
  assert.match(message, /; |\?$|must be .+, got /, `says nothing about what to do next: ${message}`);
  assert.ok(message.length < 500, `${message.length} characters`);
}

/** Every file below the folder with the hash of its content. */
function snapshot(): Map<string, string> {
  const found = readdirSync(place.folder, { recursive: true }) as string[];
  return new Map(
    found.sort().map((path) => {
      const full = join(place.folder, path);
      return [path, statSync(full).isDirectory() ? 'folder' : sha256(readFileSync(full))];
    }),
  );
}

/** Each command that reads a table, with the words to make it read this one. */
const readers: Readonly<Record<string, (table: string) => Pick<Refusal, 'words' | 'make'>>> = {
  init: (table) => ({ words: ['init', table, '--target', 'churned', '--out', 'new.yaml'] }),
  train: (table) => ({
    words: ['train', 'other.yaml'],
    make: () =>
      writeFileSync(place.path('other.yaml'), yaml.replace('source: customers.csv', `source: ${table}`)),
  }),
  score: (table) => ({ words: ['score', 'latest', table, 'scored.csv'] }),
  evaluate: (table) => ({ words: ['evaluate', 'latest', table] }),
  validate: (table) => ({ words: ['validate', table] }),
};
const everyReader = Object.keys(readers);

const tables: readonly (Omit<Refusal, 'words' | 'what'> & { table: string; by?: readonly string[] })[] = [
  { table: 'absent.csv', code: 'data.not-found', exit: 1, says: /absent\.csv: there is no such file/ },
  { table: 'empty.csv', code: 'data.empty', exit: 1, says: /empty\.csv: the file holds nothing/ },
  { table: 'blank.csv', code: 'data.empty', exit: 1, says: /only blank lines/ },
  { table: 'header.csv', code: 'data.no-rows', exit: 1, says: /column names but no rows/ },
  { table: 'twins.csv', code: 'data.header', exit: 1, says: /two columns are named customerId/ },
  { table: 'wide.csv', code: 'data.width', exit: 1, says: /1 row has .* on line 11; repair or remove it/ },
  { table: 'quote.csv', code: 'data.unreadable', exit: 1, says: /begins on line 2/ },
  { table: 'nul.csv', code: 'data.encoding', exit: 1, says: /save it as UTF-8/ },
  { table: 'truncated.parquet', code: 'data.unreadable', exit: 1, says: /not a whole Parquet file/ },
  { table: 'folder.csv', code: 'data.directory', exit: 1, says: /a folder, not a file/ },
  { table: 'customers.xls', code: 'data.format', exit: 1, says: /received \.xls, readable are .*\.csv/ },
  {
    table: 'one-class.csv',
    code: 'data.one-class',
    exit: 1,
    says: /add customers of the other outcome/,
    by: ['init', 'train', 'evaluate'],
  },
  {
    table: 'unknown-outcome.csv',
    code: 'data.target-empty',
    exit: 1,
    says: /the target is empty in 1 of 300 rows, (first )?at row \d+; remove/,
    by: ['init', 'train', 'evaluate'],
  },
  {
    table: 'no-target.csv',
    code: 'data.no-target',
    exit: 1,
    says: /churned: the table has no such target column/,
    by: ['init', 'train', 'evaluate'],
  },
  {
    table: 'other-name.csv',
    code: 'contract.missing-column',
    exit: 3,
    says: /1 column missing from the data: tenureMonths \(is it tenure_months\?\)/,
    by: ['train', 'score', 'evaluate'],
  },
  {
    table: 'broken.csv',
    code: 'contract.broken',
    exit: 3,
    says: /tenureMonths is not readable as a number in 1 of 300 rows, first at row 7/,
    by: ['train', 'evaluate'],
  },
  {
    table: 'repeated.csv',
    code: 'data.duplicate-id',
    exit: 1,
    says: /1 row repeats the customerId of an earlier row, first at row 2/,
    by: ['train'],
  },
];

for (const { table, by = everyReader, ...refusal } of tables) {
  for (const command of by) {
    test(`${command}: ${table} is refused with ${refusal.code}`, () =>
      assertRefused({ ...refusal, ...readers[command]!(table), what: table }));
  }
}

const copyModel =
  (name: string, change: (bytes: Buffer) => Uint8Array = (bytes) => bytes) =>
  () =>
    writeFileSync(place.path(name), change(readFileSync(modelFile)));

const models: readonly (Omit<Refusal, 'words' | 'what'> & { model: string; what?: string })[] = [
  {
    model: './truncated.holdfast',
    make: copyModel('truncated.holdfast', (bytes) => bytes.subarray(0, bytes.length / 2)),
    code: 'model.damaged',
    exit: 1,
    says: /truncated\.holdfast: .*copy it again/,
  },
  {
    model: './flipped.holdfast',
    make: copyModel('flipped.holdfast', (bytes) => bytes.fill(bytes[5000]! ^ 1, 5000, 5001)),
    code: 'model.damaged',
    exit: 1,
    says: /flipped\.holdfast: /,
  },
  {
    model: './text.holdfast',
    make: () => writeFileSync(place.path('text.holdfast'), `${secret}\n`.repeat(100)),
    code: 'model.damaged',
    exit: 1,
    says: /text\.holdfast: /,
  },
  {
    model: './empty.holdfast',
    make: () => writeFileSync(place.path('empty.holdfast'), ''),
    code: 'model.damaged',
    exit: 1,
    says: /is empty/,
  },
  {
    model: './folder.holdfast',
    make: () => mkdirSync(place.path('folder.holdfast')),
    code: 'model.damaged',
    exit: 1,
    says: /is a folder/,
  },
  {
    model: './gone.holdfast',
    code: 'model.not-found',
    exit: 1,
    says: /gone\.holdfast: there is no such model file/,
  },
  {
    model: '20200101.nogit',
    code: 'model.not-found',
    exit: 1,
    says: /20200101\.nogit: no model of this workspace has this label/,
  },
  {
    model: 'custmers@latest',
    code: 'model.not-found',
    exit: 1,
    says: /^custmers@latest: project custmers has no model yet; did you mean customers\?/,
  },
  {
    what: 'latest of an empty workspace',
    model: 'latest',
    env: { HOLDFAST_HOME: 'elsewhere' },
    code: 'model.not-found',
    exit: 1,
    says: /this workspace has no model yet; run holdfast train/,
  },
];

const modelReaders: Readonly<Record<string, (model: string) => readonly string[]>> = {
  score: (model) => ['score', model, 'customers.csv', 'scored.csv'],
  evaluate: (model) => ['evaluate', model, 'customers.csv'],
  validate: (model) => ['validate', 'customers.csv', '--model', model],
};

for (const { model, what = model, ...refusal } of models) {
  for (const [command, wordsFor] of Object.entries(modelReaders)) {
    test(`${command}: model ${what} is refused with ${refusal.code}`, () =>
      assertRefused({ ...refusal, what, words: wordsFor(model) }));
  }
}

test('score: a model of the workspace whose bytes were altered is refused, and doctor names it', async () => {
  const whole = readFileSync(modelFile);
  try {
    writeFileSync(modelFile, Buffer.concat([whole, Buffer.from('more')]));
    await assertRefused({
      what: 'altered',
      words: ['score', modelFile, 'customers.csv', 'scored.csv'],
      code: 'model.damaged',
      exit: 1,
      says: /was altered after the workspace saved it/,
    });
    const ill = await place.runHere('doctor');
    assert.equal(ill.exit, 3);
    assert.match(ill.stdout, /^Something needs attention\.\n[\s\S]* {2}NO {3}model .*\[model\.damaged\]$/m);
  } finally {
    writeFileSync(modelFile, whole);
  }
});

/** A project file, by the line of `holdfast.yaml` that is different. */
const edited = (from: string | RegExp, to: string) => () => {
  const text = yaml.replace(from, to);
  assert.notEqual(text, yaml, 'the edit changed nothing');
  writeFileSync(place.path('other.yaml'), text);
};
const written = (text: string | Uint8Array) => () => writeFileSync(place.path('other.yaml'), text);

const projects: readonly Omit<Refusal, 'words' | 'exit'>[] = [
  {
    what: 'an unknown key',
    make: edited('preprocess:', 'preproces:'),
    code: 'project.unknown-key',
    says: /other\.yaml: line \d+: preproces is not known; did you mean preprocess\?/,
  },
  {
    what: 'an unknown key of a column',
    make: edited('nullable: true', 'nulable: true'),
    code: 'project.unknown-key',
    says: /line \d+: data\.columns\.signupDate\.nulable is not known; did you mean nullable\?/,
  },
  {
    what: 'a value outside its range',
    make: edited('folds: 5', 'folds: 1'),
    code: 'project.value',
    says: /line \d+: train\.folds must be at least 2, got 1/,
  },
  {
    what: 'a value of another kind',
    make: edited('seed: 42', 'seed: soon'),
    code: 'project.value',
    says: /line \d+: split\.seed must be a whole number|line \d+: split\.seed must be a number/,
  },
  {
    what: 'a word that is not on the list',
    make: edited('metric: roc-auc', 'metric: accuracy'),
    code: 'project.value',
    says: /train\.metric must be one of roc-auc, pr-auc, log-loss/,
  },
  {
    what: 'no version',
    make: edited('version: 1', 'version: 2'),
    code: 'project.value',
    says: /line \d+: version must be 1, got 2/,
  },
  {
    what: 'wrong YAML',
    make: edited('project: customers', 'project: [customers'),
    code: 'project.syntax',
    says: /other\.yaml: line \d+: .*; repair the line/,
  },
  {
    what: 'a key twice',
    make: edited('split:', 'version: 1\nsplit:'),
    code: 'project.syntax',
    says: /line \d+: the key stands there twice, once allowed/,
  },
  { what: 'nothing', make: written(''), code: 'project.syntax', says: /holds no keys/ },
  { what: 'a list', make: written('- a\n- b\n'), code: 'project.syntax', says: /holds no keys/ },
  {
    what: 'bytes that are no text',
    make: written(Uint8Array.of(0xff, 0xfe, 0x00, 0x80)),
    code: 'project.syntax',
    says: /is not UTF-8 text/,
  },
  {
    what: 'an alias bomb',
    make: written(
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]\n`).join('')}`,
    ),
    code: 'project.syntax',
    says: /aliases/,
  },
];

for (const { what, ...refusal } of projects) {
  for (const words of [
    ['train', 'other.yaml'],
    ['validate', 'customers.csv', '--project', 'other.yaml'],
  ]) {
    test(`${words[0]}: a project file with ${what} is refused with ${refusal.code}`, () =>
      assertRefused({ ...refusal, what, words, exit: 2 }));
  }
}

const words: readonly (Omit<Refusal, 'words' | 'what' | 'exit'> & { line: string; exit?: 1 | 2 | 3 })[] = [
  // The words themselves.
  { line: 'trian', code: 'usage.argument', says: /trian is no command; did you mean train\?/ },
  { line: 'train --sed 4', code: 'usage.argument', says: /train: --sed is no option; did you mean --seed\?/ },
  { line: 'train a b', code: 'usage.argument', says: /train: too many arguments, 1 allowed, got 2/ },
  { line: 'score latest', code: 'usage.argument', says: /score: <in> is missing/ },
  { line: 'train --seed abc', code: 'usage.argument', says: /--seed must be a whole number .* got abc/ },
  { line: 'train --seed -1', code: 'usage.argument', says: /from 0 to 4294967295, got -1/ },
  { line: 'train --seed 1.5', code: 'usage.argument', says: /whole number/ },
  {
    line: 'score latest customers.csv scored.csv --reasons -1',
    code: 'usage.argument',
    says: /--reasons must be a whole number from 0 to 50, got -1/,
  },
  {
    line: 'score latest customers.csv scored.csv --fail-on nonsense',
    code: 'usage.argument',
    says: /--fail-on must be one of rejected, got nonsense/,
  },
  { line: 'train', env: { HOLDFAST_THREADS: '0' }, code: 'usage.argument', says: /HOLDFAST_THREADS must be/ },
  { line: 'serve', env: { HOLDFAST_JOBS: 'many' }, code: 'usage.argument', says: /HOLDFAST_JOBS must be/ },
  { line: 'train', env: { HOLDFAST_THREADS: 'all' }, code: 'usage.argument', says: /from 1 to 256/ },
  {
    line: 'validate customers.csv --model latest --project holdfast.yaml',
    code: 'usage.argument',
    says: /give one of them/,
  },
  // What they name.
  { line: 'init customers.csv --out new.yaml', code: 'usage.argument', says: /--target is missing/ },
  {
    line: 'init customers.csv --target chured --out new.yaml',
    code: 'data.no-target',
    exit: 1,
    says: /did you mean churned\?/,
  },
  {
    line: 'init customers.csv --target churned --churned left --out new.yaml',
    code: 'data.target-levels',
    exit: 1,
    says: /"no", "yes"/,
  },
  {
    line: 'init customers.csv --target churned --id customer --out new.yaml',
    code: 'usage.argument',
    says: /--id: customer is no column of the table/,
  },
  { line: 'train absent.yaml', code: 'project.not-found', exit: 1, says: /no such project file/ },
  { line: 'train folder.csv', code: 'project.syntax', says: /is a folder/ },
  { line: 'train customers.csv', code: 'project.syntax', says: /is a table or a model by its name/ },
  {
    line: 'validate customers.csv --project absent.yaml',
    code: 'project.not-found',
    exit: 1,
    says: /no such/,
  },
  // Where the result goes.
  {
    line: 'init customers.csv --target churned',
    code: 'project.exists',
    exit: 3,
    says: /holdfast\.yaml is already there; give another --out, or --yes to replace it/,
  },
  {
    line: 'init customers.csv --target churned --out customers.csv --yes',
    code: 'usage.argument',
    says: /would be written over customers\.csv, which is read/,
  },
  {
    line: 'init customers.csv --target churned --out folder.csv --yes',
    code: 'output.unwritable',
    exit: 1,
    says: /there is a folder of that name/,
  },
  {
    line: 'score latest customers.csv absent/scored.csv',
    code: 'output.unwritable',
    exit: 1,
    says: /scored\.csv: the result cannot be written: its folder does not exist; make it first/,
  },
  {
    line: 'score latest customers.csv customers.csv/scored.csv',
    code: 'output.unwritable',
    exit: 1,
    says: /its folder is a file/,
  },
  {
    line: 'score latest customers.csv folder.csv',
    code: 'output.unwritable',
    exit: 1,
    says: /there is a folder of that name/,
  },
  {
    line: 'score latest customers.csv scored.txt',
    code: 'data.format',
    exit: 1,
    says: /received \.txt, writable are \.csv, \.parquet/,
  },
  { line: 'score latest customers.csv scored', code: 'data.format', exit: 1, says: /without an extension/ },
  {
    line: 'score latest customers.csv ./customers.csv',
    code: 'usage.argument',
    says: /would be written over customers\.csv/,
  },
  { line: 'generate absent/new.csv', code: 'output.unwritable', exit: 1, says: /make it first/ },
  { line: 'generate new.json', code: 'data.format', exit: 1, says: /received \.json/ },
  { line: 'generate new.csv --rows 0', code: 'usage.argument', says: /--rows must be a whole number from 1/ },
  { line: 'generate new.csv --churn-rate 2', code: 'usage.argument', says: /--churn-rate must be a number/ },
  { line: 'generate new.csv --kind shop', code: 'generate.option', says: /kind must be/ },
  {
    line: 'train',
    env: { HOLDFAST_HOME: 'customers.csv' },
    code: 'workspace.unwritable',
    exit: 1,
    says: /cannot be written \(/,
  },
];

for (const { line, exit = 2, env, ...refusal } of words) {
  const around = Object.entries(env ?? {}).map(([name, value]) => `${name}=${value} `);
  test(`${around.join('')}holdfast ${line}: ends with ${exit} and ${refusal.code}`, () =>
    assertRefused({ ...refusal, ...(env ? { env } : {}), what: line, words: line.split(' '), exit }));
}

test('a failure of the real program: exit status, one sentence on standard error, nothing on standard output', async () => {
  const ended = await place.run('score', 'latest', 'empty.csv', 'new.csv');
  assert.deepEqual([ended.exit, ended.stdout], [1, '']);
  assert.equal(
    ended.stderr,
    'Reading empty.csv\nholdfast: empty.csv: the file holds nothing; export the table again [data.empty]\n',
  );
});

test('score: rows that cannot be scored are no failure, also when they are all of them', async () => {
  writeTable(
    'all-broken.csv',
    header,
    changed('tenureMonths', () => secret),
  );
  const ended = await place.runHere('score', 'latest', 'all-broken.csv', 'none.csv', '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.deepEqual([ended.json().scored, ended.json().rejected], [0, 300]);
  assert.equal(readFileSync(place.path('none.csv'), 'utf8').split('\n').length, 2, 'only names of columns');
});

test('train: what is wrong with the workspace is found before the work, not after', async () => {
  cpSync(place.path('customers.csv'), place.path('a-file'));
  const ended = await place.runHereWith({ env: { HOLDFAST_HOME: 'a-file' } }, 'train');
  assert.equal(ended.exit, 1);
  assert.doesNotMatch(ended.stderr, /Comparing candidates/);
});
