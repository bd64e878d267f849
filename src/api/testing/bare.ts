/** A server without model or database, for what holds whatever the routes do. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { stoppedClock } from '../../base/clock.ts';
import type { ServedModels } from '../../serving/served-models.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { type ApiContext, defineRoute, type Route } from '../route.ts';
import { buildServer, type ServerOptions } from '../server.ts';

export const nobody: ServedModels = {
  live: () => null,
  placeFor: () => null,
  follower: null,
  failure: null,
  watch: null,
  stop: () => {},
};

/** A route that answers `{}` to whatever it is sent, or does what is given. */
export const bareRoute = (own: Partial<Route> = {}): Route =>
  defineRoute({
    id: 'bare',
    method: 'POST',
    url: '/bare',
    scope: null,
    summary: 'For tests',
    schema: { body: { type: 'object' }, response: { 200: { type: 'object', additionalProperties: true } } },
    handle: async () => ({}),
    ...own,
  });

export interface BareServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly context: ApiContext;
  close(): Promise<void>;
}

export async function bareServer(
  routes: readonly Route[],
  options: ServerOptions = {},
  own: Partial<ApiContext> = {},
): Promise<BareServer> {
  const clock = stoppedClock();
  const metrics = createMetrics({ routes: routes.map(({ id }) => id), waiting: () => 0, served: nobody });
  const context: ApiContext = {
    clock,
    database: null as never,
    predictions: {
      predict: () => assert.fail(),
      predictParts: () => assert.fail(),
      waiting: 0,
      failure: null,
      stop: async () => {},
    },
    served: nobody,
    openModel: () => assert.fail(),
    earlierModel: () => assert.fail(),
    horizons: () => assert.fail(),
    replayRemarks: () => assert.fail(),
    events: null as never,
    jobs: null as never,
    routes,
    metrics,
    keeper: { admit: async () => null, needsKeys: async () => false },
    ...own,
  };
  const app = buildServer(context, options);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const close = async (): Promise<void> => {
    await app.close();
    metrics.stop();
  };
  return {
    url,
    port: (app.server.address() as AddressInfo).port,
    context,
    close,
    [Symbol.asyncDispose]: close,
  };
}
