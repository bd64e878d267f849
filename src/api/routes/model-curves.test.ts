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

test('GET /v1/models/{id}/curves: those of the report, with the rows and the threshold', async () => {
  const { id, facts } = await factsOf('made@1');
  const { status, body } = await get('/made@1/curves');
  const { model, rows, threshold, ...curves } = body;
  assert.deepEqual(
    [status, (model as { id: string }).id, rows, threshold],
    [200, id, facts.holdout.rows, facts.threshold.value],
  );
  assert.deepEqual(curves, facts.curves);
});

test('GET /v1/models/{id}/curves: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await get(`/${id}/curves`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
