import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answersWhenNotReady } from '../testing/not-ready.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';
import { inferenceReady } from './inference-ready.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v2/health/ready: what it is while a model answers', async () => {
  const response = await fetch(`${workspace.server.url}/v2/health/ready`);
  assert.deepEqual(await response.json(), { ready: true });
});

test('GET /v2/health/ready: 503 with a code and when to come back, without a model and without the database', async () => {
  const answers = await answersWhenNotReady(workspace, inferenceReady);
  assert.deepEqual(
    answers.map(({ statusCode, retryAfter, body }) => [statusCode, retryAfter, body.ready, body.code]),
    ['serving.no-model', 'store.unavailable'].map((code) => [503, '1', false, code]),
  );
});
