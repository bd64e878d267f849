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

test('GET /v2/models/{name}: a tensor for each column that the model uses, by its kind', async () => {
  const { status, body } = await get('/v2/models/made');
  assert.equal(status, 200);
  assert.deepEqual(body.versions, [workspace.server.model.label]);
  assert.deepEqual(body.outputs, [{ name: 'churnProbability', datatype: 'FP64', shape: [-1] }]);
  const datatypes = { number: 'FP64', boolean: 'BOOL', category: 'BYTES', time: 'BYTES', text: 'BYTES' };
  const features = Object.entries(workspace.contract.columns).filter(([, { use }]) => use === 'feature');
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  assert.deepEqual(
    (body.inputs as { name: string }[]).toSorted(byName),
    features.map(([name, { kind }]) => ({ name, datatype: datatypes[kind], shape: [-1] })).sort(byName),
  );
});

test('GET /v2/models/{name}: another model than the one that answers is not there', async () => {
  const { status, body } = await get<{ error: string }>('/v2/models/maed');
  assert.equal(status, 404);
  assert.match(body.error, /this server answers with made; did you mean made\?/);
});
