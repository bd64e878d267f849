import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../../base/clock.ts';
import { splitSection } from '../../data/splits/section.ts';
import { preprocessSection } from '../../features/section.ts';
import { type TrainSection, trainSection } from '../../selection/section.ts';
import type { Identity, SearchLogs } from '../ports.ts';
import { exampleContract } from '../testing/example-task.ts';
import { openSearch } from './open-search.ts';
import type { TrainSpec } from './spec.ts';

/** Logs in memory: what a folder of files keeps, without the files. */
function memoryLogs() {
  const kept = new Map<string, unknown[]>();
  const logs: SearchLogs = {
    read: async (key) => kept.get(key) ?? [],
    others: async (key) => [...kept].filter(([other]) => other !== key).map(([, lines]) => lines),
    append: (key, line) => void kept.set(key, [...(kept.get(key) ?? []), JSON.parse(JSON.stringify(line))]),
    tidy: async () => {},
  };
  return { logs, kept };
}

const identity: Identity = {
  newId: () => 'id',
  versions: { holdfast: '0.1.0', node: '26.0.0', kernel: 'strict' },
  lockHash: null,
  machine: { platform: 'linux', arch: 'x64', cpus: 2 },
};
const specWith = (
  search: Partial<TrainSection['search']> = {},
  more: Partial<TrainSpec> = {},
): TrainSpec => ({
  project: 'telco',
  author: null,
  description: null,
  sourcePath: '/customers.csv',
  data: exampleContract,
  clean: [],
  features: [],
  preprocess: preprocessSection.parse({}),
  split: splitSection.parse({}),
  train: trainSection.parse({ search: { method: 'bayes', ...search }, folds: 2 }),
  bands: {},
  gate: {} as TrainSpec['gate'],
  reference: 'rows',
  resolved: {},
  ...more,
});
const world = memoryLogs();
const open = (spec: TrainSpec, hash = 'data', logs: SearchLogs | undefined = world.logs, code = identity) =>
  openSearch(spec, hash, code, logs, { clock: stoppedClock() });
const fit = (l2: number, fold: number, value: number) => ({
  candidate: { id: 'logistic-regression', params: { l2 } },
  share: 1,
  fold,
  value,
  seconds: 0.1,
});

test('open search: goes on with what a killed run of the same search has tried, budget and words set aside', async () => {
  const { logs } = memoryLogs();
  const first = await open(specWith(), 'data', logs);
  assert.deepEqual([first.recorded, first.spentMs], [[], 0]);
  first.record(fit(1, 0, 0.7), 40);
  first.record(fit(1, 1, 0.8), 90);
  const other = specWith({ budget: '5m' }, { author: 'me', description: 'another' });
  const again = await open(other, 'data', logs);
  assert.equal(again.spentMs, 90);
  assert.deepEqual(
    again.recorded.map(({ fold, value }) => [fold, value]),
    [
      [0, 0.7],
      [1, 0.8],
    ],
  );
  await again.end();
  assert.deepEqual((await open(specWith(), 'data', logs)).recorded, []);
});

test('open search: another seed, data, method, contract or code is another search', async () => {
  const { logs } = memoryLogs();
  (await open(specWith(), 'data', logs)).record(fit(1, 0, 0.7), 40);
  const others: [TrainSpec, string, Identity][] = [
    [specWith({}, { split: splitSection.parse({ seed: 7 }) }), 'data', identity],
    [specWith(), 'more data', identity],
    [specWith({ method: 'random' }), 'data', identity],
    [specWith({}, { data: { ...exampleContract, columns: {} } }), 'data', identity],
    [specWith(), 'data', { ...identity, versions: { ...identity.versions, kernel: 'relaxed' } }],
    [specWith(), 'data', { ...identity, lockHash: 'a' }],
  ];
  for (const [spec, hash, code] of others)
    assert.deepEqual((await open(spec, hash, logs, code)).recorded, []);
  assert.equal((await open(specWith(), 'data', logs)).recorded.length, 1);
});

test('open search: bayes begins with the best of other runs; a killed run goes on with what it began with', async () => {
  const { logs } = memoryLogs();
  const older = await open(specWith(), 'last month', logs);
  for (const fold of [0, 1]) older.record(fit(3, fold, 0.9), 10);
  await older.end();
  const l2Of = async (spec: TrainSpec, hash: string) =>
    (await open(spec, hash, logs)).earlier.map(({ params }) => (params as { l2: number }).l2);
  const killed = await open(specWith(), 'data', logs);
  assert.equal(killed.earlier.length, 1);
  killed.record(fit(3, 0, 0.8), 10);
  // A better one comes meanwhile; the run that was killed does not hear of it, a new one does.
  const better = await open(specWith(), 'other data', logs);
  for (const fold of [0, 1]) better.record(fit(5, fold, 0.95), 10);
  await better.end();
  assert.deepEqual(await l2Of(specWith(), 'data'), [3]);
  assert.ok((await l2Of(specWith(), 'newer data')).includes(5));
  assert.deepEqual(await l2Of(specWith({ warmStart: false }), 'data'), []);
  assert.deepEqual(await l2Of(specWith({ method: 'random' }), 'data'), []);
  assert.deepEqual(await l2Of(specWith({}, { project: 'bank' }), 'data'), []);
});

test('open search: before the first fit nothing is written', async () => {
  const { logs, kept } = memoryLogs();
  const search = await open(specWith(), 'data', logs);
  assert.equal(kept.size, 0);
  search.record(fit(1, 0, 0.7), 40);
  assert.equal([...kept.values()][0]!.length, 2);
});

test('open search: without a place to write nothing is kept', async () => {
  const search = await openSearch(specWith(), 'data', identity, undefined, { clock: stoppedClock() });
  search.record(fit(1, 0, 0.7), 40);
  await search.end();
  assert.deepEqual([search.recorded, search.earlier, world.kept.size], [[], [], 0]);
});
