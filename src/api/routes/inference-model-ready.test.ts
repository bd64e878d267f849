import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

async function get<Body = Record<string, unknown>>(path: string) {
  const response = await fetch(`${workspace.server.url}${path}`);
  return { status: response.status, body: (await response.json()) as Body };
}

test('GET /v2/models/{name}/ready: the model that answers is, another is not there', async () => {
  assert.deepEqual(await get('/v2/models/made/ready'), { status: 200, body: { name: 'made', ready: true } });
  const { status, body } = await get<{ error: string }>('/v2/models/maed/ready');
  assert.equal(status, 404);
  assert.match(body.error, /this server answers with made; did you mean made\?/);
});
