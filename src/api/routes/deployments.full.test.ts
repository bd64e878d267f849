import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promote } from '../../registry/promote.ts';
import { anna, memoryArtifacts, registerExample } from '../../registry/testing/registered.ts';
import { type DeploymentState, deploymentServer, slotsOf } from '../testing/deployments.ts';

test('GET /v1/deployments: every name that has a champion, in order; a key needs the scope read', async () => {
  await using server = await deploymentServer();
  const bank = await registerExample(server.database, memoryArtifacts(), { name: 'bank' });
  await registerExample(server.database, memoryArtifacts(), { name: 'never-promoted' });
  await promote(server.database, bank, anna);
  const { status, body } = await server.ask<{ deployments: DeploymentState[] }>('GET', 'deployments');
  assert.equal(status, 200);
  assert.deepEqual(
    body.deployments.map((state) => [state.name, ...slotsOf(state)]),
    [
      ['bank', 1, null, null],
      ['telco', 1, null, null],
    ],
  );
  const { key } = await server.key('shop', 'score');
  assert.equal((await server.ask('GET', 'deployments', undefined, key)).status, 403);
  assert.equal((await server.ask('GET', 'deployments')).status, 401);
});
