import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createRandom } from '../../../base/random.ts';
import { newPlace, type Place } from '../../testing/holdfast.ts';

let place: Place;
before(() => {
  place = newPlace();
  const random = createRandom(5);
  // A third of the customers stops buying in the middle of the half year.
  const lines = Array.from({ length: 2400 }, () => {
    const customer = random.integer(240);
    const day = random.integer(customer % 3 === 0 ? 100 : 180);
    const at = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `K${customer},${at},${1 + random.integer(50)}`;
  });
  writeFileSync(place.path('log.csv'), `${['Customer ID,bought on,total price', ...lines].join('\n')}\n`);
});
after(() => place[Symbol.dispose]());

test('init without a target: an event log gives a project that trains as it is, and a back-test that does too', async () => {
  const made = await place.runHere('init', 'log.csv', '--out', 'shop.yaml');
  assert.equal(made.exit, 0, made.stderr);
  assert.match(
    made.stdout,
    /an event log, 2400 events of 240 customers \(Customer ID repeats, bought on is a time\)/,
  );
  const yaml = readFileSync(place.path('shop.yaml'), 'utf8');
  assert.match(yaml, /^ {4}value: "total price" {4}# guessed/m);
  assert.match(yaml, /^ {4}cutoff: 2024-05-15$/m);
  const quick = yaml.replace(/^ {4}gradient-boosting: .*\n/m, '');
  writeFileSync(place.path('shop.yaml'), quick);
  const trained = await place.runHere('train', 'shop.yaml', '--json');
  assert.equal(trained.exit, 0, trained.stderr);
  const backTest = quick
    .replace(/^ {4}(?:cutoff|window): .*\n/gm, '')
    .replace(/^ {4}# (cutoffs|window): /gm, '    $1: ')
    .replace('project: log', 'project: back');
  writeFileSync(place.path('back.yaml'), backTest);
  const tested = await place.runHere('train', 'back.yaml', '--json');
  assert.ok(tested.exit === 0 || tested.exit === 3, tested.stderr);
  assert.equal(tested.json<{ parts: { by: string } }>().parts.by, 'time');
});

test('init without a target: --json says what was guessed; an existing file is not replaced', async () => {
  const made = await place.runHere('init', 'log.csv', '--out', 'again.yaml', '--json');
  const { log, cutoff, horizonDays, windowDays } = made.json();
  assert.deepEqual(log, { customer: 'Customer ID', time: 'bought on', value: 'total price' });
  assert.deepEqual([cutoff, windowDays, horizonDays], ['2024-05-15', 135, 45]);
  const twice = await place.runHere('init', 'log.csv', '--out', 'again.yaml', '--json');
  assert.equal(twice.json<{ error: { code: string } }>().error.code, 'project.exists');
});

test('init without a target: a customer table still asks for it, and nothing is written', async () => {
  await place.runHere('generate', 'customers.csv', '--rows', '50');
  const refused = await place.runHere('init', 'customers.csv', '--out', 'none.yaml', '--json');
  assert.equal(refused.exit, 2);
  assert.equal(refused.json<{ error: { code: string } }>().error.code, 'usage.argument');
  assert.ok(!existsSync(place.path('none.yaml')));
});
