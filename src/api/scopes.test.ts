/** Who may ask what: every route, with a key of every scope and without one. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { stoppedClock } from '../base/clock.ts';
import { storeMigrations } from '../store/database/migrations/all.ts';
import { openDatabase } from '../store/database/open-database.ts';
import { createKey, mayDo, scopes } from '../store/keys.ts';
import { doorKeeper } from './door-keeper.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/all.ts';
import { bareServer } from './testing/bare.ts';

/** Only the door of a route: behind it everything is answered with `{}`. */
const doorOf = ({ id, method, url, scope, summary }: Route): Route => ({
  ...{ id, method, url, scope, summary },
  schema: { response: { 200: { type: 'object' } } },
  handle: async () => ({}),
});

test('scopes: what is open to everybody tells nothing of a customer and changes nothing', () => {
  const open = allRoutes.filter(({ scope }) => scope === null).map(({ id }) => id);
  assert.deepEqual(open.sort(), [
    'docs',
    'docs-file',
    'health',
    'home',
    'inference-live',
    'inference-ready',
    'inference-server',
    'openapi',
    'ping',
    'ready',
  ]);
});

test('scopes: each route lets in the keys that have its scope, refuses all others with 403, and nobody with 401', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-scopes-'));
  const database = await openDatabase({ root: folder }, storeMigrations);
  try {
    const by = { actor: 'cli:test', now: 1000 };
    const keys = await Promise.all(
      scopes.map((scope) => createKey(database, { name: scope, scopes: [scope] }, by)),
    );
    const keeper = doorKeeper(database, stoppedClock());
    await using server = await bareServer(allRoutes.map(doorOf), { ratePerSecond: 0 }, { keeper });
    const statusOf = async ({ method, url }: Route, headers: Readonly<Record<string, string>>) => {
      const path = url.replace(/:\w+/g, 'x').replace('*', 'x');
      const response = await fetch(`${server.url}${path}`, { method, headers });
      await response.arrayBuffer();
      return response.status;
    };
    for (const route of allRoutes) {
      const { id, scope } = route;
      assert.equal(await statusOf(route, {}), scope === null ? 200 : 401, `${id} without a key`);
      for (const { key, facts } of keys) {
        const status = await statusOf(route, { authorization: `Bearer ${key}` });
        assert.equal(
          status,
          scope === null || mayDo(facts, scope) ? 200 : 403,
          `${id} with ${facts.scopes.join()}`,
        );
      }
    }
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
});
