/** What a route that tells of readiness answers without a model, and without the database. */
import assert from 'node:assert/strict';
import { UnavailableError } from '../../base/errors.ts';
import { doorKeeper } from '../door-keeper.ts';
import { createMetrics } from '../metrics/metrics.ts';
import type { Route } from '../route.ts';
import { buildServer } from '../server.ts';
import { nobody } from './bare.ts';
import type { ServedWorkspace } from './served.ts';

export interface NotReady {
  readonly statusCode: number;
  readonly retryAfter: unknown;
  readonly body: { readonly ready?: boolean; readonly code: string };
}

/** Its answers in this order: no model is deployed, the database does not answer. */
export async function answersWhenNotReady(workspace: ServedWorkspace, route: Route): Promise<NotReady[]> {
  const { app, database, liveModel } = workspace;
  const { clock } = app;
  const gone = {
    ...database,
    ping: () => Promise.reject(new UnavailableError('store.unavailable', 'database: it does not answer')),
  };
  const predictions = {
    predict: () => assert.fail(),
    predictParts: () => assert.fail(),
    waiting: 0,
    failure: null,
    stop: async () => {},
  };
  const cases = [
    { served: nobody, store: database },
    { served: { ...nobody, live: () => liveModel }, store: gone },
  ];
  const answers: NotReady[] = [];
  for (const { served, store } of cases) {
    const metrics = createMetrics({ routes: [route.id], waiting: () => 0, served });
    const keeper = doorKeeper(store, clock);
    const routes = [route];
    const server = buildServer({
      ...{ clock, database: store, predictions, served, metrics, keeper, routes },
      openModel: () => assert.fail(),
      earlierModel: () => assert.fail(),
      horizons: () => assert.fail(),
      replayRemarks: () => assert.fail(),
      events: null as never,
      jobs: null as never,
    });
    const { statusCode, headers, json } = await server.inject(route.url);
    answers.push({ statusCode, retryAfter: headers['retry-after'], body: json() });
    await server.close();
    metrics.stop();
  }
  return answers;
}
