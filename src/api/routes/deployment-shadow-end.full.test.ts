import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deploymentServer, slotsOf } from '../testing/deployments.ts';

test('DELETE /v1/deployments/{name}/shadow: it scores along no more, the canary stays', async () => {
  await using server = await deploymentServer();
  await server.ask('POST', 'deployments/telco/canary', { version: 2, weight: 0.1 });
  await server.ask('POST', 'deployments/telco/shadow', { version: 3 });
  const ended = await server.ask('DELETE', 'deployments/telco/shadow');
  assert.deepEqual([ended.status, slotsOf(ended.body)], [200, [1, [2, 0.1], null]]);
  assert.equal((await server.ask('DELETE', 'deployments/telco/shadow')).status, 200);
});
