import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deploymentServer } from '../testing/deployments.ts';

test('GET /v1/deployments/{name}: slots, limits, and that this process answers with nothing of it', async () => {
  await using server = await deploymentServer();
  const { status, body } = await server.ask('GET', 'deployments/telco');
  assert.equal(status, 200);
  const { champion, ...rest } = body;
  assert.deepEqual(Object.keys(champion!), ['version', 'label', 'modelId', 'since']);
  assert.equal(champion!.since, '2026-03-01T00:00:00.000Z');
  assert.deepEqual(rest, {
    name: 'telco',
    canary: null,
    shadow: null,
    limits: { windowSeconds: 60, atLeast: 100, errorRate: 0.02, p95Ms: 500, scoreShift: 0.25 },
    changed: null,
    lastReturn: null,
    remarks: [],
    here: null,
  });
});

test('GET /v1/deployments/{name}: a name that nobody knows is 404 with the nearest; one with a NUL is 422', async () => {
  await using server = await deploymentServer();
  const { status, body } = await server.ask('GET', 'deployments/telko');
  assert.deepEqual([status, body.code], [404, 'model.not-found']);
  assert.match(body.detail!, /did you mean telco\?/);
  assert.equal((await server.ask('GET', 'deployments/tel%00co')).status, 422);
});
