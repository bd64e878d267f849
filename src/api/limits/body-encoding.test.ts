/** Over a real socket: what is refused must be refused before anything reads the body. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { outcomes } from '../routes/outcomes.ts';
import { predictStream } from '../routes/predict-stream.ts';
import { type BareServer, bareRoute, bareServer } from '../testing/bare.ts';

const text = '{"name":"Zoë"}';
let server: BareServer;
before(async () => {
  const echo = bareRoute({ handle: async ({ request }) => request.body });
  const look = bareRoute({ id: 'look', method: 'GET', url: '/look', schema: { response: {} } });
  server = await bareServer([echo, look, outcomes, predictStream]);
});
after(() => server?.close());

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array = text,
) {
  const response = await fetch(`${server.url}${url}`, { method: 'POST', headers, body: body as BodyInit });
  const answer = (await response.json()) as { readonly code?: string; readonly name?: string };
  return { status: response.status, accepts: response.headers.get('accept-encoding'), ...answer };
}

test('body encoding: UTF-8 said in any way, or nothing said, is read', async () => {
  const ways = ['', '; charset=utf-8', ';charset=UTF-8', '; charset="utf-8"', '; charset=utf8', '; v=1'];
  for (const way of ways) {
    const { status, name } = await post('/bare', { 'content-type': `application/json${way}` });
    assert.deepEqual([status, name], [200, 'Zoë'], way);
  }
  for (const coding of ['identity', 'Identity', 'identity, identity']) {
    const { status } = await post('/bare', {
      'content-type': 'application/json',
      'content-encoding': coding,
    });
    assert.equal(status, 200, coding);
  }
});

test('body encoding: another character set is 415, whatever the route reads', async () => {
  const sets = ['iso-8859-1', 'utf-16', '"windows-1252"', 'utf-7', 'utf-8; charset=latin1', '"utf-8 "', ''];
  for (const [url, type] of [
    ['/bare', 'application/json'],
    ['/v1/outcomes', 'text/csv'],
    ['/v1/outcomes', 'application/json'],
    ['/v1/predict/stream', 'application/x-ndjson'],
  ] as const)
    for (const set of sets) {
      const { status, code } = await post(url, { 'content-type': `${type}; charset=${set}` });
      assert.deepEqual([status, code], [415, 'request.encoding'], `${url} ${type} ${set}`);
    }
});

test('body encoding: a compressed body is 415 and told what is taken', async () => {
  for (const coding of ['gzip', 'GZIP', 'br', 'deflate', 'identity, gzip', 'unheard-of'])
    for (const url of ['/bare', '/v1/outcomes', '/v1/predict/stream']) {
      const type = url === '/v1/predict/stream' ? 'application/x-ndjson' : 'application/json';
      const refused = await post(url, { 'content-type': type, 'content-encoding': coding }, gzipSync(text));
      assert.deepEqual(
        [refused.status, refused.code, refused.accepts],
        [415, 'request.encoding', 'identity'],
        `${url} ${coding}`,
      );
    }
});

test('body encoding: of a request without a body nothing is asked', async () => {
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json; charset=latin1' };
  assert.equal((await fetch(`${server.url}/look`, { headers })).status, 200);
});
