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

test('GET /v1/models/{id}/report: that of the file, for the model that answers and for another', async () => {
  await workspace.train(7);
  for (const reference of ['made@1', 'made@2']) {
    const { id, facts } = await factsOf(reference);
    const { status, body } = await get(`/${reference}/report`);
    assert.equal(status, 200, JSON.stringify(body));
    const { of, ...told } = body;
    assert.deepEqual(told, { report: 'training', ...facts, version: 1 });
    assert.equal((of as { id: string }).id, id);
  }
});

test('GET /v1/models/{id}/report: a model that is not there is 404; a path is no name of a model', async () => {
  for (const id of ['nothing', 'made@9', 'champion', encodeURIComponent('../../etc/passwd')]) {
    const { status, body } = await get(`/${id}/report`);
    assert.deepEqual([status, body.code], [404, 'model.not-found'], id);
  }
});
