/** The database file is moved away under a server: whatever writes says so, and once it is back everything works. */
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createKey } from '../store/keys.ts';
import { servedWorkspace } from './testing/served.ts';

test('database moved away: outcomes, jobs, deployments, approvals and keys are refused like predictions', async () => {
  await using workspace = await servedWorkspace();
  const { server, database, folder, customers, liveModel } = workspace;
  const acting = { actor: 'cli:test', now: Date.now() };
  const { key } = await createKey(database, { name: 'all', scopes: ['admin'] }, acting);
  const { name } = liveModel;
  const home = join(folder, 'home');
  const requests: readonly (readonly [string, object])[] = [
    ['/predict', customers[0]!],
    ['/v1/outcomes', { customerId: String(customers[0]!.customerId), churned: true }],
    ['/v1/jobs', { kind: 'validate', args: { data: 'customers.csv' } }],
    [`/v1/models/${name}@1/approve`, { note: 'sound' }],
    [`/v1/deployments/${name}/promote`, { version: 1 }],
  ];
  const ask = async () => {
    const answers: [string, number, string | undefined][] = [];
    for (const [url, body] of requests) {
      const response = await fetch(`${server.url}${url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      });
      const { code } = (await response.json()) as { readonly code?: string };
      answers.push([url, response.status, code]);
    }
    return answers;
  };
  renameSync(join(home, 'holdfast.db'), join(home, 'away'));
  assert.deepEqual(
    await ask(),
    requests.map(([url]) => [url, 503, 'store.unavailable']),
  );
  await assert.rejects(createKey(database, { name: 'more', scopes: ['read'] }, acting), {
    code: 'store.unavailable',
  });
  renameSync(join(home, 'away'), join(home, 'holdfast.db'));
  for (const [url, status] of await ask()) assert.ok(status < 300, `${url}: ${status}`);
});
