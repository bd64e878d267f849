import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type BareServer, bareServer } from '../testing/bare.ts';
import { docs } from './docs.ts';
import { docsFile } from './docs-file.ts';

let server: BareServer;
before(async () => {
  server = await bareServer([docs, docsFile]);
});
after(() => server?.close());

test('GET /docs: a page whose policy allows nothing but its own files, and which holds no script of its own', async () => {
  const response = await fetch(`${server.url}/docs`);
  const policy = response.headers.get('content-security-policy')!;
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  const page = await response.text();
  assert.doesNotMatch(page, /<script>|<style|style=|https?:\/\//);
  const loaded = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, url]) => url!);
  assert.equal(loaded.length, 4);
  for (const url of loaded) {
    const file = await fetch(`${server.url}${url}`);
    assert.equal(file.status, 200, url);
    const type = url.endsWith('.css') ? /^text\/css/ : /^text\/javascript/;
    assert.match(file.headers.get('content-type')!, type);
    assert.ok((await file.text()).length > 50);
  }
});
