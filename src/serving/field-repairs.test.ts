import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cleanSection } from '../data/clean/section.ts';
import { dataSection } from '../data/contract.ts';
import { scoreFile } from '../tasks/score.ts';
import { exampleModel, examplePorts, newTaskPlace } from '../tasks/testing/example-task.ts';
import { customerReader } from './customer-reader.ts';
import { customerSchema } from './customer-schema.ts';
import { fieldRepairs } from './field-repairs.ts';
import { liveModel } from './live-model.ts';

const contract = dataSection.parse({
  source: 'customers.csv',
  target: { column: 'left', churned: 'yes' },
  columns: {
    age: { kind: 'number', min: 0, nullable: true },
    plan: { kind: 'category', levels: ['basic', 'gold'], closed: true, nullable: true },
    doors: { kind: 'category', levels: [2, 4], nullable: true },
    paperless: { kind: 'boolean', nullable: true },
    since: { kind: 'time', nullable: true },
    months: { kind: 'number', min: 0 },
  },
});
const everyColumn = Object.keys(contract.columns);
const repairs = (clean: object[]) => fieldRepairs(cleanSection.parse(clean), contract);

test('field repairs: stand-ins are met as in a file, by size, day and level', () => {
  const missing = repairs([
    { repair: 'set-missing', columns: everyColumn, values: [-999, 'unknown', false, '1900-01-01', 9] },
  ]);
  const whole = { age: 30, plan: 'gold', doors: 4, paperless: true, since: '2024-01-01', months: 3 };
  assert.deepEqual(missing(whole), []);
  assert.deepEqual(missing({}), []);
  assert.deepEqual(
    missing({ age: -999.0, plan: ' unknown ', doors: '9.0', paperless: false, since: '1900-01-01T00:00Z' }),
    ['age', 'plan', 'doors', 'paperless', 'since'],
  );
  assert.deepEqual(missing({ age: '-999', plan: null, since: -999 }), [], 'types are never changed to fit');
});

test('field repairs: of texts only those that no file reader could read are taken for missing', () => {
  const missing = repairs([{ repair: 'unreadable-as-missing', columns: everyColumn }]);
  assert.deepEqual(missing({ age: 'n.a.', paperless: 'perhaps', since: '1/0/00' }), [
    'age',
    'paperless',
    'since',
  ]);
  assert.deepEqual(
    missing({ age: '36', paperless: 'TRUE', since: '2024-01-01', plan: 'odd', doors: 'x' }),
    [],
  );
  assert.deepEqual(missing({ age: ['n.a.'], since: 3 }), []);
});

test('customer reader: a stand-in is missing before it is checked; where a column must be there the field is named', () => {
  const clean = cleanSection.parse([
    { repair: 'set-missing', columns: ['age', 'plan', 'months'], values: [-999, 'unknown'] },
  ]);
  const reader = customerReader(contract, customerSchema(contract), clean);
  assert.deepEqual(reader.problems({ age: -999, plan: 'unknown', months: 1 }, 'refuse'), []);
  assert.deepEqual(reader.problems({ months: -999 }, 'refuse'), [
    { path: '/months', message: 'stands for a missing value, and the column is not nullable' },
  ]);
  const sent = { age: -999, plan: 'unknown', months: 1 };
  const [age, plan] = reader.read([sent]).columns;
  assert.ok(age?.kind === 'number' && plan?.kind === 'category');
  assert.deepEqual([age.values[0], plan.codes[0]], [Number.NaN, -1]);
  assert.equal(sent.age, -999, 'what was sent stays');
});

test('customer schema: where any text may stand for a missing date none is promised, but size and control characters hold', () => {
  const clean = cleanSection.parse([{ repair: 'unreadable-as-missing', columns: ['since'] }]);
  const schema = customerSchema(contract, undefined, clean);
  assert.equal(schema.properties.since!.anyOf, undefined);
  assert.deepEqual(customerSchema(contract).properties.since!.anyOf, [
    { format: 'date' },
    { format: 'date-time' },
  ]);
  const reader = customerReader(contract, schema, clean);
  const problems = (since: string) =>
    reader.problems({ months: 1, since }, 'refuse').map(({ message }) => message);
  assert.deepEqual(problems('some time in spring, or so they said when they called us'), []);
  assert.deepEqual(problems('x'.repeat(10_001)), ['must have at most 10000 characters']);
  assert.deepEqual(problems('x\u0007'), ['must not hold control characters']);
});

test('live model: an answer is the score that the same customer has in a file', async () => {
  using place = newTaskPlace();
  const model = exampleModel();
  const clean = [
    { repair: 'set-missing', columns: ['tenure', 'plan'], values: [-999, 'unknown'] },
    { repair: 'unreadable-as-missing', columns: ['tenure'] },
  ];
  const repaired = {
    ...model,
    manifest: { ...model.manifest, project: { ...model.manifest.project, clean } },
  };
  const customers = [-999, 0, 3, 'n.k.', null, 9].map((tenure, i) => ({
    customer: `c${i}`,
    tenure,
    plan: i % 2 ? 'unknown' : 'gold',
  }));
  const input = place.file('in.csv', [
    'customer,tenure,plan',
    ...customers.map(({ customer, tenure, plan }) => `${customer},${tenure ?? ''},${plan}`),
  ]);
  await scoreFile({ model: repaired, input, output: place.path('out.csv'), reasons: 0 }, examplePorts);
  const scored = readFileSync(place.path('out.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const live = liveModel(repaired, null, examplePorts.catalogue);
  for (const customer of customers) assert.deepEqual(live.reader.problems(customer, 'refuse'), []);
  const answers = live.answer(customers);
  assert.deepEqual(
    answers.map(({ churnProbability }) => churnProbability),
    scored.map((line) => Number(line.split(',')[1])),
  );
  assert.deepEqual(
    answers.map(({ churnProbability }) => churnProbability),
    [0.5, 1, 0.25, 0.5, 0.5, 0.1],
  );
  assert.deepEqual(answers[0]!.handled, { imputed: ['tenure'] });
});
