/** Columns called as what every JavaScript object has from birth are columns like others; one name is refused. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { newPlace, onlyQuickModels, type Place } from './testing/holdfast.ts';

const [id, target] = ['constructor', 'toString'];
const numbers = ['hasOwnProperty', 'valueOf'];
const [levels, extra] = ['isPrototypeOf', 'toLocaleString'];

let place: Place;
before(() => {
  place = newPlace();
  writeFileSync(place.path('a.csv'), csvOf(300));
});
after(() => place[Symbol.dispose]());

function csvOf(rows: number): string {
  const random = createRandom(8);
  const lines = Array.from({ length: rows }, (_, i) => {
    const [a, b] = [random.uniform() * 90, random.uniform() * 90];
    const left = a + b + 40 * random.uniform() > 110 ? 'yes' : 'no';
    return [`k${i}`, a.toFixed(2), b.toFixed(2), ['x', 'y', 'z'][i % 3], left].join(',');
  });
  return `${[id, ...numbers, levels, target].join(',')}\n${lines.join('\n')}\n`;
}

const done = async (...words: string[]) => {
  const ended = await place.runHere(...words);
  assert.equal(ended.exit, 0, ended.stderr);
  return ended;
};

test('names from birth: inspect, init, train, validate, score and explain take them', async () => {
  const seen = await done('inspect', 'a.csv', '--target', target, '--churned', 'yes', '--id', id, '--json');
  const { columns } = seen.json<{ columns: { name: string; use: string }[] }>();
  assert.deepEqual(
    columns.map(({ name, use }) => [name, use]),
    [[id, 'id'], ...[...numbers, levels].map((name) => [name, 'feature']), [target, 'target']],
  );
  await done('init', 'a.csv', '--target', target, '--churned', 'yes', '--id', id);
  onlyQuickModels(place);
  await done('train');
  await done('validate', 'a.csv', '--model', 'latest');
  await done('score', 'latest', 'a.csv', 'scored.csv', '--reasons', '2');
  await done('explain', 'latest', 'k7', '--data', 'a.csv');
  const lines = readFileSync(place.path('scored.csv'), 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 301);
  assert.match(lines[0]!, /^constructor,churnProbability,/);
});

test('names from birth: one that the contract does not name is extra, one that it names may be missing', async () => {
  const [header, ...rows] = csvOf(60).trimEnd().split('\n');
  const wider = [`${header},${extra}`, ...rows.map((row) => `${row},1`)].join('\n');
  writeFileSync(place.path('wider.csv'), `${wider}\n`);
  assert.match((await done('validate', 'wider.csv')).stdout, /not in the contract, ignored: toLocaleString/);
  writeFileSync(place.path('less.csv'), csvOf(60).replace('valueOf', extra));
  const less = await place.runHere('validate', 'less.csv', '--json');
  assert.equal(less.exit, 3);
  const [missing] = less.json<{ missingColumns: { column: string }[] }>().missingColumns;
  assert.equal(missing!.column, 'valueOf');
});

test('names from birth: __proto__ is refused in data and in a contract, never dropped', async () => {
  writeFileSync(place.path('proto.csv'), csvOf(60).replace('valueOf', '__proto__'));
  const data = await place.runHere('inspect', 'proto.csv', '--target', target, '--churned', 'yes');
  assert.match(data.stderr, /\[data\.header\]$/m);
  const text = readFileSync(place.path('holdfast.yaml'), 'utf8').replace('    valueOf:', '    __proto__:');
  writeFileSync(place.path('proto.yaml'), text);
  const contract = await place.runHere('validate', 'a.csv', '--project', 'proto.yaml');
  assert.equal(contract.exit, 2);
  assert.match(contract.stderr, /line \d+: __proto__ is a reserved name.* \[project\.unknown-key\]$/m);
});
