/**
 * Reads a JSON body: refused before it is parsed when it is not UTF-8 or nested too deep, and after when an object
 * brings `__proto__` or `constructor.prototype`, by which code that copies fields could be changed.
 * One pass over the bytes more than parsing alone.
 */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from '../problem.ts';

/** No body of the API needs more than a handful of levels. */
export const deepest = 32;

type Done = (error: Error | null, value?: unknown) => void;

export function readJsonBodies(app: FastifyInstance): void {
  const read = jsonReader(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, read);
}

/** Besides, for clients that send JSON without saying so: a body without a content type is read as JSON. */
export function readUntypedJsonBodies(app: FastifyInstance): void {
  const read = jsonReader(app);
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.headers['content-type'] === undefined) return read(request, body, done);
    done(new HttpRefusal(415, 'request.syntax', 'the content type must be application/json'));
  });
}

function jsonReader(app: FastifyInstance) {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (request: FastifyRequest, body: Buffer, done: Done): void => {
    if (!isUtf8(body)) done(syntax('the body is not UTF-8'));
    else if (isDeeperThan(body, deepest)) done(syntax(`the body is nested deeper than ${deepest} levels`));
    else parse(request, body.toString(), done);
  };
}

const syntax = (detail: string) => new HttpRefusal(400, 'request.syntax', detail);

const quote = 0x22;
const backslash = 0x5c;

/** Brackets inside texts don't count. */
export function isDeeperThan(json: Uint8Array, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]!;
    if (inText) {
      if (byte === backslash) i++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > most) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}
