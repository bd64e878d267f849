import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v2: name and version of the server', async () => {
  const response = await fetch(`${workspace.server.url}/v2`);
  const body = (await response.json()) as Record<string, unknown>;
  assert.deepEqual([response.status, body.name, body.extensions], [200, 'holdfast', []]);
  assert.match(body.version as string, /^\d+\.\d+\.\d+/);
});
