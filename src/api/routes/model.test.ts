import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getModels } from '../testing/models.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v1/models/{id}: one version by id, label and number', async () => {
  const { models } = (await getModels<{ models: { modelId: string; label: string }[] }>(workspace, '')).body;
  const [newest] = models;
  for (const id of [newest!.modelId, newest!.label, 'made@1'])
    assert.deepEqual(await getModels(workspace, `/${encodeURIComponent(id)}`), { status: 200, body: newest });
});

test('GET /v1/models/{id}: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await getModels(workspace, `/${id}`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
