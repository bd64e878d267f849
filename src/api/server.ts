/** The HTTP server: routes registered with their schemas, every refusal in one form. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { requestIds } from '../serving/request-id.ts';
import { type DoorKeeper, doorKeeper } from './door-keeper.ts';
import { problem, problemOf, problemType } from './problem.ts';
import type { ApiContext, Route } from './route.ts';

/** Largest body taken, bytes: 10,000 customers of a few hundred columns. */
const bodyLimit = 32 * 1024 * 1024;

export function buildServer(context: ApiContext, routes: readonly Route[]): FastifyInstance {
  const newId = requestIds(context.clock.now);
  const app = Fastify({
    logger: false,
    bodyLimit,
    genReqId: newId,
    // A client that sends slowly must not hold a connection for ever.
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    ajv: {
      customOptions: {
        allErrors: true,
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        strict: false,
      },
    },
  });
  // The deployed model's own schema is checked by the handler, since models change while the server runs.
  app.addSchema({ $id: 'Customer', type: 'object' });
  app.decorateRequest('keyId', null);
  app.setErrorHandler((error, request, reply) => send(reply, problemOf(error, request.id)));
  app.setNotFoundHandler((request, reply) =>
    send(reply, problem(404, 'request.not-found', 'there is no such address; see /docs', request.id)),
  );
  const keeper = doorKeeper(context.database, context.clock);
  for (const route of routes) addRoute(app, route, context, keeper);
  return app;
}

function send(reply: FastifyReply, body: ReturnType<typeof problem>): FastifyReply {
  if (body.status === 503 || body.status === 429) reply.header('retry-after', '1');
  // Not through the route's response schema: a problem looks the same everywhere.
  return reply.code(body.status).type(problemType).serializer(JSON.stringify).send(body);
}

function addRoute(app: FastifyInstance, route: Route, context: ApiContext, keeper: DoorKeeper): void {
  app.route({
    method: route.method,
    url: route.url,
    schema: { ...route.schema, summary: route.summary } as never,
    // Before the body is read: who may not pass must not make the server work.
    onRequest: async (request: FastifyRequest) => {
      request.keyId = await keeper.admit(request, route.scope);
    },
    handler: (request: FastifyRequest, reply: FastifyReply) => {
      const arrivedMs = performance.now() - reply.elapsedTime;
      return route.handle(
        { request, reply, requestId: request.id, keyId: request.keyId, arrivedMs },
        context,
      );
    },
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the key that asks; null where none is needed. */
    keyId: string | null;
  }
}
