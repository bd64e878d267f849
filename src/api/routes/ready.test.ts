import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { UnavailableError } from '../../base/errors.ts';
import { doorKeeper } from '../door-keeper.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { buildServer } from '../server.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';
import { ready } from './ready.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

test('GET /ready: the label of the model that answers', async () => {
  const response = await fetch(`${workspace.server.url}/ready`);
  assert.deepEqual(await response.json(), { status: 'ready', model: workspace.server.model.label });
});

test('GET /ready: 503 with a code and when to come back, without a model and without the database', async () => {
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
    const metrics = createMetrics({ routes: [ready.id], waiting: () => 0, served: models });
    const keeper = doorKeeper(store, clock);
    const routes = [ready];
    const server = buildServer({
      ...{ clock, database: store, predictions, served: models, metrics, keeper, routes },
      openModel: () => assert.fail(),
    });
    const { statusCode, headers, json } = await server.inject('/ready');
    assert.deepEqual([statusCode, headers['retry-after'], json().code], [503, '1', code]);
    await server.close();
    metrics.stop();
  }
});
