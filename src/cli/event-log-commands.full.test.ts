/** A project of event logs through the commands: beside a customer table, in a folder of their own, and alone. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newPlace, type Place } from './testing/holdfast.ts';

let place: Place;
const customers = Array.from({ length: 120 }, (_, i) => `c${i}`);
const day = (offset: number): string =>
  new Date(Date.UTC(2024, 2, 1) + offset * 86_400_000).toISOString().slice(0, 10);
/** Every third customer bought half a window ago and nothing since: out of sight at the end of the log. */
const log = [
  'who,at,price',
  ...customers.flatMap((who, i) =>
    i % 3 === 0
      ? [`${who},${day(-25 - (i % 7))},5`]
      : [`${who},${day(-1 - (i % 9))},${i}`, `${who},${day(3)},7`],
  ),
  `late,${day(19)},1`,
];
const settings = 'customer: who, time: at, value: price, cutoff: 2024-03-01, window: 40d';
const rest = 'train: { candidates: { prior: {}, logistic-regression: {} } }\ngate: { chance: true }\n';

before(() => {
  place = newPlace();
  mkdirSync(place.path('logs'));
  writeFileSync(place.path('log.csv'), `${log.join('\n')}\n`);
  writeFileSync(place.path('logs/log.csv'), `${log.join('\n')}\n`);
  const table = customers.map((who, i) => `${who},${i % 2 ? 'gold' : 'basic'},${i % 3 === 0 ? 'yes' : 'no'}`);
  writeFileSync(place.path('customers.csv'), `id,plan,left\n${table.join('\n')}\n`);
  writeFileSync(
    place.path('log.yaml'),
    `version: 1\nproject: log\ndata:\n  events: { source: log.csv, ${settings}, horizon: 20d }\n${rest}`,
  );
  writeFileSync(
    place.path('table.yaml'),
    `version: 1\nproject: table\ndata:\n  source: customers.csv\n  id: id\n  target: { column: left, churned: "yes" }\n  columns: { plan: { kind: category } }\n  events: { source: logs/log.csv, ${settings} }\n${rest}`,
  );
});
after(() => place[Symbol.dispose]());

test('event log: train, validate, evaluate and score take the log itself, at its end or at a cutoff', async () => {
  const trained = await place.runHere('train', 'log.yaml', '--json');
  assert.equal(trained.exit, 0, trained.stderr);
  const valid = await place.runHere('validate', 'log.csv', '--project', 'log.yaml', '--json');
  assert.deepEqual([valid.exit, valid.json().rows], [0, 81], valid.stderr);
  const judged = await place.runHere('evaluate', 'log@latest', 'log.csv', '--json');
  assert.equal(judged.json<{ data: { part: string } }>().data.part, 'holdout', judged.stderr);
  const later = await place.runHere('evaluate', 'log@latest', 'log.csv', '--cutoff', '2024-03-02', '--json');
  assert.match(later.stdout, /events\.horizon/);
  const scored = await place.runHere('score', 'log@latest', 'log.csv', 'out.csv', '--json');
  assert.deepEqual(
    [scored.exit, scored.json().cutoff, scored.json().scored],
    [0, '2024-03-21', 81],
    scored.stderr,
  );
  const then = await place.runHere('score', 'log@latest', 'log.csv', 'then.csv', '--cutoff', '2024-03-01');
  assert.match(then.stdout, /features from events before 2024-03-01/);
  assert.match(
    readFileSync(place.path('then.csv'), 'utf8'),
    /^who,churnProbability,churn,band,certainty\nc0,/,
  );
});

test('event log: explain makes customers as score does: at the model’s own cutoff, of a log given at its end, or at a day', async () => {
  interface Told {
    churnProbability: number;
    remarks: string[];
  }
  const explained = async (...args: string[]): Promise<Told> => {
    const answer = await place.runHere('explain', 'log@latest', 'c1', ...args, '--json');
    assert.equal(answer.exit, 0, answer.stderr);
    return answer.json<Told>();
  };
  const scoreOf = async (...args: string[]): Promise<number> => {
    const scored = await place.runHere('score', 'log@latest', 'log.csv', 'one.csv', ...args);
    assert.equal(scored.exit, 0, scored.stderr);
    const line = readFileSync(place.path('one.csv'), 'utf8')
      .split('\n')
      .find((row) => row.startsWith('c1,'));
    return Number(line!.split(',')[1]);
  };
  const own = await explained();
  const end = await explained('--data', place.path('log.csv'));
  assert.equal(own.churnProbability, await scoreOf('--cutoff', '2024-03-01'));
  assert.equal(end.churnProbability, await scoreOf());
  assert.notEqual(own.churnProbability, end.churnProbability);
  assert.equal(own.remarks[0], 'Features from events before 2024-03-01.');
  assert.equal(end.remarks[0], 'Features from events before 2024-03-21.');
  assert.deepEqual((await explained('--cutoff', '2024-03-21')).churnProbability, end.churnProbability);
  // Bought nothing within the window of the log's end.
  const silent = await place.runHere('explain', 'log@latest', 'c0', '--cutoff', '2024-03-21');
  assert.match(
    silent.stderr,
    /no customer with an event in the 40d before 2024-03-21 has this who; .*--cutoff/,
  );
});

test('event log: columns made of it are not warned of as leaks, as derived or as missing together', async () => {
  const trained = await place.runHere('train', 'log.yaml', '--json');
  const { findings } = trained.json<{ findings: { code: string; column: string | null }[] }>();
  const mistaken = /^(leak\.single-column|recency\.label|derived\.column|missing\.together)$/;
  assert.deepEqual(
    findings.filter(({ code }) => mistaken.test(code)),
    [],
  );
});

test('event log: beside a customer table the log is found from the project file, for scoring beside the table', async () => {
  const trained = await place.runHere('train', 'table.yaml', '--json');
  assert.equal(trained.exit, 0, trained.stderr);
  const scored = await place.runHere('score', 'table@latest', 'customers.csv', 'out.csv', '--json');
  assert.deepEqual([scored.exit, scored.json().scored], [0, 120], scored.stderr);
  // Its log lies in a folder of its own: found from the project file.
  const explained = await place.runHere('explain', 'table@latest', 'c7', '--json');
  assert.equal(explained.exit, 0, explained.stderr);
  const plain = await place.runHere('score', 'table@latest', 'customers.csv', 'out.csv', '--cutoff', 'soon');
  assert.deepEqual([plain.exit, /\[usage\.argument\]/.test(plain.stderr)], [2, true]);
});

test('event log: a misspelt key of data.events is refused with the nearest known one', async () => {
  const wrong = readFileSync(place.path('log.yaml'), 'utf8').replace('cutoff:', 'cutof:');
  writeFileSync(place.path('wrong.yaml'), wrong);
  const answer = await place.runHere('train', 'wrong.yaml', '--json');
  assert.equal(answer.exit, 2);
  assert.match(answer.stdout, /data\.events\.cut/);
});
