/** Columns named like what every object has: left out they are missing, at every address that takes customers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from './testing/served.ts';

const columns = { contract: 'constructor', monthlyCharge: 'toString', supportCalls90d: 'valueOf' };
const odd = Object.values(columns);

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace(
    (contract) => ({
      ...contract,
      columns: Object.fromEntries(
        Object.entries(contract.columns).map(([name, rule]) => [name, { ...rule, nullable: true }]),
      ),
    }),
    columns,
  );
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Scored {
  readonly churnProbability: number;
}

test('a customer without them is scored as one that holds null, by /predict, the stream and /invocations', async () => {
  const whole = workspace.customers[0]!;
  for (const name of odd) assert.ok(Object.hasOwn(whole, name) && name in workspace.contract.columns, name);
  const without = Object.fromEntries(Object.entries(whole).filter(([name]) => !odd.includes(name)));
  const nulls = { ...without, ...Object.fromEntries(odd.map((name) => [name, null])) };
  const expected = (await workspace.post<Scored>('/predict', nulls)).body.churnProbability;
  assert.equal(typeof expected, 'number');
  const one = await workspace.post<Scored>('/predict', without);
  assert.deepEqual([one.status, one.body.churnProbability], [200, expected], JSON.stringify(one.body));
  const lines = await fetch(`${workspace.server.url}/v1/predict/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: `${JSON.stringify(without)}\n`,
  });
  assert.equal((JSON.parse(await lines.text()) as Scored).churnProbability, expected);
  const frame = await workspace.post<{ predictions: Scored[] }>('/invocations', {
    dataframe_records: [without],
  });
  assert.equal(frame.status, 200, JSON.stringify(frame.body));
  assert.ok(JSON.stringify(frame.body).includes(String(expected)));
  const tried = await workspace.post<{ before: Scored; after: Scored }>('/v1/what-if', {
    customer: without,
    changes: { toString: whole.toString, valueOf: null },
  });
  assert.deepEqual([tried.status, tried.body.before.churnProbability], [200, expected]);
  const lower = await workspace.post('/v1/counterfactual', { customer: without });
  assert.equal(lower.status, 200, JSON.stringify(lower.body));
});

test('the example that OpenAPI shows is answered', async () => {
  const response = await fetch(`${workspace.server.url}/openapi.json`);
  const { paths } = (await response.json()) as {
    paths: Record<
      string,
      { post: { requestBody: { content: Record<string, { example: Record<string, unknown> }> } } }
    >;
  };
  const { example } = paths['/predict']!.post.requestBody.content['application/json']!;
  for (const name of odd) assert.ok(Object.hasOwn(example, name), name);
  const { status, body } = await workspace.post('/predict', example);
  assert.equal(status, 200, JSON.stringify(body));
});
