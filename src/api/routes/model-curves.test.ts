import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { factsOf, getModels } from '../testing/models.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v1/models/{id}/curves: those of the report, with the rows and the threshold', async () => {
  const { id, facts } = await factsOf(workspace, 'made@1');
  const { status, body } = await getModels(workspace, '/made@1/curves');
  const { model, rows, threshold, ...curves } = body;
  assert.deepEqual(
    [status, (model as { id: string }).id, rows, threshold],
    [200, id, facts.holdout.rows, facts.threshold.value],
  );
  assert.deepEqual(curves, facts.curves);
});

test('GET /v1/models/{id}/curves: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await getModels(workspace, `/${id}/curves`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
