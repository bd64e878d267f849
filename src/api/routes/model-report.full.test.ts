import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { factsOf, getModels } from '../testing/models.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v1/models/{id}/report: that of the file, for the model that answers and for another', async () => {
  await workspace.train(7);
  for (const reference of ['made@1', 'made@2']) {
    const { id, facts } = await factsOf(workspace, reference);
    const { status, body } = await getModels(workspace, `/${reference}/report`);
    assert.equal(status, 200, JSON.stringify(body));
    const { of, ...told } = body;
    assert.deepEqual(told, { report: 'training', ...facts, version: 1 });
    assert.equal((of as { id: string }).id, id);
  }
});

test('GET /v1/models/{id}/report: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await getModels(workspace, `/${id}/report`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
