/** Scoring in the Open Inference Protocol over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withPredictions } from '../../serving/log/tables.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

const get = async (path: string) => {
  const response = await fetch(`${workspace.server.url}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

interface Metadata {
  readonly inputs: readonly { name: string; datatype: string; shape: number[] }[];
}

/** What a client makes of the metadata and its rows. */
async function tensorsOf(
  customers: readonly Readonly<Record<string, unknown>>[],
  shape = [customers.length],
) {
  const { inputs } = (await get('/v2/models/made')).body as unknown as Metadata;
  return inputs.map(({ name, datatype }) => ({
    ...{ name, datatype, shape },
    data: customers.map((one) => one[name]),
  }));
}

test('infer: a tensor a column, in both shapes, gives the scores in order, and each row is in the log', async () => {
  const customers = workspace.customers.slice(0, 7);
  const expected = customers.map((one) => workspace.liveModel.answer([one])[0]!.churnProbability);
  for (const shape of [[7], [7, 1]]) {
    const { status, body } = await workspace.post<Record<string, unknown>>('/v2/models/made/infer', {
      inputs: await tensorsOf(customers, shape),
      outputs: [{ name: 'churnProbability' }],
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.outputs, [
      { name: 'churnProbability', datatype: 'FP64', shape: [7], data: expected },
    ]);
    assert.deepEqual([body.model_name, body.model_version], ['made', workspace.server.model.label]);
    const rows = await withPredictions(workspace.database.db)
      .selectFrom('prediction')
      .select('score')
      .where('request_id', '=', body.id as string)
      .orderBy('row_index')
      .execute();
    assert.deepEqual(
      rows.map(({ score }) => score),
      expected,
    );
  }
});

test('infer: the id comes back, null is missing, columns that the contract does not name are counted', async () => {
  const nullable = Object.entries(workspace.contract.columns).find(
    ([, rule]) => rule.nullable && rule.use === 'feature' && rule.kind === 'number',
  )![0];
  const customer = { ...workspace.customers[0], [nullable]: null };
  const response = await fetch(`${workspace.server.url}/v2/models/made/infer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: 'mine',
      inputs: [...(await tensorsOf([customer])), { name: 'extra', datatype: 'INT64', shape: [1], data: [1] }],
    }),
  });
  const body = (await response.json()) as { id: string; outputs: [{ data: number[] }] };
  assert.equal(body.id, 'mine');
  assert.equal(response.headers.get('x-holdfast-ignored-columns'), '1');
  assert.deepEqual(body.outputs[0].data, [workspace.liveModel.answer([customer])[0]!.churnProbability]);
});

test('infer: refusals are one sentence under error, name the tensor and tell no value', async () => {
  const good = await tensorsOf(workspace.customers.slice(0, 2));
  const place = good.findIndex(({ datatype }) => datatype === 'FP64');
  const number = good[place]!;
  const others = good.toSpliced(place, 1);
  const closed = { ...number, data: ['secret-7', 1] };
  const cases: [unknown, RegExp][] = [
    [{}, /inputs/],
    [{ inputs: [] }, /inputs/],
    [{ inputs: [...others, closed] }, /inputs\/\d+\/data\/0 must be a number or null, as FP64 says/],
    [
      { inputs: [...others, { ...number, datatype: 'INT64', data: [1.5, 2] }] },
      /data\/0 must be a whole number/,
    ],
    [{ inputs: [...others, { ...number, datatype: 'UINT8', data: [256, 2] }] }, /from 0 to 255/],
    [
      { inputs: [...others, { ...number, datatype: 'BYTES', data: ['7', '8'] }] },
      new RegExp(`\\(${number.name}\\) must be a number`),
    ],
    [{ inputs: [...others, { ...number, datatype: 'FP63' }] }, /datatype/],
    [{ inputs: [...others, { ...number, shape: [3] }] }, /shape must begin with 2/],
    [{ inputs: [...others, { ...number, shape: [2, 2] }] }, /\[rows\] or \[rows, 1\]/],
    [{ inputs: [...others, { ...number, data: [1] }] }, /must hold 2 values/],
    [{ inputs: [...good, number] }, /stands at another tensor/],
    [{ inputs: [...others, { ...number, data: undefined }] }, /data/],
    [{ inputs: good, outputs: [{ name: 'label' }] }, /outputs\/0\/name must be churnProbability/],
    [{ inputs: good, surprise: 1 }, /must not hold surprise; allowed are id/],
  ];
  for (const [asked, message] of cases) {
    const { status, type, body } = await workspace.post<{ error: string }>('/v2/models/made/infer', asked);
    const about = JSON.stringify(body);
    assert.equal(status, 400, about);
    assert.match(type!, /^application\/json/);
    assert.match(body.error, message);
    assert.doesNotMatch(about, /secret-7/);
  }
});

test('infer: another model than the one that answers is not there', async () => {
  const { status, body } = await workspace.post<{ error: string }>('/v2/models/maed/infer', {
    inputs: await tensorsOf(workspace.customers.slice(0, 1)),
  });
  assert.equal(status, 404);
  assert.match(body.error, /this server answers with made; did you mean made\?/);
});

test('infer: JSON without a content type is read, as the Triton client sends it; another type is refused', async () => {
  const body = JSON.stringify({ inputs: await tensorsOf(workspace.customers.slice(0, 2)) });
  const send = (headers: Record<string, string>) =>
    fetch(`${workspace.server.url}/v2/models/made/infer`, {
      method: 'POST',
      headers,
      body: new TextEncoder().encode(body),
    });
  assert.equal((await send({})).status, 200);
  assert.equal((await send({ 'content-type': 'application/json' })).status, 200);
  assert.equal((await send({ 'content-type': 'application/octet-stream' })).status, 415);
});
