import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedWorkspace } from '../testing/served.ts';

test('GET /health: alive', async () => {
  await using workspace = await servedWorkspace();
  const response = await fetch(`${workspace.server.url}/health`);
  assert.deepEqual([response.status, await response.json()], [200, { status: 'alive' }]);
});
