import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { factsOf, getModels } from '../testing/models.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v1/models/{id}/importance: that of the report, ranked', async () => {
  const { id, facts } = await factsOf(workspace, 'made@1');
  const { status, body } = await getModels<{
    model: { id: string };
    columns: { rank: number; column: string; importance: number; sd: number }[];
  }>(workspace, '/made@1/importance');
  assert.deepEqual([status, body.model.id], [200, id]);
  assert.deepEqual(
    body.columns.map(({ rank, column, importance, sd }) => [rank, column, importance, sd]),
    facts.importance.map(({ column, value, sd }, i) => [i + 1, column, value, sd]),
  );
});

test('GET /v1/models/{id}/importance: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await getModels(workspace, `/${id}/importance`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
