/** Requests that are sent again with their key, over real HTTP, a real model and a real log. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withPredictions } from '../serving/log/tables.ts';
import { type ServedWorkspace, servedWorkspace } from './testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Sent {
  readonly status: number;
  readonly replayed: string | null;
  readonly text: string;
  readonly body: {
    readonly requestId: string;
    readonly code?: string;
    readonly predictions: readonly object[];
  };
}

async function send(url: string, body: unknown, key?: string): Promise<Sent> {
  const response = await fetch(`${workspace.server.url}${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const replayed = response.headers.get('idempotency-replayed');
  return { status: response.status, replayed, text, body: JSON.parse(text) as Sent['body'] };
}

const rowsOf = (requestId: string) =>
  withPredictions(workspace.database.db)
    .selectFrom('prediction')
    .select(['seq', 'row_index', 'features_hash'])
    .where('request_id', '=', requestId)
    .orderBy('seq')
    .execute();

test('Idempotency-Key: the same request again has the same answer and no second row; without a key each is its own', async () => {
  const [customer] = workspace.customers;
  const first = await send('/predict', customer, 'a-key');
  const again = await send('/predict', customer, 'a-key');
  assert.deepEqual([first.status, first.replayed, again.status, again.replayed], [200, null, 200, 'true']);
  assert.equal(again.text, first.text);
  assert.equal((await rowsOf(first.body.requestId)).length, 1);
  const [one, other] = [await send('/predict', customer), await send('/predict', customer)];
  assert.notEqual(one.body.requestId, other.body.requestId);
  assert.equal(one.replayed, null);
});

test('a batch is answered again whole, with the reasons that are asked for then', async () => {
  const customers = workspace.customers.slice(0, 20);
  const plain = await send('/v1/predict', { customers }, 'batch');
  const first = await send('/v1/predict', { customers, reasons: 2 }, 'batch-2');
  const again = await send('/v1/predict', { customers, reasons: 2 }, 'batch-2');
  assert.deepEqual([first.status, again.text, again.replayed], [200, first.text, 'true']);
  const explained = await send('/v1/predict', { customers, reasons: 2 }, 'batch');
  assert.equal(explained.replayed, 'true');
  assert.deepEqual(explained.body.predictions, first.body.predictions);
  assert.equal(explained.body.requestId, plain.body.requestId);
  assert.equal((await rowsOf(plain.body.requestId)).length, 20);
});

test('the protocols of others keep the promise too, and a stream refuses the header', async () => {
  const customers = workspace.customers.slice(0, 3);
  const [first, again] = [
    await send('/invocations', { dataframe_records: customers }, 'mlflow'),
    await send('/invocations', { dataframe_records: customers }, 'mlflow'),
  ];
  assert.deepEqual([first.replayed, again.replayed, again.text], [null, 'true', first.text]);
  const response = await fetch(`${workspace.server.url}/v1/predict/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': 'k' },
    body: `${JSON.stringify(customers[0])}\n`,
  });
  assert.deepEqual(
    [response.status, ((await response.json()) as { code: string }).code],
    [400, 'request.idempotency-key'],
  );
});

test('40 requests with one key at the same moment: one row, one answer', async () => {
  const [customer] = workspace.customers;
  const answers = await Promise.all(Array.from({ length: 40 }, () => send('/predict', customer, 'together')));
  assert.deepEqual(
    [...new Set(answers.map(({ status, text }) => `${status} ${text}`))],
    [`200 ${answers[0]!.text}`],
  );
  assert.equal(answers.filter(({ replayed }) => replayed === null).length, 1);
  assert.equal((await rowsOf(answers[0]!.body.requestId)).length, 1);
});

test('two bodies with one key at the same moment: one is answered, the other refused, and nothing is mixed', async () => {
  const { customers } = workspace;
  const answers = await Promise.all(
    [customers.slice(0, 2), customers.slice(0, 3)].map((of) => send('/v1/predict', { customers: of }, 'two')),
  );
  const answered = answers.find(({ status }) => status === 200)!;
  const refused = answers.find(({ status }) => status !== 200)!;
  assert.deepEqual([refused.status, refused.body.code], [422, 'request.key-reused']);
  assert.equal((await rowsOf(answered.body.requestId)).length, answered.body.predictions.length);
});

test('a key is of one body: other values, another customer or another number of them are refused', async () => {
  const [customer, other] = workspace.customers;
  const { requestId } = (await send('/v1/predict', { customers: [customer] }, 'own')).body;
  const others = [
    [other],
    [{ ...customer, customerId: 'somebody-else' }],
    [customer, customer],
    [{ ...customer, monthlyCharge: 1 }],
  ];
  for (const customers of others) {
    const { status, body } = await send('/v1/predict', { customers }, 'own');
    assert.deepEqual([status, body.code], [422, 'request.key-reused'], JSON.stringify(customers));
  }
  // The other route is the same request where the customer is.
  assert.equal((await send('/predict', customer, 'own')).body.requestId, requestId);
  assert.equal((await rowsOf(requestId)).length, 1);
});

test('keys are 1 to 255 visible ASCII characters; a refused request uses none up', async () => {
  const [customer] = workspace.customers;
  for (const key of ['', 'a b', 'ü', 'a'.repeat(256)]) {
    const { status, body } = await send('/predict', customer, key);
    assert.deepEqual([status, body.code], [400, 'request.idempotency-key'], key);
  }
  assert.equal((await send('/predict', { nothing: 1 }, '~'.repeat(255))).status, 422);
  const { status, replayed } = await send('/predict', customer, '~'.repeat(255));
  assert.deepEqual([status, replayed], [200, null]);
});

test('after erasing, what the key asked for can neither be checked nor told', async () => {
  const [customer] = workspace.customers;
  const { requestId } = (await send('/predict', customer, 'erased')).body;
  await withPredictions(workspace.database.db)
    .updateTable('prediction')
    .set({ customer_id: null, features_hash: null })
    .where('request_id', '=', requestId)
    .execute();
  const { status, body, replayed } = await send('/predict', customer, 'erased');
  assert.deepEqual([status, body.code, replayed], [409, 'request.not-repeatable', null]);
});
