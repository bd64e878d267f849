import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { UnavailableError } from '../../base/errors.ts';
import { doorKeeper } from '../door-keeper.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { buildServer } from '../server.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';
import { inferenceReady } from './inference-ready.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /v2/health/ready: what it is while a model answers', async () => {
  const response = await fetch(`${workspace.server.url}/v2/health/ready`);
  assert.deepEqual(await response.json(), { ready: true });
});

test('GET /v2/health/ready: 503 with a code and when to come back, without a model and without the database', async () => {
  const { app, database } = workspace;
  const served = {
    live: () => null,
    placeFor: () => null,
    follower: null,
    failure: null,
    watch: null,
    stop: () => {},
  };
  const gone = {
    ...database,
    ping: () => Promise.reject(new UnavailableError('store.unavailable', 'database: it does not answer')),
  };
  const predictions = { predict: () => assert.fail(), waiting: 0, stop: async () => {} };
  const live = workspace.liveModel;
  const cases = [
    [{ ...served }, database, 'serving.no-model'],
    [{ ...served, live: () => live }, gone, 'store.unavailable'],
  ] as const;
  for (const [models, store, code] of cases) {
    const { clock } = app;
    const metrics = createMetrics({ routes: [inferenceReady.id], waiting: () => 0, served: models });
    const keeper = doorKeeper(store, clock);
    const routes = [inferenceReady];
    const server = buildServer({
      ...{ clock, database: store, predictions, served: models, metrics, keeper, routes },
      openModel: () => assert.fail(),
    });
    const { statusCode, headers, json } = await server.inject('/v2/health/ready');
    assert.deepEqual(
      [statusCode, headers['retry-after'], json().ready, json().code],
      [503, '1', false, code],
    );
    await server.close();
    metrics.stop();
  }
});
