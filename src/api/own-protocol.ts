/**
 * Routes of protocols that others have laid down: their bodies may be read in another way, and their refusals have the
 * form that clients of the protocol expect.
 */
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readUntypedJsonBodies } from './limits/json-body.ts';
import type { Problem } from './problem.ts';

/** What a route makes of the body of a request. */
export interface BodyReader {
  /** Content types that are taken. */
  readonly types: readonly string[];
  /** JSON is taken too, as by every route. */
  readonly besidesJson?: boolean;
  /** What a body that is no JSON looks like. */
  readonly example?: string;
  /** Of the whole body, `json` as everywhere but without a content type too, or `stream` where the route reads by itself. */
  readonly read: 'stream' | 'json' | ((body: Uint8Array) => unknown);
}

/** A refusal as the client sees it. */
export interface Refusal {
  readonly status: number;
  readonly body: object;
}

export type Refuse = (problem: Problem) => Refusal;

/** Adds a route where its body is read as it wants: in a scope of its own when it isn't JSON. */
export function inScopeOf(
  { body }: { readonly body?: BodyReader },
  app: FastifyInstance,
  add: (scope: FastifyInstance) => void,
): void {
  if (!body) {
    add(app);
    return;
  }
  const { types, read, besidesJson = false } = body;
  app.register(async (scope) => {
    if (!besidesJson && read !== 'json') scope.removeAllContentTypeParsers();
    if (read === 'json') readUntypedJsonBodies(scope);
    else if (read === 'stream')
      scope.addContentTypeParser([...types], (_request: unknown, stream: Readable, done) =>
        done(null, stream),
      );
    else {
      scope.addContentTypeParser<Buffer>([...types], { parseAs: 'buffer' }, (_request, bytes, done) => {
        try {
          done(null, read(bytes));
        } catch (error) {
          done(error as Error);
        }
      });
    }
    add(scope);
  });
}

export function sendRefusal(reply: FastifyReply, { status, body }: Refusal): FastifyReply {
  if (status === 503 || status === 429) reply.header('retry-after', '1');
  // Not through the route's response schema: nothing of a refusal is left out.
  return reply.code(status).type('application/json').serializer(JSON.stringify).send(body);
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How a route of another protocol says no. */
    refuse?: Refuse;
  }
}
