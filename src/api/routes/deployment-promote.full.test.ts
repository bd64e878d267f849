import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getVersion } from '../../registry/versions.ts';
import { readHistory } from '../../store/history.ts';
import { deploymentServer, slotsOf } from '../testing/deployments.ts';

const path = 'deployments/telco/promote';

test('POST /v1/deployments/{name}/promote: the canary becomes champion and is canary no more', async () => {
  await using server = await deploymentServer();
  const { key, id } = await server.key('pipeline', 'operate');
  const without = await server.ask('POST', path, {}, key);
  assert.deepEqual([without.status, without.body.code], [409, 'deployment.empty']);
  await server.ask('POST', 'deployments/telco/canary', { version: 2, weight: 0.1 }, key);
  const promoted = await server.ask('POST', path, { note: 'a week as canary' }, key);
  assert.deepEqual([promoted.status, slotsOf(promoted.body)], [200, [2, null, null]]);
  const told = (await readHistory(server.database)).find(
    ({ event, actor }) => [event, actor].join() === `model.promoted,${id}`,
  );
  assert.deepEqual(told?.details, { before: 1, forced: false, note: 'a week as canary' });
});

test('POST /v1/deployments/{name}/promote: a named version under the rules of the registry', async () => {
  await using server = await deploymentServer();
  const promote = (body: object) => server.ask('POST', path, body);
  assert.deepEqual(slotsOf((await promote({ version: 2 })).body), [2, null, null]);
  const entries = (await readHistory(server.database)).length;
  assert.equal((await promote({ version: 2 })).status, 200, 'the champion again');
  assert.equal((await readHistory(server.database)).length, entries);
  const refused = await promote({ version: 3 });
  assert.deepEqual([refused.status, refused.body.code], [409, 'registry.refused']);
  const unsaid = await promote({ version: 3, force: true });
  assert.deepEqual([unsaid.status, unsaid.body.code], [422, 'usage.argument']);
  assert.deepEqual(slotsOf((await promote({ version: 3, force: true, note: 'outage' })).body), [
    3,
    null,
    null,
  ]);
  assert.equal((await promote({ version: 8 })).status, 404);
  assert.equal((await server.ask('POST', 'deployments/telko/promote', {})).status, 404);
});

test('a version whose file is lost becomes neither canary nor shadow nor champion: 409, and nothing changes', async () => {
  await using server = await deploymentServer();
  const { fileSha256 } = await getVersion(server.database, { name: 'telco', version: 2 });
  await server.artifacts.remove(fileSha256);
  const before = await server.ask('GET', 'deployments/telco');
  for (const [method, path, body] of [
    ['POST', 'deployments/telco/canary', { version: 2, weight: 0.1 }],
    ['POST', 'deployments/telco/shadow', { version: 2 }],
    ['POST', 'deployments/telco/promote', { version: 2 }],
  ] as const) {
    const refused = await server.ask(method, path, body);
    assert.deepEqual([refused.status, refused.body.code], [409, 'deployment.unusable'], path);
    assert.match(refused.body.detail!, /^telco@2: its model cannot be opened \(artifact\.not-found\)/);
  }
  assert.deepEqual(await server.ask('GET', 'deployments/telco'), before);
});
