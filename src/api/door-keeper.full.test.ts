/** Keys over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { promote } from '../registry/promote.ts';
import { withPredictions } from '../serving/log/tables.ts';
import type { Database } from '../store/database/database.ts';
import { createKey, revokeKey } from '../store/keys.ts';
import { type RunningServer, serve } from './serve.ts';
import { type TrainedWorkspace, trainedWorkspace } from './testing/served.ts';

let workspace: TrainedWorkspace;
let database: Database;
let server: RunningServer;
const by = { actor: 'cli:test', now: 1000 };
const options = { host: '127.0.0.1', port: 0, model: 'latest', durability: 'full' } as const;

before(async () => {
  workspace = await trainedWorkspace();
  database = await workspace.app.database();
});
after(async () => {
  await server?.stop();
  await workspace?.[Symbol.asyncDispose]();
});

async function ask(headers: Readonly<Record<string, string>>, url = '/predict') {
  const response = await fetch(`${server.url}${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(workspace.customers[0]),
  });
  return { status: response.status, body: (await response.json()) as { code: string; requestId: string } };
}

test('without keys only the own address is served, and everybody there is answered', async () => {
  await assert.rejects(serve(workspace.app, { ...options, host: '0.0.0.0' }), { code: 'usage.argument' });
  server = await serve(workspace.app, options);
  assert.equal((await ask({})).status, 200);
  await server.stop();
});

test('a server on all addresses says so, rather than one of them', async () => {
  const { facts } = await createKey(database, { name: 'first', scopes: ['score'] }, by);
  await promote(database, { name: 'made', version: 1 }, by, { force: true, note: 'to have one' });
  server = await serve(workspace.app, { ...options, host: '0.0.0.0' });
  assert.match(server.url, /^http:\/\/0\.0\.0\.0:\d+$/);
  assert.equal((await fetch(`${server.url}/health`)).status, 200);
  await server.stop();
  await revokeKey(database, facts.name, by);
});

test('with keys: none, a wrong and a revoked one are 401, one without the scope 403, a good one is in the log', async () => {
  const { key, facts } = await createKey(database, { name: 'shop', scopes: ['score'] }, by);
  const reader = await createKey(database, { name: 'reader', scopes: ['read'] }, by);
  const gone = await createKey(database, { name: 'gone', scopes: ['score'] }, by);
  const late = await createKey(database, { name: 'late', scopes: ['score'], expiresAt: 2000 }, by);
  await revokeKey(database, 'gone', by);
  server = await serve(workspace.app, options);
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
  const wrong = `${key.slice(0, -2)}${key.endsWith('AA') ? 'BB' : 'AA'}`;
  for (const headers of [
    {},
    bearer(wrong),
    bearer(gone.key),
    bearer(late.key),
    bearer('x'),
    { authorization: key },
  ]) {
    const { status, body } = await ask(headers);
    assert.deepEqual([status, body.code], [401, 'key.needed']);
  }
  const refused = await ask(bearer(reader.key));
  assert.deepEqual([refused.status, refused.body.code], [403, 'key.scope']);
  for (const headers of [bearer(key), { 'x-api-key': key }]) {
    const { status, body } = await ask(headers);
    assert.equal(status, 200);
    const row = await withPredictions(database.db)
      .selectFrom('prediction')
      .select('key_id')
      .where('request_id', '=', body.requestId)
      .executeTakeFirstOrThrow();
    assert.equal(row.key_id, facts.id);
  }
  assert.equal((await fetch(`${server.url}/health`)).status, 200);
});

test('a body is not read before the key is known: a broken one with a wrong key is 401', async () => {
  const response = await fetch(`${server.url}/predict`, { method: 'POST', body: '{' });
  assert.equal(response.status, 401);
});

test('who guesses keys shuts out nobody who has one and comes from the same address, as behind a proxy', async () => {
  const { key } = await createKey(database, { name: 'steady', scopes: ['score'] }, by);
  const good = { authorization: `Bearer ${key}` };
  assert.equal((await ask(good)).status, 200);
  const guesses = await Promise.all(
    Array.from({ length: 300 }, (_, i) => ask({ authorization: `Bearer guess${i}` })),
  );
  assert.ok(
    guesses.some(({ status }) => status === 429),
    'the address has nothing left',
  );
  for (let i = 0; i < 5; i++) assert.equal((await ask(good)).status, 200);
});
