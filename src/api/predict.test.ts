/** The scoring routes over a real model, a real log and real HTTP. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withPredictions } from '../serving/log/tables.ts';
import { scoreFile } from '../tasks/score.ts';
import { type RunningServer, serve } from './serve.ts';
import { type TrainedWorkspace, trainedWorkspace } from './testing/served.ts';

let workspace: TrainedWorkspace;
let server: RunningServer;
let log: ReturnType<typeof withPredictions>;
before(async () => {
  workspace = await trainedWorkspace();
  server = await serve(workspace.app, { host: '127.0.0.1', port: 0, model: 'latest', durability: 'full' });
  log = withPredictions((await workspace.app.database()).db);
});
after(async () => {
  await server?.stop();
  await workspace?.[Symbol.asyncDispose]();
});

async function post(
  url: string,
  body: unknown,
): Promise<{ status: number; type: string | null; body: Answered }> {
  const response = await fetch(`${server.url}${url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Answered,
  };
}
interface Answered {
  requestId: string;
  id?: string;
  churnProbability: number;
  churn: boolean;
  band: string;
  certainty: string;
  model: object;
  predictions: { id: string; churnProbability: number }[];
  code: string;
  detail: string;
  errors: { path: string; message: string }[];
}

test('POST /predict: the shape that others rely on', async () => {
  const customer = workspace.customers[0]!;
  const { status, body } = await post('/predict', customer);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(Object.keys(body).sort(), [
    'band',
    'certainty',
    'churn',
    'churnProbability',
    'id',
    'model',
    'requestId',
  ]);
  assert.equal(body.id, customer[workspace.contract.id!]);
  assert.deepEqual(body.model, { name: 'made', version: null, label: server.model.label });
  assert.ok(body.churnProbability > 0 && body.churnProbability < 1);
});

test('the same customers have the same scores to the last bit in a file, alone and together', async () => {
  const out = join(workspace.folder, 'scored.csv');
  const model = await workspace.app.models.load('latest');
  await scoreFile(
    { model, input: join(workspace.folder, 'customers.csv'), output: out, reasons: 0 },
    workspace.app,
  );
  const fromFile = readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  const { body } = await post('/v1/predict', { customers: workspace.customers });
  assert.deepEqual(
    body.predictions.map(({ churnProbability }) => churnProbability),
    fromFile,
  );
  const alone = await Promise.all(
    workspace.customers.slice(0, 40).map((customer) => post('/predict', customer)),
  );
  assert.deepEqual(
    alone.map((answer) => answer.body.churnProbability),
    fromFile.slice(0, 40),
  );
});

test('an answered prediction is in the log with everything that was answered, and what was done to its values', async () => {
  const [first] = workspace.customers;
  const nullable = Object.entries(workspace.contract.columns).find(
    ([, rule]) => rule.nullable && rule.use === 'feature',
  )![0];
  const { body } = await post('/v1/predict', { customers: [first, { ...first, [nullable]: null }] });
  const rows = await log
    .selectFrom('prediction')
    .selectAll()
    .where('request_id', '=', body.requestId)
    .orderBy('row_index')
    .execute();
  assert.deepEqual(
    rows.map(({ row_index, score, status, slot, customer_id }) => [
      row_index,
      score,
      status,
      slot,
      customer_id,
    ]),
    body.predictions.map(({ churnProbability, id }, i) => [i, churnProbability, 200, 'live', id]),
  );
  assert.deepEqual((JSON.parse(rows[1]!.handled!) as { imputed: string[] }).imputed, [nullable]);
  assert.notEqual(rows[0]!.features_hash, rows[1]!.features_hash);
  const values = await log
    .selectFrom('prediction_values')
    .selectAll()
    .where('request_id', '=', body.requestId)
    .orderBy('row_index')
    .execute();
  assert.equal(values.length, 2);
  const kept = JSON.parse(values[0]!.input) as Record<string, unknown>;
  for (const [name, value] of Object.entries(kept)) assert.equal(value, first![name] ?? null, name);
  for (const [name, { personal }] of Object.entries(workspace.contract.columns))
    assert.ok(!personal || !(name in kept), name);
});

test('200 requests at once: each gets its own answer, the log has each once', async () => {
  const before = await log
    .selectFrom('prediction')
    .select((one) => one.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const many = Array.from({ length: 200 }, (_, i) => workspace.customers[i % workspace.customers.length]!);
  const answers = await Promise.all(many.map((customer) => post('/predict', customer)));
  answers.forEach(({ status, body }, i) => {
    assert.equal(status, 200);
    assert.equal(body.id, many[i]![workspace.contract.id!]);
  });
  assert.equal(new Set(answers.map(({ body }) => body.requestId)).size, 200);
  const after = await log
    .selectFrom('prediction')
    .select((one) => one.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  assert.equal(after.n - before.n, 200);
});

test('refusals are problem details with a code and the fields, and nothing of them is in the log', async () => {
  const [first] = workspace.customers;
  const count = async () =>
    (
      await log
        .selectFrom('prediction')
        .select((one) => one.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n;
  const known = await count();
  const feature = Object.entries(workspace.contract.columns).find(
    ([, rule]) => rule.kind === 'number' && rule.use === 'feature',
  )![0];
  const cases: [string, unknown, number, string, string[]][] = [
    ['/predict', { ...first, [feature]: 'secret-7' }, 422, 'request.invalid', [`/${feature}`]],
    ['/predict', { ...first, surprise: 'secret-7' }, 422, 'request.invalid', ['/surprise']],
    ['/predict', 'secret-7', 400, 'request.syntax', []],
    ['/predict', '{"a":', 400, 'request.syntax', []],
    ['/predict', [first], 422, 'request.invalid', ['']],
    ['/v1/predict', { customers: [] }, 422, 'request.invalid', ['/customers']],
    [
      '/v1/predict',
      { customers: [first, { ...first, [feature]: [] }] },
      422,
      'request.invalid',
      [`/customers/1/${feature}`],
    ],
    ['/v1/predict', { customer: [first] }, 422, 'request.invalid', ['', '']],
    ['/v1/predictions/nowhere', {}, 404, 'request.not-found', []],
  ];
  for (const [url, body, status, code, paths] of cases) {
    const answer = await post(url, body);
    const about = `${url} ${JSON.stringify(answer.body)}`;
    assert.equal(answer.status, status, about);
    assert.match(answer.type!, /^application\/problem\+json/);
    assert.equal(answer.body.code, code, about);
    assert.deepEqual(
      (answer.body.errors ?? []).map(({ path }) => path),
      paths,
      about,
    );
    assert.doesNotMatch(JSON.stringify(answer.body), /secret-7/);
  }
  assert.equal(await count(), known);
});

test('GET /health and /ready answer', async () => {
  assert.deepEqual(await (await fetch(`${server.url}/health`)).json(), { status: 'alive' });
  assert.deepEqual(await (await fetch(`${server.url}/ready`)).json(), {
    status: 'ready',
    model: server.model.label,
  });
});
