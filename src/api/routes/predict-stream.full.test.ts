/** A stream of customers over real HTTP. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { servedHere } from '../testing/served-here.ts';

const here = servedHere();

interface Answer {
  readonly requestId: string;
  readonly index: number;
  readonly id?: string;
  readonly churnProbability?: number;
  readonly model?: object;
  readonly problem?: { code: string; status: number; errors?: { path: string }[] };
}

const url = () => `${here.workspace.server.url}/v1/predict/stream`;
const open = (type = 'application/x-ndjson') =>
  request(url(), { method: 'POST', headers: { 'content-type': type } });

async function stream(body: string | Uint8Array): Promise<Answer[]> {
  const response = await fetch(url(), {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: body as BodyInit,
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type')!, /^application\/x-ndjson/);
  const text = await response.text();
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
}

const rowsOf = (requestId: string) =>
  here.log
    .selectFrom('prediction')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('row_index')
    .execute();

test('POST /v1/predict/stream: a line is answered while the next is not yet sent, and its row is in the log by then', async () => {
  const call = open();
  const responded = once(call, 'response') as Promise<[IncomingMessage]>;
  const [first, second] = here.workspace.customers;
  call.write(`${JSON.stringify(first)}\n`);
  const [response] = await responded;
  const lines = createInterface(response)[Symbol.asyncIterator]();
  const one = JSON.parse((await lines.next()).value as string) as Answer;
  assert.equal(one.id, first![here.workspace.contract.id!]);
  assert.deepEqual(Object.keys(one), [
    'requestId',
    'index',
    'id',
    'churnProbability',
    'churn',
    'band',
    'certainty',
    'model',
  ]);
  assert.equal((await rowsOf(one.requestId)).length, 1);
  call.end(JSON.stringify(second));
  const two = JSON.parse((await lines.next()).value as string) as Answer;
  assert.deepEqual([two.requestId, two.index], [one.requestId, 1]);
  assert.equal((await lines.next()).done, true);
});

test('lines that are wrong are answered with a problem in their place, and the others go on', async () => {
  const [first, second] = here.workspace.customers;
  const feature = Object.entries(here.workspace.contract.columns).find(
    ([, rule]) => rule.kind === 'number' && rule.use === 'feature',
  )![0];
  const good = (customer: object | undefined) => Buffer.from(`${JSON.stringify(customer)}\n`);
  const bad = [
    [good({ ...first, [feature]: 'secret-7' }), 422, 'request.invalid', [`/${feature}`]],
    [good({ ...first, __proto_: 1 }), 422, 'request.invalid', ['/__proto_']],
    [Buffer.from('{"__proto__": 1}\n'), 422, 'request.invalid', null],
    [Buffer.from('{"a":\n'), 400, 'request.syntax', null],
    [Buffer.from('[[[[[1]]]]]\n'), 400, 'request.syntax', null],
    [Buffer.from([0x22, 0xff, 0x22, 0x0a]), 400, 'request.syntax', null],
    [Buffer.from('7\n'), 422, 'request.invalid', ['']],
    [Buffer.from(`"${'x'.repeat(1024 * 1024)}"\n`), 413, 'request.too-large', null],
  ] as const;
  const body = Buffer.concat([good(first), Buffer.from('\n'), ...bad.map(([line]) => line), good(second)]);
  const answers = await stream(body);
  assert.equal(answers.length, bad.length + 2);
  assert.deepEqual(
    answers.map(({ index }) => index),
    [0, ...bad.map((_, i) => i + 2), bad.length + 2],
  );
  for (const [i, [, status, code, paths]] of bad.entries()) {
    const { problem } = answers[i + 1]!;
    assert.deepEqual([problem?.status, problem?.code], [status, code], `line ${i + 2}`);
    if (paths)
      assert.deepEqual(
        problem?.errors?.map(({ path }) => path),
        paths,
      );
  }
  assert.doesNotMatch(JSON.stringify(answers), /secret-7/);
  const rows = await rowsOf(answers[0]!.requestId);
  assert.deepEqual(
    rows.map(({ row_index, customer_id }) => [row_index, customer_id]),
    [
      [0, first![here.workspace.contract.id!]],
      [bad.length + 2, second![here.workspace.contract.id!]],
    ],
  );
});

test('who does not read the answer is not read from either: memory stays what it is', async () => {
  const line = `${JSON.stringify(here.workspace.customers[0])}\n`;
  const call = open();
  call.on('error', () => {});
  const responded = once(call, 'response') as Promise<[IncomingMessage]>;
  // Far more than all buffers on the way hold.
  const piece = line.repeat(2000);
  const most = Math.ceil((64 * 1024 * 1024) / piece.length);
  let sent = 0;
  let isHeld = false;
  while (sent < most && !isHeld) {
    sent++;
    if (!call.write(piece))
      isHeld = !(await Promise.race([once(call, 'drain').then(() => true), wait(1000, false)]));
  }
  const [response] = await responded;
  assert.ok(isHeld, `${sent} pieces were taken although nothing was read`);
  response.destroy();
  call.destroy();
});

test('a client that goes away stops the work', async () => {
  const call = open();
  call.on('error', () => {});
  const responded = once(call, 'response') as Promise<[IncomingMessage]>;
  const sent = 40_000;
  call.write(`${JSON.stringify(here.workspace.customers[0])}\n`.repeat(sent));
  const [response] = await responded;
  response.on('error', () => {});
  const [line] = (await once(createInterface(response), 'line')) as [string];
  const { requestId } = JSON.parse(line) as Answer;
  response.destroy();
  call.destroy();
  let before = -1;
  let now = 0;
  while (now !== before) {
    before = now;
    await wait(200);
    now = (await rowsOf(requestId)).length;
  }
  assert.ok(now < sent / 2, `${now} of ${sent} lines were answered for nobody`);
  // Whoever asks now is answered at once.
  assert.equal((await here.workspace.post('/predict', here.workspace.customers[0])).status, 200);
});

test('nothing, blank lines and other content types', async () => {
  assert.deepEqual(await stream('\n \r\n\n'), []);
  const other = await fetch(url(), { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
  assert.deepEqual([other.status, ((await other.json()) as { code: string }).code], [415, 'request.syntax']);
  const none = await fetch(url(), { method: 'POST' });
  assert.deepEqual([none.status, ((await none.json()) as { code: string }).code], [422, 'request.invalid']);
});
