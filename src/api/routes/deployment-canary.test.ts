import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHistory } from '../../store/history.ts';
import { deploymentServer, slotsOf } from '../testing/deployments.ts';

const path = 'deployments/telco/canary';

test('POST /v1/deployments/{name}/canary: begins, grows, and tells the history which key; the same again changes nothing', async () => {
  await using server = await deploymentServer();
  const { key, id } = await server.key('pipeline', 'operate');
  const canary = (weight: number, more: object = {}) =>
    server.ask('POST', path, { version: 2, weight, ...more }, key);
  const begun = await canary(0.1, { limits: { p95Ms: 50 }, note: 'March' });
  assert.equal(begun.status, 200);
  assert.deepEqual(slotsOf(begun.body), [1, [2, 0.1], null]);
  assert.deepEqual([begun.body.limits.p95Ms, begun.body.limits.atLeast], [50, 100]);
  assert.deepEqual([begun.body.changed?.actor, begun.body.changed?.note], [id, 'March']);
  assert.deepEqual(slotsOf((await canary(0.5)).body), [1, [2, 0.5], null]);
  assert.equal((await canary(0.5)).status, 200);
  const told = await readHistory(server.database, { subject: 'deployment:telco' });
  assert.deepEqual(
    told.map(({ actor }) => actor),
    [id, id],
  );
});

test('POST /v1/deployments/{name}/canary: 403 without the scope, 404, 409 and 422 with their codes', async () => {
  await using server = await deploymentServer();
  const { key } = await server.key('pipeline', 'operate');
  const reader = await server.key('dashboard', 'read', 'score');
  assert.equal((await server.ask('POST', path, { version: 2, weight: 0.1 }, reader.key)).status, 403);
  for (const [body, status, code] of [
    [{ version: 1, weight: 0.1 }, 409, 'deployment.is-champion'],
    [{ version: 3, weight: 0.1 }, 409, 'registry.refused'],
    [{ version: 9, weight: 0.1 }, 404, 'model.not-found'],
    [{ version: 2, weight: 0 }, 422, 'request.invalid'],
    [{ version: 2, weight: 1 }, 422, 'request.invalid'],
    [{ version: '2', weight: 0.1 }, 422, 'request.invalid'],
    [{ version: 2 }, 422, 'request.invalid'],
    [{ version: 2, weight: 0.1, limits: { p95: 5 } }, 422, 'request.invalid'],
    [{ version: 2, weight: 0.1, limits: { windowSeconds: 1 } }, 422, 'request.invalid'],
    [{ version: 2, weight: 0.1, note: ' ' }, 422, 'usage.argument'],
  ] as const) {
    const refused = await server.ask('POST', path, body, key);
    assert.deepEqual([refused.status, refused.body.code], [status, code], JSON.stringify(body));
  }
  const elsewhere = await server.ask('POST', 'deployments/telko/canary', { version: 2, weight: 0.1 }, key);
  assert.deepEqual([elsewhere.status, elsewhere.body.code], [404, 'model.not-found']);
});
