/** The HTTP server: routes registered with their schemas, limits before everything, every refusal in one form. */
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { HoldfastError, UnavailableError } from '../base/errors.ts';
import { requestIds } from '../serving/request-id.ts';
import { safeHeaders } from './headers.ts';
import { refuseOtherEncodings } from './limits/body-encoding.ts';
import { readJsonBodies } from './limits/json-body.ts';
import { noRateLimit, type RateLimiter, rateLimiter } from './limits/rate.ts';
import { type SlowBodies, slowBodies } from './limits/slow-bodies.ts';
import { type ServerLog, silentLog } from './log.ts';
import { methodsOf } from './methods.ts';
import { inScopeOf, sendRefusal } from './own-protocol.ts';
import { HttpRefusal, type Problem, problem, problemOf, problemType } from './problem.ts';
import type { ApiContext, Route } from './route.ts';
import * as limits from './server-limits.ts';
import { type Leaving, leaving, stopGracefully } from './stopping.ts';

export interface ServerOptions {
  readonly log?: ServerLog;
  /** Requests a second and key or address; 0 for no bound. */
  readonly ratePerSecond?: number;
  /** How long a body may take to arrive; the tests have less patience. */
  readonly bodyWithinMs?: number;
}

/**
 * Closing it refuses new requests, lets those inside end, closes idle connections at once and cuts off what is left
 * after `stopWithinMs`. `leave` has patience with those who are just asking.
 */
export function buildServer(context: ApiContext, options: ServerOptions = {}): FastifyInstance {
  const { log = silentLog, ratePerSecond = limits.defaultRatePerSecond } = options;
  const { clock, metrics, routes } = context;
  const app = Fastify({
    logger: false,
    bodyLimit: limits.bodyLimit,
    genReqId: requestIds(clock.now),
    forceCloseConnections: 'idle',
    // Refused by a hook below, in the form of all refusals.
    return503OnClosing: false,
    http: { headersTimeout: limits.headersWithinMs, connectionsCheckingInterval: limits.lookForSlowMs },
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: (error, socket) => refuseUnreadable(error.code, socket),
    frameworkErrors: (error, request, reply) => {
      reply.headers(safeHeaders);
      send(reply, problemOf(error, request.id));
    },
    ajv: {
      customOptions: {
        allErrors: true,
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        strict: false,
        discriminator: true,
        // The sentence of a problem names what its schema allows.
        verbose: true,
        // `constructor` in a body is a field like any other.
        ownProperties: true,
      },
    },
  });
  // The deployed model's own schema is checked by the handler, since models change while the server runs.
  app.addSchema({ $id: 'Customer', type: 'object' });
  app.decorateRequest('keyId', null);
  refuseOtherEncodings(app);
  readJsonBodies(app);
  app.setErrorHandler((error, request, reply) => {
    const body = problemOf(error, request.id);
    if (body.status >= 500 && !expected.has(body.code)) log.failed(request.id, body.status, error);
    const { refuse } = request.routeOptions.config;
    if (refuse) sendRefusal(reply, refuse(body));
    else send(reply, body);
  });
  const refuseUnknown = unknownRefusal(routes);
  app.setNotFoundHandler(refuseUnknown);

  const stopping = stopGracefully(app);
  app.decorate('leave', leaving(app, stopping));
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(safeHeaders).header('x-request-id', request.id);
    if (stopping.hasBegun) done(stoppingError());
    // Before its body is read: what is wrong with that does not matter where nothing takes it.
    else if (request.is404) refuseUnknown(request, reply);
    else done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { routeId = null } = request.routeOptions.config;
    const { id, method, keyId } = request;
    const status = reply.statusCode;
    metrics.answered(routeId, status, reply.elapsedTime / 1000);
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    log.answered({ requestId: id, route: routeId, method, status, ms, keyId });
    done();
  });

  const limiter = ratePerSecond > 0 ? rateLimiter(ratePerSecond, clock) : noRateLimit;
  const slow = slowBodies(options.bodyWithinMs ?? limits.bodyWithinMs);
  app.addHook('onClose', (_, done) => {
    slow.stop();
    done();
  });
  for (const route of routes)
    inScopeOf(route, app, (scope) => addRoute(scope, route, context, limiter, slow));
  return app;
}

/** Refusals that a busy or stopping server gives by the thousand: counted, not told one by one. */
const expected: ReadonlySet<string> = new Set(['serving.busy', 'serving.stopping']);

const stoppingError = () =>
  new UnavailableError('serving.stopping', 'serving: the server is stopping; try again', {});

function send(reply: FastifyReply, body: Problem): FastifyReply {
  if (body.status === 503 || body.status === 429) reply.header('retry-after', '1');
  // Not through the route's response schema: a problem looks the same everywhere.
  return reply.code(body.status).type(problemType).serializer(JSON.stringify).send(body);
}

function addRoute(
  app: FastifyInstance,
  route: Route,
  context: ApiContext,
  limiter: RateLimiter,
  slow: SlowBodies,
): void {
  const hasBody = route.schema.body !== undefined;
  const isLimited = !limits.isProbe(route.id);
  app.route({
    method: route.method,
    url: route.url,
    config: {
      routeId: route.id,
      ...(route.refuse && { refuse: route.refuse }),
      ...(route.mostValues !== undefined && { mostValues: route.mostValues }),
    },
    schema: { ...route.schema, summary: route.summary } as never,
    // Before the body is read: who may not pass must not make the server work.
    onRequest: async (request: FastifyRequest) => {
      const address = `address ${request.ip}`;
      try {
        request.keyId = await context.keeper.admit(request, route.scope, () => {
          if (isLimited) limiter.check(address);
        });
      } catch (error) {
        // Not where the database is away: that is nobody's fault who asks.
        if (error instanceof HoldfastError && error.kind === 'KeyError')
          limiter.take(address, limits.wrongKeyCost);
        throw error;
      }
      if (isLimited) limiter.take(request.keyId === null ? address : `key ${request.keyId}`);
      if (hasBody) slow.begin(request);
    },
    preValidation: (request, _, done) => {
      slow.end(request);
      done();
    },
    onResponse: (request, _, done) => {
      slow.end(request);
      done();
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

/** 404, or 405 where the address is there for another method. */
function unknownRefusal(routes: readonly Route[]) {
  const methodsAt = methodsOf(routes);
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const methods = methodsAt(request.url.split('?', 1)[0]!);
    if (methods.length === 0)
      return send(
        reply,
        problem(404, 'request.not-found', 'there is no such address; see /docs', request.id),
      );
    reply.header('allow', methods.join(', '));
    const refusal = new HttpRefusal(
      405,
      'request.method',
      `this address is there for ${methods.join(', ')} only`,
    );
    return send(reply, problemOf(refusal, request.id));
  };
}

const unreadable: Readonly<Record<string, readonly [number, string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request.slow', 'the request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'request.too-large', 'the headers are larger than the server takes'],
};

/** What is no HTTP, or comes too slowly, never becomes a request: it is answered on the socket itself. */
function refuseUnreadable(code: string, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const [status, name, detail] = unreadable[code] ?? [400, 'request.syntax', 'the request is not valid HTTP'];
  const body = problem(status, name, detail, '');
  const text = JSON.stringify(body);
  if (socket.writable)
    socket.write(
      [
        `HTTP/1.1 ${status} ${body.title}`,
        `content-type: ${problemType}`,
        `content-length: ${Buffer.byteLength(text)}`,
        'connection: close',
        '',
        text,
      ].join('\r\n'),
    );
  socket.destroySoon();
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Closes it without cutting off a request that is under way. */
    leave(how: Leaving): Promise<void>;
  }
  interface FastifyRequest {
    /** Of the key that asks; null where none is needed. */
    keyId: string | null;
  }
  interface FastifyContextConfig {
    /** Absent where no route answers. */
    routeId?: string;
  }
}
