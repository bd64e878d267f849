/** Two machines with one PostgreSQL server and one folder of artefacts: what one registers answers on the other. */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { newPlace, newTrainedPlace, type Place } from './testing/holdfast.ts';

let server: PostgresServer;
let shared: string;
let here: Place;
let there: Place;
let env: Record<string, string>;

before(async () => {
  server = await startPostgres();
  shared = mkdtempSync(join(tmpdir(), 'holdfast-shared-'));
  env = { HOLDFAST_DATABASE_URL: await server.newDatabase(), HOLDFAST_ARTIFACTS: shared };
  ({ place: here } = await newTrainedPlace());
  there = newPlace(env);
  for (const file of ['customers.csv', 'holdfast.yaml']) copyFileSync(here.path(file), there.path(file));
});
after(async () => {
  here[Symbol.dispose]();
  there[Symbol.dispose]();
  rmSync(shared, { recursive: true });
  await server[Symbol.asyncDispose]();
});

test('shared registry: the champion and the latest of one machine score on another to the last bit', async () => {
  const trained = await here.runHereWith({ env }, 'train', '--json');
  assert.equal(trained.exit, 0, trained.stderr);
  assert.deepEqual(trained.json().registered, { name: 'customers', version: 1 });
  assert.equal((await there.runHere('models', 'promote', 'customers@1')).exit, 0);
  const lists = [];
  for (const reference of ['champion', 'latest', 'customers@latest', 'customers@1']) {
    const scored = await there.runHere('score', reference, 'customers.csv', 'scored.csv');
    assert.equal(scored.exit, 0, scored.stderr);
    lists.push(readFileSync(there.path('scored.csv'), 'utf8'));
  }
  const file = trained.json<{ model: { file: string } }>().model.file;
  assert.equal((await here.runHere('score', file, 'customers.csv', 'scored.csv')).exit, 0);
  for (const list of lists) assert.equal(list, readFileSync(here.path('scored.csv'), 'utf8'));
  assert.equal(existsSync(there.path('.holdfast/holdfast.db')), false);
});

test('shared registry: two machines that train at once give the next two versions, and both see them', async () => {
  const trained = await Promise.all([
    there.run('train', '--seed', '1', '--json'),
    there.run('train', '--seed', '2', '--json'),
  ]);
  const versions = trained.map(
    (ended) => ended.json<{ registered: { version: number } }>().registered.version,
  );
  assert.deepEqual(versions.sort(), [2, 3]);
  const verified = await here.runHereWith({ env }, 'models', 'verify', '--json');
  assert.equal(verified.exit, 0, verified.stdout);
  assert.equal(verified.json<{ versions: object[] }>().versions.length, 3);
});

test('shared registry: a server that is gone costs no training: the model is kept, with what to do next', async () => {
  await server.kill();
  const trained = await here.runHereWith({ env }, 'train');
  assert.equal(trained.exit, 0, trained.stderr);
  assert.match(
    trained.stdout,
    /the model is kept but not registered: .*\[store\.unavailable\]; then run holdfast models register/,
  );
  await server.restart();
  const registered = await here.runHereWith({ env }, 'models', 'register', 'latest');
  assert.match(registered.stdout, /^Registered as customers@4 /);
});
