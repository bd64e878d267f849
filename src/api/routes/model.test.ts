import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

async function get<Body = Record<string, unknown>>(path: string) {
  const response = await fetch(`${workspace.server.url}/v1/models${path}`);
  return { status: response.status, body: (await response.json()) as Body };
}

test('GET /v1/models/{id}: one version by id, label and number', async () => {
  const { models } = (await get<{ models: { modelId: string; label: string }[] }>('')).body;
  const [newest] = models;
  for (const id of [newest!.modelId, newest!.label, 'made@1'])
    assert.deepEqual(await get(`/${encodeURIComponent(id)}`), { status: 200, body: newest });
});

test('GET /v1/models/{id}: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await get(`/${id}`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
