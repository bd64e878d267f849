import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { UnavailableError } from '../base/errors.ts';
import { writeRows } from '../data/sources/write.ts';
import { rowsFromTable } from '../table/rows.ts';
import { scoreFile } from './score.ts';
import type { ScoredRows, ScoreRequest } from './score-request.ts';
import {
  exampleContract,
  exampleModel,
  examplePorts,
  newTaskPlace,
  type TaskPlace,
} from './testing/example-task.ts';

let place: TaskPlace;
before(() => {
  place = newTaskPlace();
});
after(() => place[Symbol.dispose]());

const header = ['extra', 'plan', 'tenure', 'customer'] as const;
/** Missing and unreadable values, stand-ins, unseen levels, broken rows, an id that repeats and one that is missing. */
const customers = Array.from({ length: 60 }, (_, i): (string | null)[] => [
  `e${i}`,
  ['basic', 'gold', null, `new ${i % 4}`][(i * 3) % 4]!,
  ['1.5', '4', null, '-999', '-3', 'soon', '0.25'][i % 7]!,
  i % 17 === 16 ? null : `C${i % 55}, "x"`,
]);

const model = (() => {
  const made = exampleModel();
  const clean = [{ repair: 'set-missing', columns: ['tenure'], values: [-999] }];
  const preprocessing = [
    { column: 'tenure', imputed: 2, bounds: { lower: 0.5, upper: 3 } },
    { column: 'plan', imputed: 'gold', bounds: null },
  ];
  const manifest = {
    ...made.manifest,
    project: { ...(made.manifest.project as object), clean },
    preprocessing,
  };
  return { ...made, manifest } as typeof made;
})();

async function inputAs(kind: 'csv' | 'parquet'): Promise<string> {
  const path = place.path(`customers.${kind}`);
  await writeRows(
    path,
    header.map((name) => ({ name, kind: 'text' })),
    customers,
  );
  return path;
}

async function scored(request: Omit<ScoreRequest, 'log' | 'output' | 'reasons'>, name: string, rows: number) {
  const logged: { from: number; ids: readonly string[] | null; told: unknown[] }[] = [];
  const log = {
    write: async ({ from, ids, customers: table, verdicts }: ScoredRows) => {
      const values = rowsFromTable(table);
      logged.push({ from, ids, told: verdicts.map((verdict, i) => [verdict, values[i]]) });
    },
  };
  const output = place.path(name);
  const summary = await scoreFile({ ...request, output, reasons: 2, log }, examplePorts, rows);
  const rejected = readFileSync(summary.rejectedFile!, 'utf8');
  return { summary, rejected, logged, list: readFileSync(output) };
}

for (const kind of ['csv', 'parquet'] as const)
  test(`score pieces: ${kind}: pieces of seven rows give the list, the rejected rows, the log and the summary of the whole`, async () => {
    const request = { model, input: await inputAs(kind) };
    const whole = await scored(request, `out.${kind}`, 1000);
    const pieces = await scored(request, `out.${kind}`, 7);
    assert.ok(whole.list.equals(pieces.list));
    assert.equal(pieces.rejected, whole.rejected);
    assert.deepEqual(pieces.summary, whole.summary);
    assert.deepEqual(
      pieces.logged.flatMap(({ told }) => told),
      whole.logged.flatMap(({ told }) => told),
    );
    assert.deepEqual(
      pieces.logged.flatMap(({ ids }) => ids),
      whole.logged.flatMap(({ ids }) => ids),
    );
    let place = 0;
    for (const { from, told } of pieces.logged) {
      assert.equal(from, place);
      place += told.length;
    }
    assert.equal(place, whole.summary.scored);
  });

test('score pieces: what is told of the whole is right: counts, remarks, rows of the file', async () => {
  const { summary, rejected, list } = await scored({ model, input: await inputAs('csv') }, 'out.csv', 7);
  const isKept = ([, , tenure, id]: (string | null)[]) => id !== null && tenure !== '-3' && tenure !== 'soon';
  const kept = customers.filter(isKept);
  assert.deepEqual([summary.rows, summary.scored, summary.logged], [60, kept.length, kept.length]);
  assert.equal(summary.rejected, 60 - kept.length);
  const count = (holds: (row: (string | null)[]) => boolean, of = customers) => of.filter(holds).length;
  const gaps = ([, , tenure]: (string | null)[]) => tenure === null || tenure === '-999';
  // Of rejected rows nothing is imputed.
  assert.deepEqual(summary.missing, {
    tenure: count(gaps, kept),
    plan: count(([, plan]) => plan === null, kept),
  });
  assert.deepEqual(summary.unseen, { plan: count(([, plan]) => plan?.startsWith('new') === true, kept) });
  assert.deepEqual(summary.handled.imputed, {
    tenure: count(gaps, kept),
    plan: count(([, plan]) => plan === null, kept),
  });
  assert.deepEqual(summary.handled.clipped, {
    tenure: count(([, , tenure]) => tenure === '4' || tenure === '0.25', kept),
  });
  assert.equal(
    summary.remarks[0],
    `set-missing: ${count((row) => row[2] === '-999')} values of tenure called missing`,
  );
  assert.ok(summary.remarks.includes('5 rows repeat the id of an earlier row; each is scored'));
  const places = customers.flatMap((row, i) => (isKept(row) ? [] : [i + 1]));
  const told = rejected.trimEnd().split('\n').slice(1);
  assert.deepEqual([...new Set(told.map((line) => Number(line.split(',')[0])))], places);
  assert.equal(list.toString('utf8').trimEnd().split('\n').length, kept.length + 1);
});

test('score pieces: without an id the rows are numbered through all pieces', async () => {
  const { id: _id, ...contract } = exampleContract;
  const input = place.file('bare.csv', [
    'tenure,plan',
    ...Array.from({ length: 9 }, (_, i) => `${i === 4 ? -1 : i},gold`),
  ]);
  const output = place.path('bare-out.csv');
  await scoreFile({ model: exampleModel(contract), input, output, reasons: 0 }, examplePorts, 2);
  const rows = readFileSync(output, 'utf8').trimEnd().split('\n').slice(1);
  assert.deepEqual(
    rows.map((line) => Number(line.split(',')[0])),
    [1, 2, 3, 4, 6, 7, 8, 9],
  );
});

test('score pieces: a piece whose rows are all rejected, and a file of them', async () => {
  const lines = [
    'customer,tenure,plan',
    ...Array.from({ length: 6 }, (_, i) => `C${i},${i < 4 ? -1 : 2},gold`),
  ];
  const request = { model: exampleModel(), output: place.path('some.csv'), reasons: 1 };
  const some = await scoreFile({ ...request, input: place.file('some-in.csv', lines) }, examplePorts, 2);
  assert.deepEqual([some.scored, some.rejected], [2, 4]);
  const none = await scoreFile(
    { ...request, input: place.file('none-in.csv', lines.slice(0, 5)) },
    examplePorts,
    2,
  );
  assert.deepEqual([none.scored, none.rejected], [0, 4]);
  assert.equal(
    readFileSync(place.path('some.csv'), 'utf8'),
    'customer,churnProbability,churn,band,certainty,reason1\n',
  );
});

test('score pieces: stopped or refused by the log in the middle, the earlier list and its rejected rows stay, and nothing else', async () => {
  const out = 'kept.parquet';
  const request = { model, input: await inputAs('csv') };
  const earlier = await scored(request, out, 7);
  const before = readdirSync(place.path('.')).sort();
  const reason = new UnavailableError('work.stopped', 'stopped');
  const control = new AbortController();
  let pieces = 0;
  const stopping = { write: async () => void (++pieces === 3 && control.abort(reason)) };
  const ports = { ...examplePorts, signal: control.signal };
  const again = { ...request, output: place.path(out), reasons: 0 };
  await assert.rejects(scoreFile({ ...again, log: stopping }, ports, 7), reason);
  assert.equal(pieces, 3);
  const full = new UnavailableError('output.unwritable', 'full');
  const failing = { write: async () => Promise.reject(full) };
  await assert.rejects(scoreFile({ ...again, log: failing }, examplePorts, 7), full);
  assert.deepEqual(readdirSync(place.path('.')).sort(), before);
  assert.ok(earlier.list.equals(readFileSync(place.path(out))));
  assert.equal(readFileSync(earlier.summary.rejectedFile!, 'utf8'), earlier.rejected);
});

test('score pieces: the list takes its place when all of it is in the log', async () => {
  writeFileSync(place.path('last.csv'), 'earlier');
  let logged = 0;
  const log = {
    write: async ({ verdicts }: ScoredRows) => {
      logged += verdicts.length;
      assert.equal(readFileSync(place.path('last.csv'), 'utf8'), 'earlier');
    },
  };
  const request = { model, input: await inputAs('csv'), output: place.path('last.csv'), reasons: 0, log };
  const { scored: rows } = await scoreFile(request, examplePorts, 7);
  assert.equal(logged, rows);
  assert.equal(readFileSync(place.path('last.csv'), 'utf8').trimEnd().split('\n').length, rows + 1);
});
