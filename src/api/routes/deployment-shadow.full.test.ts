import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deploymentServer, slotsOf } from '../testing/deployments.ts';

test('POST /v1/deployments/{name}/shadow: also a version that its gate refused; never the champion', async () => {
  await using server = await deploymentServer();
  const shadow = (version: number) => server.ask('POST', 'deployments/telco/shadow', { version });
  const begun = await shadow(3);
  assert.deepEqual([begun.status, slotsOf(begun.body)], [200, [1, null, 3]]);
  const refused = await shadow(1);
  assert.deepEqual([refused.status, refused.body.code], [409, 'deployment.is-champion']);
  assert.equal((await shadow(7)).status, 404);
  assert.equal((await shadow(0)).status, 422);
});
