import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../base/clock.ts';
import { createRandom } from '../base/random.ts';
import { inspectData } from './inspect.ts';
import { proposeContract } from './propose-contract.ts';
import { newTaskPlace } from './testing/example-task.ts';
import { workingPorts } from './testing/working-ports.ts';

const ports = workingPorts(stoppedClock(Date.UTC(2026, 0, 1)));

/** 400 customers; tenure says a little, `mails` stops for most churners and `opens` with it. */
function customers(): string[] {
  const random = createRandom(3);
  const rows = Array.from({ length: 400 }, (_, i) => {
    const tenure = random.integer(60);
    const churned = random.uniform() < (tenure < 20 ? 0.5 : 0.15);
    const stopped = churned && random.uniform() < 0.8;
    const mails = stopped ? 0 : 1 + random.integer(30);
    const day = String(1 + random.integer(28)).padStart(2, '0');
    return `c${i},${tenure},${mails},${stopped ? 0 : random.integer(90) + 1},${day}-03-2020,${churned ? 'yes' : 'no'}`;
  });
  return ['customerId,tenure,mails,opens,joined,churned', ...rows];
}

test('inspect: columns with facts, findings, and the score with and without the suspect group', async () => {
  using place = newTaskPlace();
  const report = await inspectData({ path: place.file('a.csv', customers()), target: 'churned' }, ports);
  assert.equal(report.rows, 400);
  assert.deepEqual(
    report.columns.map(({ name, kind, use }) => [name, kind, use]),
    [
      ['customerId', 'text', 'id'],
      ['tenure', 'number', 'feature'],
      ['mails', 'number', 'none'],
      ['opens', 'number', 'none'],
      ['joined', 'time', 'feature'],
      ['churned', 'category', 'target'],
    ],
  );
  const joined = report.columns[4]!;
  assert.deepEqual([joined.dateFormat, joined.min], ['dd-MM-yyyy', '2020-03-01']);
  const leaks = report.findings.filter(({ code }) => code === 'leak.single-column');
  assert.deepEqual(leaks.map(({ column }) => column).sort(), ['mails', 'opens']);
  const { all, without, rows } = report.score!;
  assert.equal(rows, 400);
  assert.deepEqual(
    without.map(({ columns }) => columns),
    [['mails', 'opens']],
  );
  assert.ok(all > 0.8 && without[0]!.score < 0.8 && without[0]!.score > 0.55, `${all} ${without[0]!.score}`);
});

test('inspect: a table without suspects has no score to compare', async () => {
  using place = newTaskPlace();
  const lines = customers().map((line) =>
    line
      .split(',')
      .filter((_, c) => c !== 2 && c !== 3)
      .join(','),
  );
  const report = await inspectData({ path: place.file('a.csv', lines), target: 'churned' }, ports);
  assert.equal(report.score, null);
  assert.deepEqual(
    report.findings.filter(({ severity }) => severity === 'block'),
    [],
  );
});

test('inspect: a table that cannot be used is refused by its code', async () => {
  using place = newTaskPlace();
  const path = place.file('a.csv', ['id,churned', 'a,yes', 'b,yes']);
  await assert.rejects(inspectData({ path, target: 'churned' }, ports), { code: 'data.one-class' });
  await assert.rejects(inspectData({ path, target: 'left' }, ports), { code: 'data.no-target' });
});

test('inspect: what a column is used for is what init would write', async () => {
  using place = newTaskPlace();
  const path = place.file('a.csv', customers());
  const { columns } = await inspectData({ path, target: 'churned' }, ports);
  const { contract } = await proposeContract({ path, source: 'a.csv', target: 'churned' });
  for (const { name, use } of columns.filter(({ name }) => Object.hasOwn(contract.columns, name)))
    assert.equal(use, contract.columns[name]!.use, name);
});

test('inspect: zero inflation and columns missing together stand in the profile, the reader’s guesses in notes', async () => {
  using place = newTaskPlace();
  const random = createRandom(5);
  const lines = Array.from({ length: 400 }, (_, i) => {
    const isGone = i % 9 === 0;
    const spend = random.uniform() < 0.5 ? '0' : `${5 + random.integer(900)},5`;
    const web = isGone ? ';' : `${random.integer(50)};${random.integer(90)}`;
    return `c${i};${spend};${web};${random.uniform() < 0.3 ? 'yes' : 'no'}`;
  });
  const path = place.file('a.csv', ['customerId;spend;visits;minutes;churned', ...lines]);
  const { columns, notes } = await inspectData({ path, target: 'churned' }, ports);
  const of = (name: string) => columns.find((column) => column.name === name)!;
  assert.equal(of('spend').zeroInflated, true);
  assert.equal(of('visits').zeroInflated, false);
  assert.deepEqual([of('visits').missingTogether, of('spend').missingTogether], [['minutes'], []]);
  assert.deepEqual(notes, [
    'a.csv: its columns were taken to be divided by semicolons',
    'a decimal comma was guessed in spend: 1.234,5 is read as 1234.5',
  ]);
});
