import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deploymentServer, slotsOf } from '../testing/deployments.ts';

test('POST /v1/deployments/{name}/rollback: without a body the champion before is back; then there is none before', async () => {
  await using server = await deploymentServer();
  await server.ask('POST', 'deployments/telco/promote', { version: 2 });
  const back = await server.ask('POST', 'deployments/telco/rollback?note=too%20many%20calls');
  assert.deepEqual([back.status, slotsOf(back.body)], [200, [1, null, null]]);
  const again = await server.ask('POST', 'deployments/telco/rollback');
  assert.deepEqual([again.status, again.body.code], [409, 'registry.nothing-before']);
  assert.equal((await server.ask('POST', 'deployments/telko/rollback')).status, 404);
});

test('POST /v1/deployments/{name}/rollback?from=2: only while 2 is champion, so that it may be sent again', async () => {
  await using server = await deploymentServer();
  await server.ask('POST', 'deployments/telco/promote', { version: 2 });
  const back = await server.ask('POST', 'deployments/telco/rollback?from=2');
  assert.deepEqual([back.status, slotsOf(back.body)], [200, [1, null, null]]);
  await server.ask('POST', 'deployments/telco/promote', { version: 2 });
  const other = await server.ask('POST', 'deployments/telco/rollback?from=1');
  assert.equal(other.status, 409);
  assert.deepEqual(slotsOf((await server.ask('GET', 'deployments/telco')).body), [2, null, null]);
  assert.equal((await server.ask('POST', 'deployments/telco/rollback?from=two')).status, 422);
});
