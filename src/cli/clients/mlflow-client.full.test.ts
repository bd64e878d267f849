/** MLflow's own scoring client, and Triton's client of the Open Inference Protocol: both as they are, against `serve`. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type SentCustomer, sentCustomers } from '../testing/customers.ts';
import { runPython, toolFolder } from '../testing/python-tools.ts';
import { must, type ServedPlace, servedPlace, trainOne } from '../testing/served-place.ts';

let served: ServedPlace;
let customers: readonly SentCustomer[];
before(async () => {
  served = await servedPlace({
    async prepare(place) {
      await must(place, 'generate', 'customers.csv', '--rows', '400');
      await trainOne('customers.csv', 'churned', 'yes', 'gradient-boosting')(place);
    },
  });
  customers = await sentCustomers(served, 'customers.csv');
});
after(() => served?.[Symbol.asyncDispose]());

/** What /predict answers, one by one for some and together for all. */
async function scoresOf(of: readonly SentCustomer[]): Promise<readonly number[]> {
  const { status, body } = await served.post<{ predictions: { churnProbability: number }[] }>('/v1/predict', {
    customers: of,
  });
  assert.equal(status, 200, JSON.stringify(body));
  const alone = await served.post<{ churnProbability: number }>('/predict', of[0]);
  assert.equal(alone.body.churnProbability, body.predictions[0]!.churnProbability);
  return body.predictions.map(({ churnProbability }) => churnProbability);
}

async function ask<Answer>(script: string, of: readonly SentCustomer[], ...words: string[]): Promise<Answer> {
  const path = served.place.path('customers.json');
  writeFileSync(path, JSON.stringify(of));
  const ran = await runPython(
    'clients',
    [join(toolFolder('clients'), script), String(served.port), ...words, path],
    { withinMs: 120_000 },
  );
  assert.equal(ran.exit, 0, ran.stderr);
  return JSON.parse(ran.stdout) as Answer;
}

test('MLflow: its client and every form of its protocol give the scores of /predict to the last bit', async () => {
  assert.ok(customers.some((one) => Object.values(one).includes(null)));
  const expected = await scoresOf(customers);
  const { answers, refused } = await ask<{
    answers: Readonly<Record<string, readonly number[]>>;
    refused: readonly [number, readonly string[]];
  }>('mlflow_client.py', customers);
  assert.equal(Object.keys(answers).length, 5);
  for (const [form, scores] of Object.entries(answers)) assert.deepEqual(scores, expected, form);
  assert.deepEqual(refused, [400, ['code', 'error_code', 'message', 'requestId']]);
});

test('Open Inference Protocol: a client that knows nothing but the address and the name gets the same scores', async () => {
  const whole = customers.filter((one) => !Object.values(one).includes(null));
  assert.ok(whole.length > 50, String(whole.length));
  const expected = await scoresOf(whole);
  const name = 'customers';
  const { scores, id, refused, server, version } = await ask<{
    scores: readonly number[];
    id: string;
    refused: string;
    server: string;
    version: string;
  }>('inference_client.py', whole, name);
  assert.deepEqual(scores, expected);
  const { body } = await served.post<{ model: { label: string } }>('/predict', whole[0]);
  assert.deepEqual([id, server, version], ['from-triton', 'holdfast', body.model.label]);
  assert.match(refused, /no-such-model: this server answers with customers/);
});
