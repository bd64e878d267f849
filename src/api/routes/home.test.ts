import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bareServer } from '../testing/bare.ts';
import { home } from './home.ts';

test('GET /: leads to the page of the API', async () => {
  await using server = await bareServer([home]);
  const response = await fetch(`${server.url}/`, { redirect: 'manual' });
  assert.deepEqual([response.status, response.headers.get('location')], [302, '/docs']);
  assert.equal(await response.text(), '');
});
