import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHistory } from '../../store/history.ts';
import { deploymentServer, slotsOf } from '../testing/deployments.ts';

test('DELETE /v1/deployments/{name}/canary: the champion answers all again; once more changes nothing', async () => {
  await using server = await deploymentServer();
  await server.ask('POST', 'deployments/telco/canary', { version: 2, weight: 0.1 });
  await server.ask('POST', 'deployments/telco/shadow', { version: 3 });
  const ended = await server.ask('DELETE', 'deployments/telco/canary?note=seen%20enough');
  assert.deepEqual([ended.status, slotsOf(ended.body)], [200, [1, null, 3]]);
  assert.deepEqual([ended.body.changed?.actor, ended.body.changed?.note], ['api', 'seen enough']);
  const entries = (await readHistory(server.database)).length;
  assert.equal((await server.ask('DELETE', 'deployments/telco/canary')).status, 200);
  assert.equal((await readHistory(server.database)).length, entries);
  assert.equal((await server.ask('DELETE', 'deployments/telko/canary')).status, 404);
  assert.equal((await server.ask('DELETE', 'deployments/telco/canary?why=this')).status, 422);
});
