/** The registered models over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
  await workspace.train(7);
});
after(() => workspace?.[Symbol.asyncDispose]());

async function get<Body = Record<string, unknown>>(path: string) {
  const response = await fetch(`${workspace.server.url}/v1/models${path}`);
  return { status: response.status, body: (await response.json()) as Body };
}

interface Version {
  readonly name: string;
  readonly version: number;
}

test('GET /v1/models: every version, the newest first, by name and stage', async () => {
  const { status, body } = await get<{ models: Version[] }>('');
  assert.equal(status, 200);
  assert.deepEqual(
    body.models.map(({ name, version }) => `${name}@${version}`),
    ['made@2', 'made@1'],
  );
  assert.deepEqual((await get('?name=other')).body, { models: [] });
  assert.deepEqual((await get('?stage=Production')).body, { models: [] });
  assert.equal((await get('?stage=Best')).status, 422);
});
