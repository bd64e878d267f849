/** What holds for every route: limits, headers, refusals, the end. Over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { KeyError } from '../base/errors.ts';
import { type ServerLog, silentLog } from './log.ts';
import { type BareServer, bareRoute, bareServer } from './testing/bare.ts';
import { readAll, sendRaw } from './testing/raw.ts';

let server: BareServer;
const failures: unknown[][] = [];
const log: ServerLog = { ...silentLog, failed: (...one) => void failures.push(one) };
const secret = 'secret-7';

before(async () => {
  server = await bareServer(
    [
      bareRoute({ handle: async ({ request }) => request.body }),
      bareRoute({
        id: 'broken',
        url: '/broken',
        handle: async () => {
          throw new TypeError(`cannot read ${secret}`);
        },
      }),
      bareRoute({ id: 'look', method: 'GET', url: '/look', schema: { response: {} } }),
    ],
    { log, bodyWithinMs: 1000 },
  );
});
after(() => server?.close());

const json = { 'content-type': 'application/json' };
async function post(url: string, body: string | Uint8Array, headers: Record<string, string> = json) {
  const response = await fetch(`${server.url}${url}`, { method: 'POST', headers, body: body as BodyInit });
  return { response, problem: (await response.json()) as { code?: string; detail?: string } };
}

test('every answer, also a refusal, carries the safe headers and its request id', async () => {
  for (const url of ['/look', '/nowhere', '/%zz']) {
    const { headers } = await fetch(`${server.url}${url}`);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', url);
    assert.match(headers.get('content-security-policy')!, /default-src 'none'/);
    assert.equal(headers.get('cache-control'), 'no-store');
    if (url !== '/%zz') assert.match(headers.get('x-request-id')!, /^[0-9a-f-]{36}$/);
  }
});

for (const [title, body, headers, status, code] of [
  ['no JSON', '{', json, 400, 'request.syntax'],
  ['nothing', '', json, 400, 'request.syntax'],
  ['nested too deep', '['.repeat(40) + ']'.repeat(40), json, 400, 'request.syntax'],
  ['a million brackets', '['.repeat(1_000_000), json, 400, 'request.syntax'],
  ['__proto__', '{"__proto__":{"admin":true}}', json, 400, 'request.syntax'],
  ['constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}', json, 400, 'request.syntax'],
  ['not UTF-8', Uint8Array.of(0x22, 0xff, 0xfe, 0x22), json, 400, 'request.syntax'],
  ['text', 'a', { 'content-type': 'text/plain' }, 415, 'request.syntax'],
  ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'request.syntax'],
  ['a list where an object is asked for', '[]', json, 422, 'request.invalid'],
] as const) {
  test(`a body that is ${title}: ${status} with a code`, async () => {
    const { response, problem } = await post('/bare', body, headers);
    assert.deepEqual([response.status, problem.code], [status, code]);
    assert.match(response.headers.get('content-type')!, /^application\/problem\+json/);
  });
}

test('what is nested as deep as is allowed is taken', async () => {
  const body = `{"a":${'['.repeat(31)}${']'.repeat(31)}}`;
  assert.equal((await post('/bare', body)).response.status, 200);
});

test('a body over the limit is refused before it is sent, and one that hides its size while it is', async () => {
  const said = await sendRaw(
    server.port,
    'POST /bare HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n{',
  );
  assert.match(said, /^HTTP\/1\.1 413 /);
  assert.match(said, /"code":"request\.too-large"/);
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    'POST /bare HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  const answer = readAll(socket);
  // The server may close while much is on its way: then the client sees an end instead of an answer.
  const chunk = `${(1024 * 1024).toString(16)}\r\n${' '.repeat(1024 * 1024)}\r\n`;
  let sent = 0;
  while (!socket.destroyed && sent < 200) {
    sent++;
    if (!socket.write(chunk)) await nextOf(socket, ['drain', 'close']);
  }
  assert.match(await answer, /^(HTTP\/1\.1 413 |$)/);
  assert.ok(sent < 100, `${sent} MB were taken`);
});

/** Resolves with the first of the events. */
function nextOf(socket: Socket, names: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const name of names) socket.off(name, done);
      resolve();
    };
    for (const name of names) socket.on(name, done);
  });
}

test('a body that dribbles in is refused with 408 and its connection closed', async () => {
  const started = performance.now();
  const answer = await sendRaw(
    server.port,
    'POST /bare HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"a"',
  );
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.match(answer, /"code":"request\.slow"/);
  assert.ok(performance.now() - started < 5000);
});

test('who hangs up in the middle of a body, or breaks it, harms nobody after the time for bodies', async () => {
  const unheard: Error[] = [];
  const hear = (error: Error) => void unheard.push(error);
  process.on('uncaughtExceptionMonitor', hear);
  const head = 'POST /bare HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  for (const rest of ['content-length: 50\r\n\r\n{"a"', 'transfer-encoding: chunked\r\n\r\nZZ\r\n']) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(head + rest);
    await wait(20);
    socket.destroy();
  }
  await wait(1400);
  process.off('uncaughtExceptionMonitor', hear);
  // One would end the process of a server.
  assert.deepEqual(unheard, []);
  assert.equal(
    (await fetch(`${server.url}/bare`, { method: 'POST', headers: json, body: '{}' })).status,
    200,
  );
});

test('what is no HTTP, and headers of 100 kB, are answered as problems', async () => {
  const odd = await sendRaw(server.port, 'HELLO\r\n\r\n');
  assert.match(odd, /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"request\.syntax"/);
  const long = await sendRaw(
    server.port,
    `GET /look HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n`,
  );
  assert.match(long, /^HTTP\/1\.1 431 [\s\S]*"code":"request\.too-large"/);
});

test('what is wrong with a body does not matter where nothing takes it: 405 and 404 come first', async () => {
  for (const [url, status] of [
    ['/look', 405],
    ['/nowhere', 404],
  ] as const)
    for (const body of ['{', '['.repeat(1000), '']) {
      const { response } = await post(url, body);
      assert.equal(response.status, status, `${url} ${body.slice(0, 3)}`);
    }
});

test('another method of an address is 405 and says which there are; no address is 404', async () => {
  const wrong = await fetch(`${server.url}/bare`, { method: 'DELETE' });
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'POST']);
  assert.equal(((await wrong.json()) as { code: string }).code, 'request.method');
  const look = await fetch(`${server.url}/look?x=1`, { method: 'POST' });
  assert.deepEqual([look.status, look.headers.get('allow')], [405, 'GET, HEAD']);
  assert.equal((await fetch(`${server.url}/nowhere`)).status, 404);
});

test('a defect is 500 without a word of it, and the log hears of it by request id', async () => {
  const { response, problem } = await post('/broken', '{}');
  assert.deepEqual([response.status, problem.code], [500, 'internal.defect']);
  assert.doesNotMatch(JSON.stringify(problem), new RegExp(secret));
  assert.deepEqual(failures.at(-1)!.slice(0, 2), [response.headers.get('x-request-id'), 500]);
});

test('who asks too often gets 429 and when to come back; probes are never refused', async () => {
  await using small = await bareServer(
    [
      bareRoute({ id: 'look', method: 'GET', url: '/look', schema: { response: {} } }),
      bareRoute({ id: 'health', method: 'GET', url: '/health', schema: { response: {} } }),
    ],
    { ratePerSecond: 5 },
  );
  const statuses = [];
  for (let i = 0; i < 12; i++) statuses.push((await fetch(`${small.url}/look`)).status);
  assert.deepEqual(statuses, [...Array(10).fill(200), 429, 429]);
  const refused = await fetch(`${small.url}/look`);
  assert.equal(refused.headers.get('retry-after'), '1');
  assert.equal(((await refused.json()) as { code: string }).code, 'request.too-many');
  assert.equal((await fetch(`${small.url}/health`)).status, 200);
});

test('who guesses keys is refused before the database is asked again', async () => {
  let asked = 0;
  const keeper = {
    needsKeys: async () => true,
    admit: async (_request: unknown, _scope: unknown, stranger?: () => void) => {
      stranger?.();
      asked++;
      throw new KeyError('key.needed', 'a key is needed');
    },
  };
  await using guarded = await bareServer([bareRoute({ scope: 'score' })], { ratePerSecond: 100 }, { keeper });
  const ask = async () =>
    (await fetch(`${guarded.url}/bare`, { method: 'POST', headers: json, body: '{}' })).status;
  const statuses = [];
  for (let i = 0; i < 6; i++) statuses.push(await ask());
  assert.deepEqual(statuses, [401, 401, 429, 429, 429, 429]);
  assert.equal(asked, 2);
});

test('stop: what is inside is answered, what comes then is refused or 503 and told to close, and nothing hangs', async () => {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let arrived = (): void => {};
  const inside = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const stopped = await bareServer([
    bareRoute({
      handle: async () => {
        arrived();
        await held;
        return { done: true };
      },
    }),
    bareRoute({ id: 'look', method: 'GET', url: '/look', schema: { response: {} } }),
  ]);
  const agent = new Agent({ keepAlive: true });
  // Idle, kept alive: must not hold up the end.
  await fetch(`${stopped.url}/look`);
  const answered = fetch(`${stopped.url}/bare`, { method: 'POST', headers: json, body: '{}' });
  const begun = connect(stopped.port, '127.0.0.1');
  begun.write('GET /look HTTP/1.1\r\n');
  const late = readAll(begun);
  await inside;
  await wait(50);
  const started = performance.now();
  const closing = stopped.close();
  await wait(20);
  begun.write('host: x\r\n\r\n');
  assert.match(await late, /^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*"code":"serving\.stopping"/i);
  await assert.rejects(
    new Promise((resolve, reject) => {
      httpRequest({ agent, port: stopped.port, host: '127.0.0.1', path: '/look' }, resolve)
        .on('error', reject)
        .end();
    }),
    { code: 'ECONNREFUSED' },
  );
  letGo();
  const first = await answered;
  assert.deepEqual([first.status, first.headers.get('connection')], [200, 'close']);
  await closing;
  assert.ok(performance.now() - started < 4000, 'no connection holds it up');
});
