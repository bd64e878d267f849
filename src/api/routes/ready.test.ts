import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answersWhenNotReady } from '../testing/not-ready.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';
import { ready } from './ready.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /ready: the label of the model that answers', async () => {
  const response = await fetch(`${workspace.server.url}/ready`);
  assert.deepEqual(await response.json(), { status: 'ready', model: workspace.server.model.label });
});

test('GET /ready: 503 with a code and when to come back, without a model and without the database', async () => {
  const answers = await answersWhenNotReady(workspace, ready);
  assert.deepEqual(
    answers.map(({ statusCode, retryAfter, body }) => [statusCode, retryAfter, body.code]),
    ['serving.no-model', 'store.unavailable'].map((code) => [503, '1', code]),
  );
});
