/** A running server opens its model anew, over real HTTP. */
import assert from 'node:assert/strict';
import { copyFileSync, globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { HoldfastError } from '../base/errors.ts';
import { promote } from '../registry/promote.ts';
import { type RunningServer, serve } from './serve.ts';
import { type TrainedWorkspace, trainedWorkspace } from './testing/served.ts';
import { until } from './testing/until.ts';

let workspace: TrainedWorkspace;
before(async () => {
  workspace = await trainedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Answer {
  readonly churnProbability: number;
  readonly model: { readonly label: string; readonly version: number | null };
}

async function ask(server: RunningServer): Promise<Answer> {
  const response = await fetch(`${server.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(workspace.customers[0]),
  });
  assert.equal(response.status, 200);
  return (await response.json()) as Answer;
}

const start = (model: string) =>
  serve(workspace.app, { host: '127.0.0.1', port: 0, model, durability: 'full' });

test('reload: latest becomes what is the newest now, and every request meanwhile is answered', async () => {
  const server = await start('latest');
  const before = await ask(server);
  await workspace.train(43);
  assert.equal((await ask(server)).model.label, before.model.label);
  let isOver = false;
  const asking = (async () => {
    let count = 0;
    for (; !isOver; count++) await ask(server);
    return count;
  })();
  await server.reload();
  isOver = true;
  assert.ok((await asking) > 0);
  const now = await ask(server);
  assert.notEqual(now.model.label, before.model.label);
  assert.notEqual(now.churnProbability, before.churnProbability);
  await server.stop();
});

test('reload: a file that was replaced answers, one that was damaged changes nothing', async () => {
  const models = globSync(join(workspace.folder, 'home/artifacts/models/*.holdfast')).sort();
  const file = join(workspace.folder, 'model.holdfast');
  copyFileSync(models[0]!, file);
  const server = await start(file);
  const before = await ask(server);
  copyFileSync(models[1]!, file);
  await server.reload();
  const now = await ask(server);
  assert.notEqual(now.model.label, before.model.label);
  writeFileSync(file, 'no model');
  await assert.rejects(
    server.reload(),
    (error) => error instanceof HoldfastError && error.code === 'model.damaged',
  );
  assert.deepEqual((await ask(server)).model, now.model);
  await server.stop();
});

test('who began without a champion follows the first one as soon as there is one, and its changes', async () => {
  const server = await start('champion');
  assert.equal((await ask(server)).model.version, null);
  const database = await workspace.app.database();
  const by = { actor: 'cli:test', now: 1_800_000_000_000 };
  for (const version of [1, 2]) {
    await promote(database, { name: 'made', version }, by, { force: true, note: 'a test' });
    await until(
      async () => (await ask(server)).model.version === version,
      `version ${version} never answered`,
    );
  }
  await server.stop();
});
