import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answersWhenNotReady } from '../testing/not-ready.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';
import { ping } from './ping.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /ping: 200 where the server can score', async () => {
  const response = await fetch(`${workspace.server.url}/ping`);
  assert.deepEqual([response.status, await response.json()], [200, { status: 'ready' }]);
});

test('GET /ping: 503 without a model and without the database', async () => {
  const answers = await answersWhenNotReady(workspace, ping);
  assert.deepEqual(
    answers.map(({ statusCode, body }) => [statusCode, body.code]),
    ['serving.no-model', 'store.unavailable'].map((code) => [503, code]),
  );
});
