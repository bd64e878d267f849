import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import type { HoldfastError } from '../base/errors.ts';
import { allCompanions } from '../data/generate/companions/all.ts';
import { openSource } from '../data/sources/open.ts';
import { generateFile } from './generate.ts';
import { newTaskPlace } from './testing/example-task.ts';

const companions = allCompanions.map(({ id }) => id);
const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

test('generate: customers and their truth, row by row, with the share that left', async () => {
  using place = newTaskPlace();
  const made = await generateFile({ out: place.path('a.b.csv'), rows: 200, seed: 1 });
  assert.equal(made.truthFile, place.path('a.b.truth.csv'));
  const [header, ...rows] = linesOf(made.out);
  const truth = linesOf(made.truthFile);
  assert.equal(rows.length, 200);
  assert.equal(truth.length, 201);
  const at = header!.split(',').indexOf(made.target);
  const left = rows.filter((row) => row.split(',')[at] === 'yes').length;
  assert.equal(made.churnRate, left / 200);
  const idsOf = (lines: readonly string[]): (string | undefined)[] => lines.map((line) => line.split(',')[0]);
  assert.deepEqual(idsOf(rows), idsOf(truth.slice(1)));
  assert.deepEqual([made.referenceDate, made.companions, made.driftFile], ['2026-06-30', [], null]);
});

test('generate: companion files stand beside the customers, their truths beside the truth, and change neither', async () => {
  using place = newTaskPlace();
  const options = { kind: 'retail', rows: 150, seed: 1 };
  const alone = await generateFile({ out: place.path('alone.csv'), ...options });
  const made = await generateFile({
    out: place.path('shop.csv'),
    truth: place.path('hidden.csv'),
    companions,
    ...options,
  });
  assert.deepEqual(
    made.companions.map(({ id, file, truthFile }) => [id, file, truthFile]),
    companions.map((id) => [
      id,
      place.path(`shop.${id}.csv`),
      id === 'events' ? null : place.path(`hidden.${id}.csv`),
    ]),
  );
  for (const { file, rows } of made.companions) assert.equal(linesOf(file).length, rows + 1);
  assert.deepEqual(linesOf(made.out), linesOf(alone.out));
  assert.deepEqual(linesOf(made.truthFile), linesOf(alone.truthFile));
});

test('generate: Parquet for the customers is Parquet for all, and holds the same rows', async () => {
  using place = newTaskPlace();
  const made = await generateFile({
    out: place.path('a.parquet'),
    rows: 60,
    seed: 1,
    companions: ['offers'],
  });
  assert.equal(made.companions[0]!.file, place.path('a.offers.parquet'));
  const source = await openSource(made.companions[0]!.file);
  assert.equal(source.rowCount, 60);
  await source.close();
});

test('generate: a drift writes what drifted beside the truth', async () => {
  using place = newTaskPlace();
  const made = await generateFile({ out: place.path('a.csv'), rows: 300, drift: 'unit-change' });
  assert.equal(made.driftFile, place.path('a.truth.drift.csv'));
  const [header, column, risk, ...rest] = linesOf(made.driftFile);
  assert.equal(
    header,
    'drift,from,size,change,column,measure,before,after,afterWithoutDrift,rowsBefore,rowsAfter',
  );
  assert.match(column!, /^unit-change,2026-01-01,1,hours become minutes,usageHoursMonth,mean,/);
  assert.match(risk!, /,churnProbability,mean,/);
  assert.deepEqual(rest, []);
});

test('generate: a companion of no such name is refused with the nearest', async () => {
  using place = newTaskPlace();
  await assert.rejects(generateFile({ out: place.path('a.csv'), companions: ['evnets'] }), {
    code: 'generate.option',
    message: 'generate: with takes events, feedback, interactions, offers, got evnets; did you mean events?',
  });
  assert.deepEqual(readdirSync(dirname(place.path('a.csv'))), []);
});

test('generate: a truth that would be written over the customers is refused', async () => {
  using place = newTaskPlace();
  const out = place.path('a.csv');
  for (const truth of [out, place.path('b/../a.csv')])
    await assert.rejects(generateFile({ out, truth, rows: 10 }), { code: 'generate.option' });
});

test('generate: when one of the files cannot be written, none is', async () => {
  for (const blocked of ['a.truth.csv', 'a.events.csv', 'a.truth.offers.csv', 'a.truth.drift.csv']) {
    using place = newTaskPlace();
    mkdirSync(place.path(blocked));
    const request = { out: place.path('a.csv'), rows: 10, companions, drift: 'new-level' };
    await assert.rejects(generateFile(request), (error: HoldfastError) => {
      assert.equal(error.code, 'output.unwritable');
      return true;
    });
    assert.deepEqual(readdirSync(dirname(place.path(blocked))), [blocked]);
  }
});

test('generate: stopped while a companion is written, it leaves no half of it', async () => {
  using place = newTaskPlace();
  const reason = new Error('stopped');
  const request = { out: place.path('a.csv'), rows: 2000, companions: ['events'] };
  await assert.rejects(generateFile(request, { signal: AbortSignal.abort(reason) }), reason);
  assert.deepEqual(readdirSync(dirname(request.out)).sort(), ['a.csv', 'a.truth.csv']);
});
