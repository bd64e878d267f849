import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type BareServer, bareServer } from '../testing/bare.ts';
import { docsFile } from './docs-file.ts';

let server: BareServer;
before(async () => {
  server = await bareServer([docsFile]);
});
after(() => server?.close());

test('GET /docs/...: nothing else of the disk', async () => {
  for (const name of ['package.json', '..%2fpackage.json', 'index.html', '__proto__', 'constructor'])
    assert.notEqual((await fetch(`${server.url}/docs/${name}`)).status, 200, name);
});
