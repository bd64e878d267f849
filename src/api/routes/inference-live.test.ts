import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v2/health/live: alive', async () => {
  const response = await fetch(`${workspace.server.url}/v2/health/live`);
  assert.deepEqual([response.status, await response.json()], [200, { live: true }]);
});
