/** Which model answers while the registry changes, over real HTTP and a real log. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promote, rollback } from '../registry/promote.ts';
import { listVersions } from '../registry/versions.ts';
import { changeDeployment, currentDeployment } from '../serving/deployments/deployment.ts';
import { watchLimits } from '../serving/deployments/judge-slot.ts';
import { withPredictions } from '../serving/log/tables.ts';
import type { Database } from '../store/database/database.ts';
import { readHistory, verifyHistory } from '../store/history.ts';
import { type RunningServer, serve } from './serve.ts';
import { type TrainedWorkspace, trainedWorkspace } from './testing/served.ts';

const name = 'made';
const by = { actor: 'cli:test', now: 1_800_000_000_000 };
let workspace: TrainedWorkspace;
let database: Database;
let server: RunningServer;

before(async () => {
  workspace = await trainedWorkspace();
  await workspace.train(43);
  await workspace.train(44);
  database = await workspace.app.database();
  assert.deepEqual(
    (await listVersions(database)).map(({ version }) => version),
    [3, 2, 1],
  );
  await promote(database, { name, version: 1 }, by, { force: true, note: 'to have one' });
  server = await serve(workspace.app, { host: '127.0.0.1', port: 0, model: 'champion', durability: 'full' });
});
after(async () => {
  await server?.stop();
  await workspace?.[Symbol.asyncDispose]();
});

interface Answered {
  readonly requestId: string;
  readonly id: string;
  readonly model: { readonly version: number };
}

async function ask(i: number): Promise<Answered> {
  const response = await fetch(`${server.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(workspace.customers[i % workspace.customers.length]),
  });
  const body = await response.text();
  assert.equal(response.status, 200, body);
  return JSON.parse(body) as Answered;
}

/** Asks until a condition holds; every answer must be a good one. */
async function askUntil(holds: (answer: Answered) => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (holds(await ask(i))) return;
    await pause(10);
  }
  assert.fail(what);
}

test('promoting another version and rolling back: no request fails, all are answered by one of the two', async () => {
  let isOver = false;
  const seen = new Set<number>();
  const asking = Promise.all(
    Array.from({ length: 20 }, async (_, connection) => {
      for (let i = connection; !isOver; i += 20) seen.add((await ask(i)).model.version);
    }),
  );
  await promote(database, { name, version: 2 }, by, { force: true, note: 'a switch under load' });
  await askUntil(({ model }) => model.version === 2, 'version 2 never answered');
  await rollback(database, name, by);
  await askUntil(({ model }) => model.version === 1, 'version 1 did not come back');
  isOver = true;
  await asking;
  assert.deepEqual([...seen].sort(), [1, 2]);
});

test('a canary answers its share, the same customers each time, alone and in a batch; the log says who answered', async () => {
  await changeDeployment(database, name, { canary: { version: 2, share: 0.4 } }, by);
  await askUntil(({ model }) => model.version === 2, 'the canary never answered');
  const rows = [...Array(120).keys()];
  const first = await Promise.all(rows.map(ask));
  const second = await Promise.all(rows.map(ask));
  const versions = first.map(({ model }) => model.version);
  assert.deepEqual(
    second.map(({ model }) => model.version),
    versions,
  );
  const share = versions.filter((version) => version === 2).length / rows.length;
  assert.ok(share > 0.2 && share < 0.6, String(share));
  const response = await fetch(`${server.url}/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customers: workspace.customers.slice(0, 120) }),
  });
  const batch = (await response.json()) as {
    requestId: string;
    model: { version: number };
    predictions: { model?: { version: number }; churnProbability: number }[];
  };
  assert.equal(batch.model.version, 1);
  assert.deepEqual(
    batch.predictions.map(({ model }) => model?.version ?? 1),
    versions,
  );
  const logged = await withPredictions(database.db)
    .selectFrom('prediction')
    .selectAll()
    .where('request_id', '=', batch.requestId)
    .orderBy('row_index')
    .execute();
  assert.deepEqual(
    logged.map(({ row_index, slot, score }) => [row_index, slot, score]),
    batch.predictions.map(({ churnProbability }, i) => [
      i,
      versions[i] === 2 ? 'canary' : 'live',
      churnProbability,
    ]),
  );
  await changeDeployment(database, name, { canary: null }, by);
  // Sixty customers in a row, of whom two in five were the canary's.
  let alone = 0;
  await askUntil(({ model }) => {
    alone = model.version === 1 ? alone + 1 : 0;
    return alone === 60;
  }, 'the canary did not end');
});

test('a shadow is scored and logged, and answers nobody', async () => {
  await changeDeployment(database, name, { canary: null, shadow: { version: 3 } }, by);
  let requestId = '';
  const ofRequest = () =>
    withPredictions(database.db)
      .selectFrom('prediction')
      .select(['slot', 'score', 'model_id'])
      .where('request_id', '=', requestId)
      .orderBy('seq')
      .execute();
  for (let i = 0; i < 300; i++) {
    const answer = await ask(i);
    assert.equal(answer.model.version, 1);
    requestId = answer.requestId;
    await pause(10);
    if ((await ofRequest()).length === 2) break;
  }
  const rows = await ofRequest();
  assert.deepEqual(
    rows.map(({ slot }) => slot),
    ['live', 'shadow'],
  );
  assert.notEqual(rows[0]!.model_id, rows[1]!.model_id);
  await changeDeployment(database, name, { shadow: null }, by);
});

test('a canary that is too slow is sent back by itself, and the history says why', async () => {
  const limits = watchLimits.parse({ atLeast: 10, p95Ms: 0.01 });
  await changeDeployment(database, name, { canary: { version: 2, share: 0.5 }, limits }, by);
  await askUntil(({ model }) => model.version === 2, 'the canary never answered');
  for (let i = 0; i < 1000; i++) {
    await Promise.all([...Array(20).keys()].map(ask));
    if ((await currentDeployment(database, name)).canary === null) break;
    await pause(20);
  }
  const { canary, actor, note } = await currentDeployment(database, name);
  assert.deepEqual([canary, actor], [null, 'holdfast:watch']);
  assert.match(note!, /^sent back by itself: latency [\d.]+, at most 0\.01 allowed$/);
  const last = (await readHistory(database, { subject: `deployment:${name}` })).at(-1)!;
  assert.equal(last.actor, 'holdfast:watch');
  assert.equal((await verifyHistory(database)).brokenAt, null);
  for (let i = 0; i < 20; i++) assert.equal((await ask(i)).model.version, 1);
});
