/** One score, whichever way a customer comes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withPredictions } from '../serving/log/tables.ts';
import { scoreFile } from '../tasks/score.ts';
import { type ServedWorkspace, servedWorkspace } from './testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

async function streamed(customers: readonly object[]): Promise<number[]> {
  const response = await fetch(`${workspace.server.url}/v1/predict/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: customers.map((customer) => JSON.stringify(customer)).join('\n'),
  });
  assert.equal(response.status, 200);
  const lines = (await response.text()).trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { churnProbability: number }).churnProbability);
}

test('the same customers have the same scores to the last bit in a file and through every route, and each is in the log', async () => {
  const { customers, contract } = workspace;
  const out = join(workspace.folder, 'scored.csv');
  const model = await workspace.app.models.load('latest');
  await scoreFile(
    { model, input: join(workspace.folder, 'customers.csv'), output: out, reasons: 0 },
    workspace.app,
  );
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n').slice(1);
  const fromFile = lines.map((line) => Number(line.split(',')[1]));
  assert.equal(fromFile.length, customers.length);

  const names = Object.keys(customers[0]!);
  const many = await workspace.post<{ predictions: { churnProbability: number }[] }>('/v1/predict', {
    customers,
  });
  const mlflow = await workspace.post<{ predictions: number[] }>('/invocations', {
    dataframe_split: { columns: names, data: customers.map((one) => names.map((name) => one[name])) },
  });
  const datatypes = { number: 'FP64', boolean: 'BOOL', category: 'BYTES', time: 'BYTES', text: 'BYTES' };
  const inferred = await workspace.post<{ outputs: [{ data: number[] }] }>('/v2/models/made/infer', {
    inputs: names.map((name) => ({
      name,
      shape: [customers.length],
      datatype: datatypes[contract.columns[name]?.kind ?? 'text'],
      data: customers.map((one) => one[name]),
    })),
  });
  assert.deepEqual(
    many.body.predictions.map((one) => one.churnProbability),
    fromFile,
  );
  assert.deepEqual(mlflow.body.predictions, fromFile);
  assert.deepEqual(inferred.body.outputs[0].data, fromFile);
  assert.deepEqual(await streamed(customers), fromFile);
  const few = 20;
  const alone = await Promise.all(
    customers
      .slice(0, few)
      .map((customer) => workspace.post<{ churnProbability: number }>('/predict', customer)),
  );
  assert.deepEqual(
    alone.map(({ body }) => body.churnProbability),
    fromFile.slice(0, few),
  );

  const logged = await withPredictions(workspace.database.db)
    .selectFrom('prediction')
    .select(['customer_id', 'score'])
    .orderBy('seq')
    .execute();
  assert.equal(logged.length, 4 * customers.length + few);
  const byId = new Map(customers.map((one, i) => [one[contract.id!], fromFile[i]]));
  for (const { customer_id, score } of logged) assert.equal(score, byId.get(customer_id));
});
