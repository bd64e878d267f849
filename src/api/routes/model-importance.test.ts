import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { trainingFactsOf } from '../../tasks/train/figures.ts';
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

/** What the model file tells, as JSON has it. */
async function factsOf(reference: string) {
  const { manifest } = await workspace.app.models.load(reference);
  const facts = trainingFactsOf(manifest)!;
  return { id: manifest.model.id, facts: JSON.parse(JSON.stringify(facts)) as typeof facts };
}

test('GET /v1/models/{id}/importance: that of the report, ranked', async () => {
  const { id, facts } = await factsOf('made@1');
  const { status, body } = await get<{
    model: { id: string };
    columns: { rank: number; column: string; importance: number; sd: number }[];
  }>('/made@1/importance');
  assert.deepEqual([status, body.model.id], [200, id]);
  assert.deepEqual(
    body.columns.map(({ rank, column, importance, sd }) => [rank, column, importance, sd]),
    facts.importance.map(({ column, value, sd }, i) => [i + 1, column, value, sd]),
  );
});

test('GET /v1/models/{id}/importance: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await get(`/${id}/importance`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
