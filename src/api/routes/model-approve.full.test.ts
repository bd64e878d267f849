import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerExample } from '../../registry/testing/registered.ts';
import { listVersions } from '../../registry/versions.ts';
import { deploymentServer } from '../testing/deployments.ts';

interface Approved {
  readonly code?: string;
  readonly approvals: readonly { readonly actor: string; readonly note: string }[];
}

test('POST /v1/models/{id}/approve: without a key it is refused also where the server asks for none', async () => {
  await using server = await deploymentServer();
  const { status, body } = await server.ask<Approved>('POST', 'models/telco@2/approve', { note: 'read' });
  assert.deepEqual([status, body.code], [401, 'key.needed']);
  const [version] = await listVersions(server.database, { name: 'telco', version: 2 });
  assert.deepEqual(version!.approvals, []);
});

test('POST /v1/models/{id}/approve: a key with the scope approve, a note, and never who registered it', async () => {
  await using server = await deploymentServer();
  const reviewer = await server.key('reviewer', 'approve');
  const pipeline = await server.key('pipeline', 'operate', 'approve');
  const operator = await server.key('operator', 'operate');
  const own = { actor: pipeline.id, now: 0 };
  const four = await registerExample(server.database, server.artifacts, { fourEyes: true, by: own });
  const approve = (key: string, body: object = { note: 'read' }) =>
    server.ask<Approved>('POST', `models/telco@${four.version}/approve`, body, key);
  const canary = () =>
    server.ask('POST', 'deployments/telco/canary', { version: four.version, weight: 0.1 }, operator.key);
  assert.equal((await canary()).status, 409, 'nobody has approved it');
  assert.equal((await approve(operator.key)).status, 403);
  assert.equal((await approve(reviewer.key, {})).status, 422);
  const ownWork = await approve(pipeline.key);
  assert.deepEqual([ownWork.status, ownWork.body.code], [409, 'registry.refused']);
  const approved = await approve(reviewer.key);
  assert.equal(approved.status, 200);
  assert.deepEqual(
    approved.body.approvals.map(({ actor, note }) => [actor, note]),
    [[reviewer.id, 'read']],
  );
  const again = await approve(reviewer.key, { note: 'read once more' });
  assert.deepEqual([again.status, again.body], [200, approved.body]);
  assert.equal((await canary()).status, 200);
});
