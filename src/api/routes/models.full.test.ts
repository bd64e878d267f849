/** The registered models over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getModels } from '../testing/models.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
  await workspace.train(7);
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Version {
  readonly name: string;
  readonly version: number;
}

test('GET /v1/models: every version, the newest first, by name and stage', async () => {
  const { status, body } = await getModels<{ models: Version[] }>(workspace, '');
  assert.equal(status, 200);
  assert.deepEqual(
    body.models.map(({ name, version }) => `${name}@${version}`),
    ['made@2', 'made@1'],
  );
  assert.deepEqual((await getModels(workspace, '?name=other')).body, { models: [] });
  assert.deepEqual((await getModels(workspace, '?stage=Production')).body, { models: [] });
  assert.equal((await getModels(workspace, '?stage=Best')).status, 422);
});
